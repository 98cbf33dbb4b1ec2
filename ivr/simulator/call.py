"""One simulated call: who, how far, its air, its requests. Verbs act on it; interpreter.py leads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formatdate

from ivr.simulator.air import Air
from ivr.simulator.call_log import CallLog
from ivr.simulator.documents import Document, HangUp, Outcome, Request
from ivr.simulator.g711 import SILENCE
from ivr.simulator.leg import CallerLeg
from ivr.simulator.twiml_checker import Violation
from ivr.simulator.webhooks import Answer, WebhookFailed, Webhooks
from ivr.simulator.world import World

FINAL = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


@dataclass(frozen=True, slots=True)
class CallPlan:
    """What is known of a call before it rings."""

    from_number: str
    to_number: str
    voice_url: str
    direction: str = "inbound"
    voice_method: str = "POST"
    fallback_url: str = ""
    status_callback: str = ""
    status_events: frozenset[str] = frozenset({"completed"})
    parent_sid: str = ""


class SimulatedCall:
    """State and means of one call. Owned by the thread that runs it; `update` may be called from any."""

    def __init__(self, plan: CallPlan, leg: CallerLeg, world: World) -> None:
        self.plan, self.leg, self.world = plan, leg, world
        self.sid = world.identifiers.new("CA")
        self.status = "ringing" if plan.direction == "inbound" else "queued"
        self.log = CallLog(world.clock)
        self.air = Air(leg, world.clock, self.log)
        self.violations: list[Violation] = []
        self.new_document: Document | Request | HangUp | None = None
        """Given through REST, to be taken up where a verb was interrupted."""
        self.streams = 0
        self.gathers_left_empty = 0
        self.at_end: list[Callable[[], None]] = []
        """Done when the call is over, before anybody is told."""
        self.play_document: Callable[[SimulatedCall, Request, str], Outcome] | None = None
        """Set by the interpreter: plays a document of another context (whisper, wait) on a leg."""
        self._webhooks = Webhooks(world.auth_token, world.clock, self.log, world.transport, world.options.seed)
        self.created = formatdate(usegmt=True)
        """RFC 2822."""
        self._random = world.random(world.next_name("call"))
        self.extra_fields: dict[str, str] = {}
        """Parameters of all further requests: AnsweredBy."""
        self._unknown = {f"X{self._random.randrange(1000)}New": "an unannounced parameter"}
        self._sequence = 0
        self._answered_at: float | None = None

    @property
    def is_over(self) -> bool:
        """True where the status is final."""
        return self.status in FINAL

    @property
    def seconds(self) -> int:
        """Since it was answered."""
        return 0 if self._answered_at is None else round(self.world.clock.now() - self._answered_at)

    def fields(self) -> dict[str, str]:
        """The standard parameters of a request about this call; some geography empty, one parameter nobody knows."""
        plan = self.plan
        known = {
            "CallSid": self.sid, "AccountSid": self.world.account_sid, "From": plan.from_number, "To": plan.to_number,
            "CallStatus": self.status, "ApiVersion": "2010-04-01", "Direction": plan.direction,
            "Caller": plan.from_number, "Called": plan.to_number,
            "FromCity": "", "FromState": "", "FromZip": "", "FromCountry": "PT",
            "ToCity": "", "ToState": "LISBOA", "ToZip": "", "ToCountry": "PT",
        }  # fmt: skip
        if plan.parent_sid:
            known["ParentCallSid"] = plan.parent_sid
        return known | self._unknown | self.extra_fields

    def ask(self, request: Request) -> Answer:
        """Request a document while the caller goes on hearing silence. Raises WebhookFailed."""
        fields = self.fields() | dict(request.fields)
        return self.world.clock.run(
            lambda: self._webhooks.fetch(request.method, request.url, fields), self.air.wait_quietly
        )

    def tell(self, url: str, method: str, fields: Mapping[str, str], late_s: float = 0.0) -> None:
        """Post something beside the call; a failure is logged, nothing more."""

        def post() -> None:
            try:
                Webhooks(
                    self.world.auth_token, self.world.clock, self.log, self.world.transport, self.world.options.seed
                ).fetch(method, url, fields)
            except WebhookFailed as error:
                self.log.write("callback_failed", code=error.code, url=error.url)

        self.world.clock.later(late_s, post)

    def fetch_file(self, url: str) -> Answer:
        """GET a file to play. Raises WebhookFailed."""
        return self.world.clock.run(lambda: self._webhooks.fetch("GET", url, {}), self.air.wait_quietly)

    def answer(self) -> None:
        """The first verb that needs media picks the call up. Idempotent."""
        if self._answered_at is None:
            self._answered_at = self.world.clock.now()
            self.change_status("in-progress", "answered")

    def change_status(self, status: str, event: str) -> None:
        """Move on and tell the status callback, if it wants this event."""
        self.status = status
        self.log.write("status", status=status)
        if self.plan.status_callback and event in self.plan.status_events:
            self._tell_status()

    def _tell_status(self) -> None:
        options = self.world.options
        progress = {
            "Timestamp": formatdate(usegmt=True),
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(self._sequence),
        }
        if self.is_over:
            progress |= {"CallDuration": str(self.seconds), "Duration": str(-(-self.seconds // 60))}
        self._sequence += 1
        late = options.status_late_s * (self._random.random() if options.status_shuffled else 1)
        for _ in range(2 if options.status_doubled else 1):
            self.tell(self.plan.status_callback, "POST", self.fields() | progress, late)

    def update(self, document: Document | Request | HangUp) -> None:
        """REST gives the call another document: the running verb is interrupted. Any thread."""
        self.new_document = document
        self.air.interrupt()

    def silence(self, seconds: float) -> None:
        """Let time pass on the line. Raises CallerGone, Redirected."""
        for _ in range(round(seconds * 50)):
            self.air.tick(SILENCE)

    def violated(self, code: int, where: str, what: str) -> None:
        """Note something the line must not do; the harness fails on it."""
        violation = Violation(code, where, what)
        self.violations.append(violation)
        self.log.write("violation", code=code, what=str(violation))
