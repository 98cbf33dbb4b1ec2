"""Credit runs out: rung back at once where that can be, else a call-back; at any question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.states import Phase
from ivr.task_records import RingBackAsked
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import command, replied, spoke, understood

Drive = Callable[..., Driven]
WISH = spoke("i am out of credit", wish="call_me_back_free")


def test_the_caller_is_told_to_hang_up_and_the_line_leaves(drive: Drive) -> None:
    driven = drive()
    driven.on(WISH)
    work = driven.work()
    assert isinstance(work, decided.Request)
    assert work.what == "ring_back.ask"
    driven.on(happened.Served("ring_back.ask", RingBackAsked(True)))
    assert driven.said() == ["ring_back_now"]
    assert [one for one in driven.decisions if isinstance(one, decided.Leave)] == [decided.Leave("bye", "")]
    assert driven.state.result == "call_back"


@pytest.mark.parametrize(
    "answer", [happened.Served("ring_back.ask", RingBackAsked(False)), happened.StageFailed("agency-failed")]
)
def test_where_it_cannot_be_a_call_back_is_promised(drive: Drive, answer: happened.CallEvent) -> None:
    driven = drive()
    driven.on(WISH, answer)
    assert driven.said()[-1] == "ask_call_back_number_this"


def test_a_withheld_number_is_asked_for(drive: Drive) -> None:
    driven = drive(phone_number_known=False)
    driven.on(WISH)
    assert driven.said()[-1] == "ask_call_back_number"


def test_it_works_inside_the_identity_dialogue_too(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("when does my money come"), understood("payment_next"), replied(command("identify", level="2")))
    assert driven.said() == ["ask_customer_number"]
    driven.on(WISH)
    assert isinstance(driven.work(), decided.Request)
    driven.on(happened.Served("ring_back.ask", RingBackAsked(True)))
    assert driven.state.phase is Phase.LEAVING
