"""Tests of messages left with the carrier."""

from __future__ import annotations

import pytest

from ivr.store.call_log import CallLog
from ivr.store.database import Database
from ivr.store.voice_messages import VoiceMessage, VoiceMessages
from ivr.vocabulary import CallId
from tests.store.clock import START, SetClock

CALL = CallId("CA0001")


@pytest.fixture
def messages(database: Database, clock: SetClock) -> VoiceMessages:
    CallLog(database, clock).arrive(CALL, "anonymous", "")
    return VoiceMessages(database, clock)


@pytest.mark.parametrize("carrier_is_quicker", [False, True])
def test_a_message_is_there_once_it_can_be_fetched(messages: VoiceMessages, carrier_is_quicker: bool) -> None:
    steps = [lambda: messages.leave(CALL, "RE1", 12), lambda: messages.move(CALL, "RE1", "ready")]
    first, second = reversed(steps) if carrier_is_quicker else steps
    first()
    second()
    assert messages.ready() == (VoiceMessage("RE1", CALL, 12, "ready", START),)


def test_silence_is_no_message_and_a_heard_one_is_done(messages: VoiceMessages) -> None:
    messages.leave(CALL, "RE1", 0)
    messages.move(CALL, "RE1", "absent")
    messages.move(CALL, "RE2", "ready")
    messages.move(CALL, "RE2", "heard")
    assert messages.ready() == ()
