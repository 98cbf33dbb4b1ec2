"""Voices: in the voice process the engines, in a web process the way to them, recordings and kept sounds first."""

from __future__ import annotations

import time
from pathlib import Path

from ivr.settings import Settings
from ivr.synthesis.recordings import Recordings
from ivr.synthesis.synthesizer import Synthesizer
from ivr.synthesis.voices import VoicesHere, voices_there
from ivr.vocabulary import Secret


def sounds_folder(settings: Settings) -> Path:
    """Sentences that are the same for everybody, spoken ahead."""
    return settings.root / ".cache" / "sounds"


def engines(settings: Settings, keeps: bool = False) -> VoicesHere:
    """hibari for English, espeak-ng for the others and as second choice."""
    return VoicesHere(sounds_folder(settings), time.monotonic, keeps=keeps)


def samples_folder(settings: Settings) -> Path:
    """Where recordings lie."""
    return settings.root / "audio_samples"


def recordings(settings: Settings) -> Recordings:
    """What exists as a file."""
    return Recordings(samples_folder(settings))


def way_to_voices(settings: Settings) -> Synthesizer:
    """What a call speaks with: recordings, kept sounds, the voice process."""
    address = f"http://127.0.0.1:{settings.ports.voice}"
    return voices_there(address, Secret(settings.secrets.voice), samples_folder(settings), sounds_folder(settings))
