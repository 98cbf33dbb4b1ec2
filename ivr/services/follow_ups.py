"""What is done after the caller has spoken: applications, call-backs, PIN letters.

Everything goes into the outbox first, so nothing that was said is lost; an application is tried at once, so that the
caller can hear that the agency has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

from ivr.errors import AgencyFailed
from ivr.records import Receipt
from ivr.services.agency import Agency
from ivr.services.deliveries import Delivered, Kind, deliver, receipt_of
from ivr.vocabulary import CallId

LEASE = timedelta(seconds=30)
"""How long an immediate try keeps the worker from trying too; ten times the agency's limit of 3 s."""
RETRY_AFTER = timedelta(seconds=30)


class FollowUps(Protocol):
    """Shared by all threads. Raises StoreFailed, never AgencyFailed: what the agency cannot take now waits."""

    def application(self, reference: str, benefit: str, answers: Mapping[str, str]) -> Receipt | None:
        """Hand a finished application in. None: kept, and handed in as soon as the agency is back."""
        ...

    def call_back(self, call_id: CallId, phone_number: str, window: str, reason: str) -> str:
        """Promise a call-back, one a call; returns its reference. The agency is told by the worker."""
        ...

    def pin_letter(self, customer_number: str, birth_date: date) -> None:
        """Ask the agency for a letter with a new PIN, by the worker."""
        ...

    def hand_in(self, kind: Kind, payload: Mapping[str, Any]) -> Delivered | None:
        """Hand in what carries its own "reference". None: kept, and handed in as soon as the agency is back."""
        ...


class Parcel(Protocol):
    """What the outbox gives out."""

    @property
    def id(self) -> int:
        """Its number in the outbox."""
        ...

    @property
    def kind(self) -> str:
        """A `Kind`."""
        ...

    @property
    def key(self) -> str:
        """The idempotency key."""
        ...

    @property
    def payload(self) -> Mapping[str, Any]:
        """What the agency gets."""
        ...


class Outbox(Protocol):
    """See ivr/store/outbox.py."""

    def put(self, kind: str, key: str, payload: Mapping[str, Any]) -> bool:
        """False: it was put in before."""
        ...

    def take_one(self, kind: str, key: str, lease: timedelta) -> Parcel | None:
        """None: delivered already, or somebody else has it."""
        ...

    def delivered(self, parcel_id: int, receipt: Mapping[str, Any]) -> None:
        """The agency has it."""
        ...

    def failed(self, parcel_id: int, problem: str, next_try: datetime) -> None:
        """To be tried again."""
        ...

    def receipt(self, kind: str, key: str) -> Mapping[str, Any] | None:
        """None: not delivered."""
        ...


class Drafts(Protocol):
    """See ivr/store/drafts.py."""

    def close(self, reference: str, state: str = "handed_in") -> bool:
        """False: it was not open."""
        ...


class Promise(Protocol):
    """A call-back that was promised."""

    @property
    def reference(self) -> str:
        """Seven digits."""
        ...


class CallBacks(Protocol):
    """See ivr/store/call_backs.py."""

    def promise(self, call_id: CallId, phone_number: str, window: str, reason: str) -> Promise:
        """One a call: a second one brings the first."""
        ...


class KeptFollowUps:
    """The port on the store."""

    def __init__(
        self, agency: Agency, outbox: Outbox, drafts: Drafts, call_backs: CallBacks, clock: Callable[[], datetime]
    ) -> None:
        self._agency = agency
        self._outbox = outbox
        self._drafts = drafts
        self._call_backs = call_backs
        self._clock = clock

    def application(self, reference: str, benefit: str, answers: Mapping[str, str]) -> Receipt | None:
        """See the port. A repeat brings the same receipt."""
        payload = {"reference": reference, "benefit": benefit, "answers": dict(answers)}
        receipt = self.hand_in(Kind.APPLICATION, payload)
        return None if receipt is None else receipt_of(receipt)

    def call_back(self, call_id: CallId, phone_number: str, window: str, reason: str) -> str:
        """See the port."""
        return self._call_backs.promise(call_id, phone_number, window, reason).reference

    def pin_letter(self, customer_number: str, birth_date: date) -> None:
        """See the port. Who may ask how often is decided by ivr/services/identity.py."""
        payload = {"customer_number": customer_number, "birth_date": birth_date.isoformat()}
        self._outbox.put(Kind.PIN_LETTER, uuid4().hex, payload)

    def hand_in(self, kind: Kind, payload: Mapping[str, Any]) -> Delivered | None:
        """See the port. A repeat brings the same receipt."""
        reference = payload["reference"]
        self._outbox.put(kind, reference, payload)
        self._drafts.close(reference)
        parcel = self._outbox.take_one(kind, reference, LEASE)
        if parcel is not None:
            self._try_now(parcel)
        return self._outbox.receipt(kind, reference)

    def _try_now(self, parcel: Parcel) -> None:
        try:
            done: Delivered = deliver(self._agency, parcel.kind, parcel.key, parcel.payload)
        except AgencyFailed as error:
            self._outbox.failed(parcel.id, str(error), self._clock() + RETRY_AFTER)
        else:
            self._outbox.delivered(parcel.id, done)
