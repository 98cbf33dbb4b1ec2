"""The conversation's work -> agency, identity, drafts, follow-ups; each brings an event back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ivr.bootstrap.requests.all_requests import REQUESTS
from ivr.bootstrap.serving import Services
from ivr.bootstrap.stores import person_hash, read_hint
from ivr.calls.work import Perform
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.errors import StoreFailed
from ivr.services.handovers import NotReachable
from ivr.services.identity import Braked, Caller, Locked, Verified
from ivr.vocabulary import CallId, PersonRef


def work_table(services: Services) -> Mapping[type[Any], Perform]:
    """Each kind of work and how it is done. Runs on the services pool."""
    table: dict[type[Any], Callable[[Services, CallId, Any], happened.CallEvent]] = {
        decided.Verify: _verify,
        decided.Fetch: _fetch,
        decided.AskClaimStatus: _claim_status,
        decided.OpenDraft: _open_draft,
        decided.FindDraft: _find_draft,
        decided.Submit: _submit,
        decided.AskPinLetter: _pin_letter,
        decided.BookCallBack: _book_call_back,
        decided.Request: _request,
        decided.FindStaff: _find_staff,
    }
    return {kind: _bound(services, perform) for kind, perform in table.items()}


def _bound(services: Services, perform: Callable[[Services, CallId, Any], happened.CallEvent]) -> Perform:
    return lambda call_id, work: perform(services, call_id, work)


def _verify(services: Services, call_id: CallId, work: decided.Verify) -> happened.CallEvent:
    caller = Caller(call_id, services.stores.calls.fingerprint_of(call_id))
    verdict = services.identity.verify(caller, work.customer_number, work.pin)
    match verdict:
        case Verified(person):
            return happened.Verified("verified", person, _hint_of(services, person))
        case Locked():
            return happened.Verified("locked")
        case Braked():
            return happened.Verified("braked")
        case _:
            return happened.Verified("refused")


def _hint_of(services: Services, person: PersonRef) -> happened.Hint | None:
    """Of the person's earlier calls; a store that is away costs comfort alone."""
    try:
        return read_hint(services.stores.hints.hint(person_hash(services.stores, person)))
    except StoreFailed:
        return None


def _fetch(services: Services, call_id: CallId, work: decided.Fetch) -> happened.CallEvent:
    if work.what == "claims":
        return happened.ClaimsArrived(services.agency.claims(work.person))
    return happened.PaymentsArrived(services.agency.payments(work.person))


def _claim_status(services: Services, call_id: CallId, work: decided.AskClaimStatus) -> happened.CallEvent:
    birth_date = date.fromisoformat(work.birth_date)
    status = services.agency.claim_status(work.customer_number, work.case_number, birth_date)
    return happened.ClaimStatusArrived(status or "")


def _open_draft(services: Services, call_id: CallId, work: decided.OpenDraft) -> happened.CallEvent:
    key = f"{call_id}.{work.dialogue_id}"
    return happened.DraftOpened(
        services.stores.drafts.open(work.benefit, services.stores.calls.fingerprint_of(call_id), key).reference
    )


def _find_draft(services: Services, call_id: CallId, work: decided.FindDraft) -> happened.CallEvent:
    drafts, from_hash = services.stores.drafts, services.stores.calls.fingerprint_of(call_id)
    draft = drafts.find(work.reference) if work.reference else drafts.newest(from_hash) if from_hash else None
    if draft is None or draft.state != "open":
        return happened.DraftFound()
    return happened.DraftFound(draft.reference, draft.benefit, tuple(draft.answers.items()))


def _submit(services: Services, call_id: CallId, work: decided.Submit) -> happened.CallEvent:
    return happened.Submitted(services.follow_ups.application(work.reference, work.benefit, dict(work.answers)))


def _pin_letter(services: Services, call_id: CallId, work: decided.AskPinLetter) -> happened.CallEvent:
    services.identity.ask_pin_letter(work.customer_number, date.fromisoformat(work.birth_date))
    return happened.PinLetterAsked()


def _book_call_back(services: Services, call_id: CallId, work: decided.BookCallBack) -> happened.CallEvent:
    number = work.phone_number or services.stores.calls.number_of(call_id)
    return happened.CallBackBooked(services.follow_ups.call_back(call_id, number, work.window, work.reason))


def _request(services: Services, call_id: CallId, work: decided.Request) -> happened.CallEvent:
    return happened.Served(work.what, REQUESTS[work.what](services, call_id, work))


def _find_staff(services: Services, call_id: CallId, work: decided.FindStaff) -> happened.CallEvent:
    found = services.handovers.reachability()
    if isinstance(found, NotReachable):
        opens = found.opens.replace(tzinfo=None).isoformat(timespec="minutes") if found.opens else ""
        return happened.StaffFound(False, opens)
    return happened.StaffFound(True)
