"""Recordings, and sentences that have one."""

import wave
from pathlib import Path

import numpy as np
import pytest

from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.said import pieces
from ivr.errors import SynthesisFailed
from ivr.synthesis.recordings import Recordings, RecordingsFirst, write_recording
from ivr.vocabulary import Language
from tests.synthesis.voices_for_tests import EN, CountingVoice, sentence

SPOKEN = (EN, Language("es"))
"""The languages that have recordings."""


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    folder = tmp_path / "en" / "prompts"
    folder.mkdir(parents=True)
    write_recording(folder / "goodbye.wav", np.full(80, 7, dtype=np.int16))
    (folder / "goodbye.txt").write_text("Goodbye.\n")
    write_recording(folder / "hold_sound.wav", np.full(80, 9, dtype=np.int16))
    (folder / "hold_sound.txt").write_text("[two soft tones]\n")
    return Recordings(tmp_path)


def test_a_recording_is_read_as_it_was_made(recordings: Recordings) -> None:
    assert recordings.sound(EN, "goodbye").tolist() == [7] * 80
    assert recordings.stems(EN) == {"goodbye", "hold_sound"}
    assert recordings.words(EN, "goodbye") == "Goodbye."
    assert recordings.words(EN, "hold_sound") == ""


@pytest.mark.parametrize("stem", ["missing", "../goodbye", "", "a/b", "goodbye.wav"])
def test_what_is_no_recording_is_refused(recordings: Recordings, stem: str) -> None:
    with pytest.raises(SynthesisFailed):
        recordings.sound(EN, stem)


def test_another_format_is_refused(tmp_path: Path, recordings: Recordings) -> None:
    path = tmp_path / "en" / "prompts" / "wide.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"\0\0")
    with pytest.raises(SynthesisFailed, match="8 000 Hz"):
        recordings.sound(EN, "wide")
    (path.parent / "broken.wav").write_bytes(b"RIFF")
    with pytest.raises(SynthesisFailed, match=r"broken\.wav"):
        recordings.sound(EN, "broken")


def test_no_call_can_change_what_the_next_one_hears(recordings: Recordings) -> None:
    with pytest.raises(ValueError, match="read-only"):
        recordings.sound(EN, "goodbye")[0] = 1


def test_a_recorded_sentence_needs_no_voice_and_all_others_do(recordings: Recordings) -> None:
    voice = CountingVoice()
    first = RecordingsFirst(recordings, voice)
    assert first.speak(sentence("Goodbye.", recording="goodbye")).tolist() == [7] * 80
    assert voice.asked == []
    first.speak(sentence("Hello."))
    first.speak(sentence("Not recorded.", recording="missing"))
    assert voice.asked == ["Hello.", "Not recorded."]


def test_slower_is_spoken_by_the_voice_and_played_only_when_that_is_away(recordings: Recordings) -> None:
    voice = CountingVoice(value=1)
    first = RecordingsFirst(recordings, voice)
    slow = sentence("Goodbye.", pace=125, recording="goodbye")
    assert first.speak(slow)[0] == 1
    voice.broken = True
    assert first.speak(slow)[0] == 7


@pytest.mark.parametrize("language", SPOKEN)
def test_the_shipped_recordings_are_of_the_lines_format_and_none_clips(language: Language) -> None:
    shipped = Recordings(Path("audio_samples"))
    needed = {
        "sorry_one_moment",
        "sorry_technical",
        "still_here",
        "hold_sound",
        "menu_keypad",
        "goodbye",
        "please_hold",
    }
    assert needed <= shipped.stems(language)
    for stem in needed:
        samples = shipped.sound(language, stem).astype(int)
        assert 8_000 <= len(samples) <= 15 * 8_000
        assert abs(samples).max() <= 32_768 * 10 ** (-3 / 20)


@pytest.mark.parametrize("language", SPOKEN)
def test_the_shipped_recordings_say_what_the_prompts_say_today(language: Language) -> None:
    prompts = load_prompts(Path("dialogues/prompts"))
    shipped = Recordings(Path("audio_samples"))
    for stem in shipped.stems(language) - {"hold_sound"}:
        written = " ".join(piece.text for piece in pieces(prompts.words(stem, language), language))
        assert shipped.words(language, stem) == written, "run `openline prompts render-recordings`"
