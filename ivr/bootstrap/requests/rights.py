"""The caller's own data and telephone."""

from __future__ import annotations

from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.records import RightAsked
from ivr.store.rights_requests import ERASE, NO_CALLS
from ivr.vocabulary import CallId


def _delete(services: Services, call_id: CallId, asked: Request) -> object:
    """One a call, however often it is asked for."""
    reference = services.stores.rights.ask(ERASE, call_id, _from_hash(services, call_id), f"{ERASE}.{call_id}")
    return RightAsked(reference)


def _stop_calling(services: Services, call_id: CallId, asked: Request) -> object:
    """At once, by the number's fingerprint; a withheld number cannot be known again."""
    from_hash = _from_hash(services, call_id)
    if not from_hash:
        return RightAsked("", done=False)
    return RightAsked(services.stores.rights.ask(NO_CALLS, call_id, from_hash, f"{NO_CALLS}.{call_id}"))


def _from_hash(services: Services, call_id: CallId) -> str:
    record = services.stores.calls.find(call_id)
    return record.from_hash if record is not None and record.caller else ""


REQUESTS = {"rights.delete": _delete, "rights.stop_calling": _stop_calling}
