"""Matters from the first word to the end, as events and decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.states import Phase, state_from_json
from ivr.records import Claim, Payment, Payments, Receipt
from ivr.vocabulary import (
    CommandMessage,
    Kind,
    Milliseconds,
    PersonRef,
    PromptMessage,
    Reply,
    Secret,
    Understood,
    Utterance,
)
from tests.conversation.conftest import Driven

Drive = Callable[..., Driven]


def spoke(text: str, value: str | None = None, wish: str = "", **more: object) -> happened.CallerSpoke:
    utterance = Utterance(text, 0.9, Milliseconds(900), "test", value, rejected=bool(more.pop("rejected", False)))
    fault, number = str(more.get("line_fault", "")), bool(more.get("number_spoken", False))
    return happened.CallerSpoke(utterance, wish, fault, number)


def understood(intent: str, confidence: float = 0.9) -> happened.WasUnderstood:
    return happened.WasUnderstood(Understood("words", intent, confidence))


def command(do: str, **arguments: str) -> CommandMessage:
    return CommandMessage(do, tuple(arguments.items()))


def replied(*messages: PromptMessage | CommandMessage, form: str = "", intent: str = "x") -> happened.Replied:
    return happened.Replied(Reply(intent, 1.0, messages, active_form=form))


NEXT = Payment("old_age_pension", 31_240, date(2026, 12, 3), "scheduled", source="agency:/payments#1")
LATE = Payment(
    "child", 9_900, date(2026, 11, 20), "late", "bank_holiday", "paid_again_on", date(2026, 11, 27), "bank", "agency:#2"
)


def verify(driven: Driven) -> None:
    """Number by keys, confirmed, PIN, private."""
    driven.on(happened.DigitsEntered("46858160"))
    assert driven.said() == ["confirm_customer_number"]
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["ask_pin"]
    driven.on(happened.PinEntered(Secret("434835")))
    assert isinstance(driven.work(), decided.Verify)
    driven.on(happened.Verified("verified", PersonRef("p1")))
    assert driven.said() == ["ask_privacy"]
    driven.on(happened.KeyPressed("1"))


def test_the_first_prompts_greet_and_ask(drive: Drive) -> None:
    driven = drive()
    assert driven.said() == ["greeting", "ask_matter"]
    assert driven.listens().expected.kind is Kind.OPEN


def test_a_payment_is_told_after_identity_and_with_its_facts(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("when is my next payment"))
    assert isinstance(driven.work(), decided.Understand)
    driven.on(understood("payment_next"))
    assert isinstance(driven.work(), decided.TakeTurn)
    driven.on(replied(command("identify", level="2"), command("fetch", what="payments_next")))
    assert driven.said() == ["ask_customer_number"]
    verify(driven)
    assert driven.work() == decided.Fetch("payments_next", PersonRef("p1"))
    driven.on(happened.PaymentsArrived(Payments((NEXT,), (), ())))
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert told.entities == (("outcome", "next_scheduled"),), "Rasa learns a word, no value"
    driven.on(replied(PromptMessage("next_scheduled"), command("end_task")))
    assert driven.said() == ["next_scheduled", "anything_else"]
    assert "three hundred twelve euros forty" in driven.text()
    assert "Thursday the third of December" in driven.text()
    [say] = [one for one in driven.decisions if isinstance(one, decided.Say) and one.facts]
    assert {fact.name: fact.value for fact in say.facts}["payment_amount"] == "31240"
    driven.on(happened.KeyPressed("2"))
    assert driven.said() == ["goodbye"]
    assert decided.NoteResult("completed") not in driven.decisions, "the result was noted when it was told"
    assert driven.state.result == "completed"
    assert driven.decisions[-1] == decided.Leave("bye")


def test_a_late_payment_has_its_reason_and_its_new_date(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("my money has not come"), understood("payment_late"))
    driven.on(replied(command("identify", level="2"), command("fetch", what="payments_late")))
    verify(driven)
    driven.on(happened.PaymentsArrived(Payments((NEXT,), (), (LATE,))))
    driven.on(replied(PromptMessage("late_late"), command("end_task")))
    assert "a bank holiday held it up" in driven.text()
    assert "Friday the twenty-seventh of November" in driven.text()


def test_nothing_personal_is_fetched_below_level_two_whatever_rasa_says(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    assert driven.said() == ["ask_customer_number"]


def test_a_wrong_pin_gives_no_hint_and_three_lead_to_a_person(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    for _ in range(2):
        driven.on(happened.DigitsEntered("46858160"), happened.KeyPressed("1"), happened.PinEntered(Secret("111111")))
        driven.on(happened.Verified("refused"))
        assert driven.said() == ["verify_failed", "ask_customer_number"]
    driven.on(happened.DigitsEntered("46858160"), happened.KeyPressed("1"), happened.PinEntered(Secret("111111")))
    driven.on(happened.Verified("refused"))
    assert driven.said() == ["verify_failed", "offer_person"]


def test_a_pin_is_never_in_the_state(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    driven.on(happened.DigitsEntered("46858160"), happened.KeyPressed("1"))
    driven.on(happened.DigitsSoFar(""), happened.PinEntered(Secret("434835")))
    assert "434835" not in driven.state.to_json()


def test_a_spoken_pin_is_answered_with_a_warning(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    driven.on(
        happened.DigitsEntered("46858160"), happened.KeyPressed("1"), spoke("four three four eight", number_spoken=True)
    )
    assert driven.said() == ["spoken_pin_warning", "ask_pin"]


def apply_for_pension(driven: Driven) -> None:
    driven.on(spoke("i want to apply for a pension"), understood("apply_old_age_pension"))
    first = PromptMessage("ask_birth_date", "date", "birth_date")
    driven.on(replied(command("open_draft", what="old_age_pension"), first, form="old_age_pension_form"))
    assert isinstance(driven.work(), decided.OpenDraft)
    driven.on(happened.DraftOpened("4711081"))
    if "pen_ready" in driven.said():
        driven.on(happened.KeyPressed("1"))


def test_an_application_says_its_reference_before_the_first_question(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    assert driven.all_said.index("draft_reference") < driven.all_said.index("ask_birth_date")


def test_an_answer_is_kept_at_once_and_echoed_before_the_next_question(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke("third of may nineteen fifty eight", "1958-05-03"))
    assert decided.KeepDraft("4711081", (("birth_date", "1958-05-03"),)) in driven.decisions
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert told.entities == (("birth_date", "held"),)
    driven.on(replied(PromptMessage("ask_work_years", "number", "work_years"), form="old_age_pension_form"))
    assert driven.said() == ["echo_answer", "ask_work_years"]
    assert "third of May nineteen fifty-eight" in driven.text()


def test_back_asks_the_earlier_question_and_tells_the_new_answer(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke("x", "1958-05-03"))
    driven.on(replied(PromptMessage("ask_work_years", "number", "work_years"), form="old_age_pension_form"))
    driven.on(happened.KeyPressed("*"), spoke("back", wish="back"))
    assert driven.said() == ["ask_birth_date"]
    driven.on(spoke("x", "1958-05-13"))
    assert decided.KeepDraft("4711081", (("birth_date", "1958-05-13"),)) in driven.decisions


def read_back(driven: Driven) -> None:
    apply_for_pension(driven)
    driven.on(spoke("x", "1958-05-03"))
    driven.on(replied(PromptMessage("ask_work_years", "number", "work_years"), form="old_age_pension_form"))
    driven.on(happened.DigitsEntered("41"))
    driven.on(replied(command("read_back", what="application")))


def test_a_wrong_fact_is_corrected_and_read_again(drive: Drive) -> None:
    driven = drive()
    read_back(driven)
    assert driven.said() == ["read_back_1"]
    assert "Date of birth" in driven.text()
    driven.on(happened.KeyPressed("2"))
    assert driven.said()[0] == "ask_which_wrong"
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["ask_birth_date"]
    driven.on(happened.DigitsEntered("13051958"))
    assert driven.said() == ["corrected", "read_back_1"]
    assert "thirteenth of May" in driven.text()
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["read_back_2"]
    driven.on(happened.KeyPressed("1"))
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert told.event == "confirmed"


def test_an_application_ends_with_its_reference_and_what_follows(drive: Drive) -> None:
    driven = drive()
    read_back(driven)
    driven.on(happened.KeyPressed("1"), happened.KeyPressed("1"))
    driven.on(replied(command("submit", what="application")))
    work = driven.work()
    assert isinstance(work, decided.Submit)
    assert dict(work.answers) == {"birth_date": "1958-05-03", "work_years": "41"}
    driven.on(happened.Submitted(Receipt("4711081", date(2026, 11, 24))))
    driven.on(replied(PromptMessage("application_done"), command("end_task")))
    assert driven.said() == ["application_done", "anything_else"]
    assert driven.state.result == "completed"


def test_a_call_that_drops_in_an_application_keeps_the_draft(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke("x", "1958-05-03"), happened.CallerHungUp())
    assert driven.state.result == "draft_kept"


def test_a_resumed_application_names_no_benefit_and_reads_no_earlier_answer(drive: Drive) -> None:
    driven = drive(draft_waiting=True)
    assert driven.said() == ["greeting", "resume_offer"]
    driven.on(happened.KeyPressed("1"))
    assert driven.work() == decided.FindDraft()
    driven.on(happened.DraftFound("4711081", "old_age_pension", (("birth_date", "1958-05-03"),)))
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert (told.event, told.entities) == ("resume_old_age_pension", (("birth_date", "held"),))
    driven.on(replied(PromptMessage("ask_work_years", "number", "work_years"), form="old_age_pension_form"))
    driven.on(happened.DigitsEntered("41"), replied(command("read_back", what="application")))
    words = driven.text()
    assert "forty-one" in words
    assert "fifty-eight" not in words
    assert "pension" not in " ".join(driven.all_said)


def test_a_claim_names_what_is_missing_and_says_when_there_is_no_date(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("claim_status"), replied(command("fetch", what="claims")))
    verify(driven)
    claim = Claim(
        "1234567", "child", "waiting_for_papers", date(2026, 10, 5), ("birth_certificate",), None, "agency:#c"
    )
    driven.on(happened.ClaimsArrived((claim,)))
    driven.on(replied(PromptMessage("claim_waiting_for_papers"), command("end_task")))
    assert "birth certificate" in driven.text()
    assert "no date" in driven.text()


def test_no_pin_brings_a_letter_with_the_same_words_for_everybody(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("i have no pin"), understood("no_pin"), replied(command("pin_letter")))
    assert driven.said() == ["pin_letter_intro"]
    driven.on(happened.KeyPressed("1"), happened.DigitsEntered("46858160"), happened.KeyPressed("1"))
    driven.on(happened.DigitsEntered("03051958"))
    assert driven.work() == decided.AskPinLetter("46858160", "1958-05-03")
    driven.on(happened.PinLetterAsked())
    assert driven.said() == ["pin_letter_done", "anything_else"]


def test_a_person_out_of_hours_becomes_a_call_back_with_a_reference(drive: Drive) -> None:
    driven = drive()
    driven.on(happened.KeyPressed("0"))
    assert driven.work() == decided.FindStaff()
    driven.on(happened.StaffFound(False, "2026-11-25T08:00"))
    assert driven.said() == ["person_closed", "ask_call_back_number_this"]
    assert "Wednesday the twenty-fifth of November" in driven.text()
    driven.on(happened.KeyPressed("1"), happened.KeyPressed("1"), spoke("my pension letter"))
    assert driven.work() == decided.BookCallBack("", "morning", "my pension letter")
    driven.on(happened.CallBackBooked("1112223"))
    assert driven.text().count("one one one") == 2, "a reference is said twice"
    assert driven.state.result == "call_back"


def test_two_misses_lead_to_a_person(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("purple"), understood("payment_next", 0.1))
    assert driven.said() == ["did_not_understand", "ask_matter"]
    driven.on(spoke("umbrella"), understood("payment_next", 0.1))
    assert driven.work() == decided.FindStaff()
    driven.on(happened.StaffFound(True))
    assert driven.said() == ["reason_repair", "handing_over"]
    assert driven.decisions[-1] == decided.Leave("staff", "repeated_misses")


def test_a_silent_caller_is_asked_twice_and_then_offered_a_person(drive: Drive) -> None:
    driven = drive()
    driven.on(happened.NoInput(Milliseconds(8_000)))
    assert driven.said() == ["take_your_time", "slow_mode_on", "ask_matter"]
    driven.on(happened.NoInput(Milliseconds(8_000)))
    assert driven.said() == ["one_more_way_keys", "ask_matter"]
    assert driven.listens().no_input == 15_000
    driven.on(happened.NoInput(Milliseconds(15_000)))
    assert driven.work() == decided.FindStaff()


def test_a_bad_line_is_named_and_counts_against_the_line(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("", rejected=True, line_fault="noisy"))
    assert driven.said() == ["line_noisy", "ask_matter"]
    assert driven.state.misses == 0


def test_hold_mode_waits_for_minutes_and_goes_on_where_it_was(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke("wait i need to get my papers", wish="wait"))
    assert driven.said() == ["hold_begin"]
    for _ in range(7):
        driven.on(happened.NoInput(Milliseconds(15_000)))
    assert driven.state.misses == 0
    driven.on(happened.NoInput(Milliseconds(15_000)))
    assert driven.said() == ["hold_more_time"]
    driven.on(happened.KeyPressed("1"))
    assert driven.state.phase is Phase.HOLDING
    driven.on(spoke("i am ready"))
    assert driven.said() == ["hold_back", "ask_birth_date"]


def test_louder_slower_simpler_again_and_why_act_on_the_open_question(drive: Drive) -> None:
    driven = drive()
    driven.on(happened.KeyPressed("8"))
    assert driven.said()[0] == "louder_on"
    assert all(one.gain_db == 6.0 for one in driven.decisions if isinstance(one, decided.Say))
    driven.on(happened.KeyPressed("#"))
    assert driven.said()[0] == "slow_mode_on"
    assert driven.listens().patience == 2_500
    driven.on(happened.KeyPressed("7"))
    assert driven.said()[-1] == "ask_matter"
    driven.on(happened.KeyPressed("5"))
    assert "do the right thing" in driven.text()
    driven.on(happened.KeyPressed("*"))
    assert driven.said()[-1] == "ask_matter"


def test_rasa_away_is_tried_once_more_and_then_keys_are_offered(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("hello"), happened.StageFailed("understanding-failed"))
    assert isinstance(driven.work(), decided.Understand)
    driven.on(happened.StageFailed("understanding-failed"))
    assert driven.said() == ["sorry_dialogue_away", "menu_keypad"]
    driven.on(happened.KeyPressed("4"))
    assert "faq_office_hours" in driven.said()


def test_a_form_goes_on_with_its_answer_when_rasa_is_back(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke("x", "1958-05-03"))
    driven.on(happened.StageFailed("understanding-failed"), happened.StageFailed("understanding-failed"))
    assert driven.state.draft is not None
    assert driven.state.draft.answers == {"birth_date": "1958-05-03"}
    driven.on(happened.KeyPressed("4"))
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert told.entities == (("birth_date", "held"),)


def test_the_agency_away_is_said_and_a_person_offered(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    verify(driven)
    driven.on(happened.StageFailed("agency-failed"))
    assert driven.said() == ["sorry_agency_away", "offer_person"]


def test_a_prompt_that_no_voice_can_finish_is_stopped_and_the_keypad_line_follows(drive: Drive) -> None:
    """Its last sentence alone ("Is that right?") would mislead."""
    driven = drive()
    decisions = driven.on(happened.StageFailed("synthesis-failed"))
    kinds = [type(decision).__name__ for decision in decisions]
    assert kinds.index("StopSpeaking") < kinds.index("PlaySound") < kinds.index("Leave")
    assert driven.on(happened.StageFailed("synthesis-failed")) == []


def test_another_process_goes_on_with_the_question_that_was_out(drive: Drive, prompts: object) -> None:
    driven = drive()
    apply_for_pension(driven)
    again = Driven(prompts, state_from_json(driven.state.to_json()))  # type: ignore[arg-type]
    again.on(happened.CallStarted(phone_number_known=True))
    assert again.said() == ["sorry_back_again", "ask_birth_date"]


def test_another_process_asks_again_for_what_was_under_way(drive: Drive, prompts: object) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke("x", "1958-05-03"))
    again = Driven(prompts, state_from_json(driven.state.to_json()))  # type: ignore[arg-type]
    again.on(happened.CallStarted())
    assert again.work() == driven.work()


def test_a_transfer_that_failed_comes_back_with_a_call_back(drive: Drive) -> None:
    driven = drive()
    driven.on(happened.KeyPressed("0"), happened.StaffFound(True))
    driven.on(happened.CallStarted(phone_number_known=True, transfer_failed=True))
    assert driven.said() == ["transfer_failed", "ask_call_back_number_this"]


def test_an_intent_in_the_ask_band_is_asked_back(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("money thing"), understood("payment_last", 0.5))
    assert driven.said() == ["did_you_mean"]
    driven.on(happened.KeyPressed("1"))
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert told.entities == (("matter", "payment_last"),)


def test_distress_is_never_asked_back(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("i cannot go on"), understood("distress", 0.5))
    assert driven.said() == ["reason_distress"]
    assert isinstance(driven.work(), decided.FindStaff)
    driven.on(happened.StaffFound(True))
    assert driven.said() == ["handing_over"]


def test_hash_before_any_digit_repeats_the_question_and_is_no_star(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    driven.on(happened.KeyPressed("#"), happened.KeyPressed("#"))
    assert driven.said() == ["ask_customer_number"]
    driven.on(happened.KeyPressed("*"), happened.KeyPressed("*"))
    assert driven.work() == decided.FindStaff()


def test_no_to_did_you_mean_goes_back_to_the_form_and_counts_a_miss(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke("well sort of"), understood("faq_fraud", 0.5))
    assert driven.said() == ["did_you_mean"]
    driven.on(happened.KeyPressed("2"))
    assert driven.said() == ["did_not_understand", "ask_birth_date"]
    assert driven.state.draft is not None


def test_a_general_question_while_identifying_is_answered_and_the_matter_goes_on(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"))
    driven.on(replied(command("identify", level="2"), command("fetch", what="payments_next")))
    driven.on(spoke("where do i find it"), understood("faq_customer_number"))
    assert driven.said() == ["faq_customer_number", "ask_customer_number"]
    verify(driven)
    assert driven.work() == decided.Fetch("payments_next", PersonRef("p1"))


def test_again_repeats_the_last_answer_and_not_the_whole_call(drive: Drive) -> None:
    driven = drive()
    for question in ("faq_fraud", "faq_office_hours"):
        driven.on(spoke("x"), understood(question), replied(PromptMessage(question), command("end_task")))
    driven.on(happened.KeyPressed("*"))
    assert driven.said() == ["faq_office_hours", "anything_else"]


def test_every_missing_paper_of_every_claim_is_named(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("claim_status"), replied(command("fetch", what="claims")))
    verify(driven)
    papers = ("birth_certificate", "identity_card", "proof_of_income", "medical_report")
    waiting = Claim("1234567", "child", "waiting_for_papers", date(2026, 10, 5), papers, None, "agency:#c")
    other = Claim("1234568", "disability", "in_process", date(2026, 9, 5), (), date(2026, 12, 11), "agency:#d")
    driven.on(happened.ClaimsArrived((waiting, other)))
    driven.on(replied(PromptMessage("claim_several"), command("end_task")))
    for words in (
        "birth certificate",
        "identity card",
        "proof of your income",
        "from your doctor",
        "eleventh of December",
    ):
        assert words in driven.text()


def test_noise_after_a_booked_call_back_ends_in_good_bye_and_no_second_booking(drive: Drive) -> None:
    driven = drive()
    driven.on(happened.KeyPressed("0"), happened.StaffFound(False, "2026-11-25T08:00"))
    driven.on(happened.KeyPressed("1"), happened.KeyPressed("1"), spoke("my letter"))
    driven.on(happened.CallBackBooked("1112223"))
    driven.on(spoke("", rejected=True), spoke("", rejected=True))
    assert driven.state.phase is Phase.LEAVING
    assert driven.all_said[-1] == "goodbye"


def test_a_line_on_which_nobody_ever_was_ends_dead_and_books_nothing(drive: Drive) -> None:
    driven = drive()
    for _ in range(3):
        driven.on(happened.NoInput(Milliseconds(8_000)))
    driven.on(happened.StaffFound(False, "2026-11-25T08:00"))
    for _ in range(3):
        driven.on(happened.NoInput(Milliseconds(15_000)))
    assert driven.state.result == "line_dead"


def test_zero_during_good_bye_still_reaches_a_person(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("bye", wish="goodbye"), happened.KeyPressed("0"))
    assert driven.work() == decided.FindStaff()
