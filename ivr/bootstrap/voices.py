"""Voices: in the voice process the engines, in a web process the way to them, recordings and kept sounds first."""

from __future__ import annotations

import time
from pathlib import Path

from ivr.conversation.prompts import Prompts
from ivr.conversation.said_ahead import fixed_sentences
from ivr.settings import Settings
from ivr.synthesis import ahead
from ivr.synthesis.recordings import Recordings
from ivr.synthesis.synthesizer import Synthesizer
from ivr.synthesis.voices import VoicesHere, not_kept, voices_there
from ivr.vocabulary import Language, Secret, Sentence

PACES = (150, 125)
"""Words a minute: the usual, and slow mode's."""


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


def fixed(settings: Settings, prompts: Prompts) -> list[Sentence]:
    """Every sentence that is the same for all callers, at the usual pace and at slow mode's."""
    found: list[Sentence] = []
    for language in map(Language, settings.languages):
        constants = prompts.constants(language)
        for pace in PACES:
            found += fixed_sentences(prompts, language, constants, pace)
    return found


def speak_ahead(settings: Settings, prompts: Prompts) -> tuple[int, int]:
    """Speak what is the same for all callers and not kept yet; how many were spoken, and how many were there."""
    every = fixed(settings, prompts)
    missing = not_kept(every, sounds_folder(settings))
    if missing:
        with engines(settings, keeps=True) as here:
            ahead.speak_ahead(missing, here.voice)
    return len(missing), len(every) - len(missing)
