"""One per call: an event in, decisions out. Holds the state; touches nothing else.

    started ─► asks a question ─► hears ─► understands ─► works (Rasa, agency, store) ─► says ─► asks …

Who takes the answer to a question stands in OWNERS; what happens at a key or word that always works in `universal`.
"""

from __future__ import annotations

from collections.abc import Callable

from ivr.conversation import (
    application,
    call_back,
    companion,
    failures,
    hold,
    identity,
    languages,
    leaving,
    matters,
    opening,
    pace,
    pin_letter,
    repair,
    universal,
)
from ivr.conversation import events as happened
from ivr.conversation.answers import date_fault, expected_of, keyed_value, pressed_value, value_fits
from ivr.conversation.decisions import Decision, Understand
from ivr.conversation.matters import Bands
from ivr.conversation.prompts import Prompts
from ivr.conversation.states import ConversationState, Phase, Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks import all_tasks
from ivr.conversation.values import Wording
from ivr.vocabulary import Expected, Kind

Answer = Callable[[Talk, Question, str], None]


def _plain(take: Callable[[Talk, str], None]) -> Answer:
    """An owner that needs the answer alone."""
    return lambda talk, question, answer: take(talk, answer)


OWNERS: dict[str, Answer] = {
    "rasa": application.slot_answered,
    languages.OWNER: _plain(opening.language_answered),
    "application.again": application.slot_answered,
    application.PEN: lambda talk, question, answer: application.pen_ready(talk),
    "application.resume": _plain(application.resume_answered),
    "application.reference": _plain(application.reference_answered),
    "application.read_back": application.read_back_answered,
    "application.which": _plain(application.which_answered),
    "application.corrected": application.corrected,
    "identity.number": _plain(identity.number_answered),
    "identity.confirm": _plain(identity.number_confirmed),
    "identity.privacy": _plain(identity.privacy_answered),
    "pin_letter.wanted": _plain(pin_letter.wanted_answered),
    "pin_letter.number": _plain(pin_letter.number_answered),
    "pin_letter.confirm": _plain(pin_letter.number_confirmed),
    "pin_letter.birth_date": _plain(pin_letter.birth_date_answered),
    "pin_letter.case": _plain(pin_letter.case_answered),
    "companion.where": _plain(companion.where_answered),
    "companion.may_listen": _plain(companion.consent_answered),
    "call_back.this_number": _plain(call_back.this_number_answered),
    "call_back.number": _plain(call_back.number_answered),
    "call_back.confirm_number": _plain(call_back.number_confirmed),
    "call_back.window": _plain(call_back.window_answered),
    "call_back.reason": _plain(call_back.reason_answered),
    "leaving.offer": _plain(leaving.offer_answered),
    "leaving.anything_else": _plain(leaving.anything_else_answered),
    "matters.menu": _plain(matters.menu_answered),
    "matters.guess": _plain(matters.guess_answered),
    "matters.also": matters.also_answered,
    "failures.away": _plain(failures.away_answered),
    **all_tasks.ANSWERS,
}
"""Owner of a question -> who takes its answer. The PIN has no owner: it comes as PinEntered alone."""


ANSWERS: dict[type[happened.CallEvent], tuple[str, ...]] = {
    happened.WasUnderstood: ("Understand",),
    happened.Replied: ("TakeTurn", "Tell"),
    happened.Verified: ("Verify",),
    happened.PaymentsArrived: ("Fetch",),
    happened.ClaimsArrived: ("Fetch",),
    happened.ClaimStatusArrived: ("AskClaimStatus",),
    happened.DraftOpened: ("OpenDraft",),
    happened.DraftFound: ("FindDraft",),
    happened.Submitted: ("Submit",),
    happened.PinLetterAsked: ("AskPinLetter",),
    happened.CallBackBooked: ("BookCallBack",),
    happened.Served: ("Request",),
    happened.StaffFound: ("FindStaff",),
}
"""Event -> the work it answers. A late answer to something that was dropped counts for nothing."""


class Conversation:
    """Used by the thread that owns the call alone."""

    def __init__(self, prompts: Prompts, currency: str, bands: Bands, state: ConversationState | None = None) -> None:
        self.state = state or ConversationState()
        self._prompts = prompts
        self._wording = Wording(prompts, currency)
        self._bands = bands

    def on(self, event: happened.CallEvent) -> list[Decision]:
        """Decide. Never raises for what a caller, a carrier or a part may do; IllegalMove is a defect of ours."""
        if self.state.phase is Phase.ENDED:
            return []
        talk = Talk(self.state, self._prompts, self._wording)
        self._take(talk, event)
        if talk.go_on:
            matters.go_on(talk)
        return talk.decisions

    def expected(self) -> Expected:
        """What the caller's next words or keys may be; of the kind `nothing` where no question is out."""
        question, talk = self.state.question, Talk(self.state, self._prompts, self._wording)
        if self.state.phase is Phase.HOLDING:
            return Expected(Kind.YES_NO if self.state.hold_asks_more else Kind.ANY_KEY, talk.language)
        if self.state.phase is not Phase.LISTENING or question is None:
            return Expected(Kind.NOTHING, talk.language)
        return self._expected(talk, question)

    def _take(self, talk: Talk, event: happened.CallEvent) -> None:
        match event:
            case happened.CallStarted():
                opening.started(talk, event)
            case happened.CallerHungUp():
                self._hung_up(talk)
            case happened.StageFailed():
                failures.failed(talk, event)
            case happened.StillWorking():
                failures.still_working(talk)
            case happened.CallerSpoke():
                self._spoke(talk, event)
            case happened.KeyPressed():
                self._pressed(talk, event.key)
            case happened.DigitsSoFar():
                self._digits_so_far(event)
            case happened.DigitsEntered():
                self._digits(talk, event.digits)
            case happened.PinEntered():
                self._pin(talk, event)
            case happened.NoInput():
                self._nothing(talk)
            case happened.PromptsFinished():
                pass
            case _:
                self._work_ended(talk, event)

    # --- the caller

    def _spoke(self, talk: Talk, event: happened.CallerSpoke) -> None:
        """A universal wish, an answer, something to be understood, or a miss."""
        state, question = self.state, self.state.question
        state.caller_acted = state.caller_acted or bool(event.utterance.text and not event.utterance.rejected)
        if state.phase is Phase.HOLDING:
            self._spoke_in_hold(talk, event)
            return
        stays = state.phase is Phase.LEAVING and universal.stops_leaving(event.wish, state.leaving)
        if universal.is_wish(event.wish) and (stays or state.phase in (Phase.LISTENING, Phase.WORKING)):
            universal.carry_out(talk, event.wish)
            return
        if state.phase is not Phase.LISTENING or question is None:
            return
        self._measure(talk, question, event)
        if question.owner == languages.OWNER and not event.utterance.value and event.utterance.text:
            opening.words_instead_of_a_language(talk)
            question = state.question or question
        expected = self._expected(talk, question)
        if expected.kind is Kind.PIN:
            self._spoke_at_pin(talk, event)
        elif expected.kind is Kind.ANY_KEY:
            self._answered(talk, question, "ready")
        elif event.utterance.value and value_fits(expected, event.utterance.value, state.today):
            self._answered(talk, question, event.utterance.value)
        elif expected.kind is Kind.DATE and event.utterance.value:
            repair.unfit(talk, date_fault(event.utterance.value, self.state.today))
        elif self._line_is_at_fault(event, expected):
            repair.line_fault(talk, event.line_fault)
        elif expected.kind is Kind.OPEN and event.utterance.text and question.owner != "matters.menu":
            self._answered(talk, question, event.utterance.text)
        elif expected.kind is Kind.DIGITS and event.utterance.value and expected.length:
            repair.wrong_length(talk, len(event.utterance.value), expected.length)
        elif event.utterance.text:
            hypotheses = event.utterance.hypotheses or ()
            pairs = tuple((one.text, one.weight) for one in hypotheses) or ((event.utterance.text, 1.0),)
            talk.work(Understand(pairs[:3]))
        else:
            repair.no_match(talk)

    def _spoke_in_hold(self, talk: Talk, event: happened.CallerSpoke) -> None:
        if event.wish.startswith(languages.PREFIX):
            universal.carry_out(talk, event.wish)
        elif event.wish in universal.IN_HOLD:
            universal.in_hold(talk, event.wish)
        elif self.state.hold_asks_more and event.utterance.value == "yes":
            hold.more_time(talk)
        elif event.utterance.text and not event.utterance.rejected:
            hold.back_again(talk)
        else:
            talk.listen_for_return()

    @staticmethod
    def _line_is_at_fault(event: happened.CallerSpoke, expected: Expected) -> bool:
        """Nothing could be heard; or a television was. At an open question a long story is one."""
        if event.line_fault == "voices":
            return expected.kind is not Kind.OPEN
        return bool(event.line_fault) and (event.utterance.rejected or not event.utterance.text)

    def _measure(self, talk: Talk, question: Question, event: happened.CallerSpoke) -> None:
        """Follow the caller's pace. Numbers and papers take everybody time, so their answers are never late."""
        state, heard = self.state, event.utterance
        if heard.rejected or not heard.text:
            return
        takes_time = self._expected(talk, question).kind not in (Kind.YES_NO, Kind.CHOICE, Kind.OPEN)
        answered_after = None if takes_time else event.answered_after
        pace.note(state.pace, len(heard.text.split()), heard.spoken, event.longest_pause, answered_after)
        if pace.is_slow(state.pace) and not state.slow:
            talk.start_slow_mode()
            talk.remark("simpler_offer")

    def _spoke_at_pin(self, talk: Talk, event: happened.CallerSpoke) -> None:
        """Words at the PIN: never kept. No PIN: the letter. Digits: a warning."""
        if event.number_spoken:
            identity.pin_spoken(talk)
        elif event.utterance.text and not event.utterance.rejected:
            talk.work(Understand(((event.utterance.text, 1.0),)))
        else:
            repair.no_match(talk)

    def _pressed(self, talk: Talk, key: str) -> None:
        """A key outside a number, or a star inside one."""
        state, question = self.state, self.state.question
        state.caller_acted = True
        if state.phase is Phase.HOLDING:
            if key == "0":
                state.move(Phase.LISTENING)
                universal.carry_out(talk, "person")
            elif key == "1" and state.hold_asks_more:
                hold.more_time(talk)
            else:
                hold.back_again(talk)
            return
        if state.phase is Phase.WORKING:
            if key in universal.KEYS:
                universal.carry_out(talk, universal.KEYS[key])
            return
        if state.phase is Phase.LEAVING and state.leaving == "bye" and key == "0":
            universal.carry_out(talk, "person")
            return
        if state.phase is not Phase.LISTENING or question is None:
            return
        expected = self._expected(talk, question)
        if expected.is_number and key == "*":
            self._star(talk, question)
            return
        if expected.is_number:
            talk.hush()
            talk.ask_again()  # hash with no digit before it: the question once more
            return
        answer = "ready" if expected.kind is Kind.ANY_KEY and key != "0" else pressed_value(expected, key)
        if question.owner == "call_back.reason" and key == "1":
            answer = "not_said"
        if answer is not None:
            talk.hush()
            self._answered(talk, question, answer)
        elif key in universal.KEYS:
            universal.carry_out(talk, universal.KEYS[key])
        else:
            talk.hush()
            repair.no_match(talk)

    def _star(self, talk: Talk, question: Question) -> None:
        """Once: clear and ask again. Twice: a person."""
        question.stars += 1
        talk.hush()
        if question.stars > 1:
            universal.carry_out(talk, "person")
        else:
            talk.ask_again()

    def _digits_so_far(self, event: happened.DigitsSoFar) -> None:
        self.state.keyed = event.digits
        if self.state.question is not None:
            self.state.question.stars = 0

    def _digits(self, talk: Talk, digits: str) -> None:
        question = self.state.question
        if self.state.phase is not Phase.LISTENING or question is None:
            return
        expected = self._expected(talk, question)
        if not expected.is_number:
            return  # the end of a number that was asked for before
        value = keyed_value(expected, digits, self.state.today)
        if value is not None:
            self._answered(talk, question, value)
        elif expected.kind is Kind.DATE and len(digits) == expected.length:
            repair.unfit(talk, date_fault(digits, self.state.today))
        elif expected.length and digits and len(digits) != expected.length:
            repair.wrong_length(talk, len(digits), expected.length)
        else:
            repair.no_match(talk)

    def _pin(self, talk: Talk, event: happened.PinEntered) -> None:
        """One that is too short is no attempt: an old hand was slow, and five attempts lock."""
        question = self.state.question
        if question is None or not self._asks(Kind.PIN):
            return
        if len(event.pin) == self._expected(talk, question).length:
            talk.caller_turn_begins()
            identity.pin_entered(talk, event)
        else:
            repair.no_match(talk)

    def _answered(self, talk: Talk, question: Question, answer: str) -> None:
        talk.caller_turn_begins()
        OWNERS[question.owner](talk, question, answer)

    def _nothing(self, talk: Talk) -> None:
        if self.state.phase is Phase.HOLDING:
            hold.nothing_heard(talk)
        elif self.state.phase is Phase.LISTENING and self._asks_for_pen():
            application.pen_ready(talk)
        elif self.state.phase is Phase.LISTENING and self._asks_for_language():
            opening.language_unanswered(talk)
        elif self.state.phase is Phase.LISTENING:
            repair.no_input(talk)

    def _hung_up(self, talk: Talk) -> None:
        """What was entered is kept; the result is what it is."""
        state = self.state
        if not state.result:
            unfinished = state.draft is not None and not state.draft.submitted
            talk.note_result("draft_kept" if unfinished else "completed" if state.told else "abandoned")
        elif state.draft is not None and not state.draft.submitted and state.result != "handed_over":
            talk.note_result("draft_kept")
        talk.drop_work()
        state.move(Phase.ENDED)

    # --- the parts

    def _work_ended(self, talk: Talk, event: happened.CallEvent) -> None:
        """An answer counts only while it, and no other, is waited for."""
        waited_for = (self.state.work or {}).get("kind", "")
        if self.state.phase is not Phase.WORKING or waited_for not in ANSWERS.get(type(event), ()):
            return
        self.state.work = None
        match event:
            case happened.WasUnderstood():
                self._understood(talk, event)
            case happened.Replied():
                matters.replied(talk, event)
            case happened.Verified():
                identity.verified(talk, event)
            case happened.PaymentsArrived():
                matters.payments_arrived(talk, event)
            case happened.ClaimsArrived():
                matters.claims_arrived(talk, event)
            case happened.ClaimStatusArrived():
                pin_letter.status_arrived(talk, event)
            case happened.DraftOpened():
                application.draft_opened(talk, event, self.state.fetching)
            case happened.DraftFound():
                application.draft_found(talk, event)
            case happened.Submitted():
                application.submitted(talk, event)
            case happened.PinLetterAsked():
                pin_letter.letter_asked(talk)
            case happened.CallBackBooked():
                call_back.booked(talk, event)
            case happened.Served():
                all_tasks.ARRIVED[event.what](talk, event.record)
            case happened.StaffFound():
                leaving.staff_found(talk, event)

    def _understood(self, talk: Talk, event: happened.WasUnderstood) -> None:
        wish = matters.understood(talk, event, self._bands)
        if wish is not None:
            self.state.move(Phase.LISTENING)
            universal.carry_out(talk, wish)

    def _asks_for_pen(self) -> bool:
        return self.state.question is not None and self.state.question.owner == application.PEN

    def _asks_for_language(self) -> bool:
        return self.state.question is not None and self.state.question.owner == languages.OWNER

    def _asks(self, kind: Kind) -> bool:
        question = self.state.question
        return self.state.phase is Phase.LISTENING and question is not None and question.expect.startswith(kind.value)

    @staticmethod
    def _expected(talk: Talk, question: Question) -> Expected:
        return expected_of(question, talk.choices(), talk.language)
