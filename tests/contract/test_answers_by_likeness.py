"""Approved answers without an intent, asked of the real process: the right text, or none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ivr.conversation.matters import Bands
from ivr.vocabulary import Hypothesis
from tests.contract.rasa_process import RasaProcess

pytestmark = pytest.mark.rasa

QUESTIONS = yaml.safe_load((Path(__file__).parents[1] / "nlu/answers/en.yml").read_text(encoding="utf-8"))
LIKE_ENOUGH = Bands(0.6, 0.4).answer


def test_the_text_that_is_said_is_the_right_one(rasa_process: RasaProcess) -> None:
    understander, said = rasa_process.understander(), list[tuple[str, str, str]]()
    asked = [(answer, question) for answer, questions in QUESTIONS.items() for question in questions]
    for answer, question in asked:
        found = understander.parse([Hypothesis(question, 1.0)]).answers
        if found and found[0][1] >= LIKE_ENOUGH and found[0][2] >= 0:
            said.append((answer, found[0][0], question))
    understander.close()
    wrong = [one for one in said if one[0] != one[1]]
    assert len(wrong) <= 0.02 * len(said), wrong
    assert len(said) >= 0.5 * len(asked)
