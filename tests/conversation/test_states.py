"""The table of moves, and what no sequence of events may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.conversation import OWNERS, Conversation
from ivr.conversation.matters import Bands
from ivr.conversation.prompts import Prompts
from ivr.conversation.states import LEGAL_MOVES, ConversationState, Phase, Question, state_from_json
from ivr.records import Claim, Payment, Payments, Receipt, RightAsked
from ivr.vocabulary import (
    CommandMessage,
    Milliseconds,
    PersonRef,
    PromptMessage,
    Reply,
    Secret,
    Understood,
    Utterance,
)
from tests.conversation.conftest import Driven

WORDS = ("", "yes", "no", "a person", "when is my money coming", "12345678", "/restart", "{agency}", "<speak>x</speak>")
VALUES = (None, "yes", "no", "12345678", "1958-05-03", "2999-01-01", "31240", "41", "morning", "old_age_pension")
WISHES = (
    "",
    "",
    "",
    "person",
    "again",
    "slower",
    "louder",
    "simpler",
    "back",
    "why",
    "wait",
    "goodbye",
    "shouting",
    "ready",
    "self_harm",
    "swearing",
    "already_told",
    "corrected:1958-05-15",
    "coached",
    "bank_change",
    "another_person",
    "for_someone_else",
    "who_listens",
    "delete_my_data",
    "stop_calling_me",
)
INTENTS = (
    "payment_next", "claim_status", "apply", "distress", "out_of_scope", "affirm", "person", "back", "wait", "goodbye",
    "stop_talking", "faq_fraud", "no_pin", "greet", "", "scam_now", "another_person", "for_someone_else",
    "stop_benefit", "delete_my_data",
)  # fmt: skip
MESSAGES = (
    PromptMessage("ask_birth_date", "date", "birth_date"),
    PromptMessage("ask_work_years", "number", "work_years"),
    PromptMessage("ask_contact_way", "choice", "contact_way"),
    PromptMessage("ask_monthly_pay", "amount", "monthly_pay"),
    PromptMessage("ask_phone_number", "phone", "phone_number"),
    PromptMessage("ask_matter", "open"),
    PromptMessage("faq_fraud"),
    PromptMessage("next_none"),
    *(
        CommandMessage(do, (("what", "payments_next"), ("reason", "complaint"), ("level", "2")))
        for do in (
            "identify",
            "fetch",
            "open_draft",
            "read_back",
            "submit",
            "pin_letter",
            "call_back",
            "resume",
            "hand_over",
            "offer_person",
            "unknown",
            "end_task",
            "no_match",
            "what_is_this",
        )
    ),
)
PAYMENT = Payment("child", 9_900, date(2026, 11, 20), "late", "bank_holiday", "paid_again_on", date(2026, 11, 27))
CLAIM = Claim("1234567", "child", "in_process", date(2026, 10, 5))


def utterances() -> st.SearchStrategy[Utterance]:
    return st.builds(
        lambda text, value, rejected: Utterance(text, 0.9, Milliseconds(800), "test", value, (), rejected),
        st.sampled_from(WORDS),
        st.sampled_from(VALUES),
        st.booleans(),
    )


def events() -> st.SearchStrategy[happened.CallEvent]:
    """Anything that callers, the carrier and the parts can bring, in any order."""
    return st.one_of(
        st.builds(happened.CallerSpoke, utterances(), st.sampled_from(WISHES), st.sampled_from(("", "noisy"))),
        st.builds(happened.KeyPressed, st.sampled_from("0123456789*#")),
        st.builds(happened.DigitsEntered, st.text("0123456789", max_size=16)),
        st.just(happened.PinEntered(Secret("434835"))),
        st.builds(happened.DigitsSoFar, st.text("0123456789", max_size=8)),
        st.just(happened.NoInput(Milliseconds(8_000))),
        st.just(happened.PromptsFinished()),
        st.builds(
            lambda intent, sure: happened.WasUnderstood(Understood("words", intent, sure)),
            st.sampled_from(INTENTS),
            st.sampled_from((0.1, 0.5, 0.9)),
        ),
        st.builds(
            lambda messages, form: happened.Replied(Reply("x", 1.0, tuple(messages), active_form=form)),
            st.lists(st.sampled_from(MESSAGES), max_size=3),
            st.sampled_from(("", "old_age_pension_form")),
        ),
        st.sampled_from(
            [
                happened.Verified("verified", PersonRef("p1")),
                *(happened.Verified(outcome) for outcome in ("refused", "locked", "braked")),
                happened.PaymentsArrived(Payments((PAYMENT,), (), (PAYMENT,))),
                happened.PaymentsArrived(Payments((), (), ())),
                happened.ClaimsArrived((CLAIM,)),
                happened.ClaimStatusArrived(""),
                happened.ClaimStatusArrived("in_process"),
                happened.DraftOpened("4711081"),
                happened.DraftFound(),
                happened.DraftFound("4711081", "child", (("birth_date", "1958-05-03"),)),
                happened.Submitted(Receipt("4711081", date(2026, 11, 24))),
                happened.Submitted(None),
                happened.PinLetterAsked(),
                happened.CallBackBooked("4711081"),
                happened.StaffFound(True),
                happened.Served("rights.delete", RightAsked("4711081")),
                happened.Served("rights.stop_calling", RightAsked("", done=False)),
                happened.StaffFound(False, "2026-11-25T08:00"),
                happened.StillWorking(),
                *(happened.StageFailed(f"{stage}-failed") for stage in ("recognition", "understanding", "agency")),
                happened.StageFailed("synthesis-failed"),
                happened.CallStarted(phone_number_known=True, draft_waiting=True, today="2026-11-24"),
                happened.CallStarted(transfer_failed=True),
            ]
        ),
    )


def conversation(prompts: Prompts, state: ConversationState | None = None) -> Conversation:
    return Conversation(prompts, "EUR", Bands(0.6, 0.4), state)


ANY_COURSE = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY_COURSE
@given(course=st.lists(events(), max_size=25))
def test_no_sequence_of_events_raises_and_no_decision_is_lost_in_the_store(
    prompts: Prompts, course: list[happened.CallEvent]
) -> None:
    talking = conversation(prompts)
    talking.on(happened.CallStarted(phone_number_known=True, today="2026-11-24"))
    for event in course:
        talking.on(event)
        stored = talking.state.to_json()
        assert "434835" not in stored, "a PIN must never be stored"
        assert state_from_json(stored).to_json() == stored


@ANY_COURSE
@given(course=st.lists(events(), max_size=20))
def test_a_person_is_reachable_from_wherever_a_call_may_be(prompts: Prompts, course: list[happened.CallEvent]) -> None:
    talking = conversation(prompts)
    talking.on(happened.CallStarted(phone_number_known=True, today="2026-11-24"))
    for event in course:
        talking.on(event)
    if talking.state.phase in (Phase.LEAVING, Phase.ENDED):
        return
    question = talking.state.question
    in_a_number = question is not None and question.expect.partition(":")[0] in NUMBERS
    presses = ["*", "*"] if in_a_number and talking.state.phase is Phase.LISTENING else ["0"]
    found = [decision for key in presses for decision in talking.on(happened.KeyPressed(key))]
    assert any(isinstance(decision, decided.FindStaff) for decision in found)


NUMBERS = ("digits", "number", "phone", "pin", "date", "amount")


@ANY_COURSE
@given(course=st.lists(events(), max_size=20))
def test_a_silent_caller_never_keeps_the_line_for_ever(prompts: Prompts, course: list[happened.CallEvent]) -> None:
    """Every question left alone leads to a person, a call-back or good-bye after a bounded number of silences."""
    talking = conversation(prompts)
    talking.on(happened.CallStarted(phone_number_known=True, today="2026-11-24"))
    for event in course:
        talking.on(event)
    for _ in range(60):
        if talking.state.phase in (Phase.LEAVING, Phase.ENDED):
            return
        if talking.state.phase is Phase.WORKING:
            talking.on(answer_for(talking))
        else:
            talking.on(happened.NoInput(Milliseconds(15_000)))
    pytest.fail(f"still {talking.state.phase} at {talking.state.question}")


def answer_for(talking: Conversation) -> happened.CallEvent:
    """What the parts say to the work under way, on a bad day: nobody is there, Rasa is away."""
    kind = (talking.state.work or {}).get("kind")
    answers: dict[str, happened.CallEvent] = {
        "FindStaff": happened.StaffFound(False, "2026-11-25T08:00"),
        "BookCallBack": happened.CallBackBooked("4711081"),
        "OpenDraft": happened.DraftOpened("4711081"),
        "FindDraft": happened.DraftFound(),
    }
    return answers.get(str(kind), happened.StageFailed("understanding-failed"))


@ANY_COURSE
@given(course=st.lists(events(), max_size=20))
def test_while_a_question_is_out_the_line_listens(prompts: Prompts, course: list[happened.CallEvent]) -> None:
    """No event may leave the line neither listening, nor working, nor leaving."""
    talking = conversation(prompts)
    talking.on(happened.CallStarted(phone_number_known=True, today="2026-11-24"))
    for event in course:
        before = talking.state.phase
        found = talking.on(event)
        if talking.state.phase is Phase.LISTENING and before is not Phase.LISTENING:
            assert any(isinstance(decision, decided.Listen) for decision in found)
        if talking.state.phase is Phase.LISTENING:
            assert talking.state.question is not None
        if talking.state.phase is Phase.WORKING:
            assert talking.state.work is not None


def test_every_phase_but_the_end_reaches_the_way_out() -> None:
    for phase, moves in LEGAL_MOVES.items():
        assert phase is Phase.ENDED or Phase.LEAVING in moves


def test_every_owner_that_the_dialogues_name_takes_answers(drive: Callable[..., Driven]) -> None:
    driven = drive()
    question = driven.state.question
    assert isinstance(question, Question)
    assert question.owner in OWNERS


def test_a_state_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version"):
        state_from_json(ConversationState().to_json().replace('"version":1', '"version":99'))
    with pytest.raises(ValueError, match="state"):
        state_from_json('{"version":1,"phase":"listening"}')
