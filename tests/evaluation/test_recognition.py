"""Right, asked again and wrongly accepted are three things."""

import wave
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ivr.errors import IvrError
from ivr.evaluation.recognition import as_json, as_text, hear_all, results
from ivr.evaluation.recognition_cases import Case, digit_cases, recording_cases
from ivr.evaluation.telephone_chain import CONDITIONS
from ivr.recognition.scripted import ScriptedRecognizer
from ivr.vocabulary import Expected, Kind, Language

SAMPLES = Path(__file__).parents[2] / "audio_samples"
YES_NO = Expected(Kind.YES_NO, Language("en"))


def write(path: Path, rate: int, text: str | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(np.ones(rate, dtype=np.int16).tobytes())
    if text is not None:
        path.with_suffix(".txt").write_text(text)


def case(value: str | None) -> Case:
    return Case("answers", "ruth", np.ones(1_600, dtype=np.int16), "said", YES_NO, value)


def test_answers_are_right_asked_again_or_wrong() -> None:
    heard = ScriptedRecognizer(["yes", "maybe", "no", "yes", "my pension"], lambda: date(2026, 11, 24))
    cases = [case("yes"), case("yes"), case("yes"), case(None), case(None)]
    outcomes = list(hear_all(heard, cases, [CONDITIONS["clean"]]))
    (result,) = results(outcomes)
    assert (result.cases, result.right, result.rejected, result.wrong) == (5, 2, 1, 2)
    assert len(as_json("scripted", outcomes)["utterances"]) == 5
    assert "answers" in as_text("scripted", [result])


def test_recorded_digits_make_singles_strings_and_non_answers() -> None:
    cases = list(digit_cases(SAMPLES / "digits"))
    groups = {one.group for one in cases}
    assert groups == {"digit", "digits-4", "digits-7", "digits-8", "no-answer"}
    assert all(one.value is None or one.value == one.said.replace(" ", "") for one in cases)
    again = list(digit_cases(SAMPLES / "digits"))
    assert all(np.array_equal(first.samples, second.samples) for first, second in zip(cases, again, strict=True))


def test_a_recording_counts_where_its_words_lie_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "ruth/date.wav", 8_000, "the third of May\ndate: 1958-05-03\n")
    write(tmp_path / "ruth/open.wav", 8_000, "when is my payment")
    write(tmp_path / "ruth/noise.wav", 8_000, None)
    first, second = recording_cases(tmp_path, "en")
    assert (first.group, first.value, first.expected.kind) == ("recordings-date", "1958-05-03", Kind.DATE)
    assert (second.group, second.value, second.said) == ("recordings-open", None, "when is my payment")


def test_a_recording_of_another_rate_is_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path / "wide.wav", 16_000, "hello")
    with pytest.raises(IvrError, match=r"wide\.wav has 16000"):
        list(recording_cases(tmp_path, "en"))


def test_a_file_that_is_no_wav_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_bytes(b"nothing")
    (tmp_path / "bad.txt").write_text("hello")
    with pytest.raises(IvrError, match=r"bad\.wav"):
        list(recording_cases(tmp_path, "en"))
