"""A line that is bad, a caller who needs time: the same question by keys, and back to voice when it gets better."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.events import Hint
from ivr.vocabulary import CommandMessage, Milliseconds, Reply, Utterance
from tests.conversation.conftest import Driven

Drive = Callable[..., Driven]


def heard(text: str, fault: str = "", *, value: str | None = None, wish: str = "") -> happened.CallerSpoke:
    utterance = Utterance(text, 0.9, Milliseconds(900), "test", value, rejected=not text)
    return happened.CallerSpoke(utterance, wish, fault)


@pytest.fixture
def asked(drive: Drive) -> Driven:
    """A menu is out: a closed question."""
    driven = drive()
    driven.on(happened.KeyPressed("1"))
    return driven


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("noisy", "line_noisy"),
        ("clipped", "line_clipped"),
        ("echo", "line_echo"),
        ("quiet", "line_quiet"),
        ("silent", "line_quiet"),
    ],
)
def test_what_is_wrong_is_said_and_the_same_question_is_asked_for_keys(asked: Driven, fault: str, said: str) -> None:
    asked.on(heard("", fault))
    assert asked.said() == [said, "menu_payment"]
    assert asked.text().count("By key:") == 1
    assert asked.listens().by_keys_only
    assert asked.state.misses == 0


def test_a_television_at_a_closed_question_is_named_and_at_an_open_one_a_story_is_heard(asked: Driven) -> None:
    asked.on(heard("and now the weather for tomorrow", "voices"))
    assert asked.said() == ["line_voices", "menu_payment"]
    assert asked.state.misses == 0
    asked.on(happened.KeyPressed("9"))
    asked.on(heard("it began last winter when my pension did not come", "voices"))
    assert isinstance(asked.work(), decided.Understand)


def test_when_the_line_gets_better_the_voice_answers_the_keys_question_and_the_next_is_asked_in_full(
    asked: Driven,
) -> None:
    asked.on(heard("", "noisy"), heard("my next payment", value="payment_next"))
    assert isinstance(asked.work(), decided.Tell)
    asked.on(happened.Replied(Reply("payment_next", 0.9, (CommandMessage("fetch", (("what", "payments_next"),)),))))
    assert not asked.listens().by_keys_only
    assert asked.state.question is not None
    assert asked.state.question.form == "text"


def test_a_caller_who_needs_time_gets_four_seconds_everywhere_and_in_the_next_call(asked: Driven, drive: Drive) -> None:
    asked.on(heard("i have trouble speaking", wish="needs_time"))
    assert asked.said() == ["needs_time_on", "menu_payment"]
    listens = asked.listens()
    assert (listens.patience, listens.answered, listens.no_input) == (4_000, 4_000, 15_000)
    kept = [one.hint for one in asked.decisions if isinstance(one, decided.KeepHint)]
    assert kept == [Hint(needs_time=True)]
    again = drive(hint=kept[0])
    assert again.listens().patience == 4_000


def test_slow_mode_offers_the_options_two_at_a_time(asked: Driven) -> None:
    asked.on(heard("slower", wish="slower"))
    menu = [one.spoken for one in asked.decisions if isinstance(one, decided.Say)][-1]
    pauses = [sentence.pause_after for sentence in menu.sentences]
    assert pauses[-4:-1] == [900, 2_000, 900]
    assert {sentence.words_per_minute for sentence in menu.sentences} == {125}
