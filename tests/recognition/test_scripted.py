"""The scripted recognizer is no more forgiving than the real ones (contract: test_recognizers)."""

from datetime import date

import numpy as np
import pytest

from ivr.errors import RecognitionFailed
from ivr.recognition.scripted import UNCLEAR, ScriptedRecognizer
from ivr.vocabulary import Expected, Kind, Language

SOUND = np.ones(800, dtype=np.int16)
YES_NO = Expected(Kind.YES_NO, Language("en"))


def recognizer(*script: str) -> ScriptedRecognizer:
    return ScriptedRecognizer(script, lambda: date(2026, 11, 24))


def test_lines_are_heard_in_order_one_for_each_hearing() -> None:
    scripted = recognizer("Yes, I do.", UNCLEAR)
    first = scripted.listen_for(YES_NO)
    first.hear(SOUND)
    assert first.so_far() == first.finish()
    assert scripted.unheard == (UNCLEAR,)
    second = scripted.listen_for(YES_NO)
    second.hear(SOUND)
    assert second.finish().rejected


def test_a_script_that_is_over_fails_instead_of_inventing() -> None:
    hearing = recognizer().listen_for(YES_NO)
    hearing.hear(SOUND)
    with pytest.raises(RecognitionFailed):
        hearing.finish()


def test_a_hearing_without_sound_uses_no_line() -> None:
    scripted = recognizer("yes")
    assert scripted.listen_for(YES_NO).finish().rejected
    assert scripted.unheard == ("yes",)
