"""Text messages of the simulated carrier: people who write to the line, and what the line writes to them.

What the carrier does by itself it does here too: STOP and START, refusals by number, statuses that come late, twice and
in any order.
"""

from __future__ import annotations

import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate

import phonenumbers

from ivr.simulator.call_log import CallLog
from ivr.simulator.twiml_checker import Violation, parse
from ivr.simulator.webhooks import Answer, WebhookFailed, Webhooks
from ivr.simulator.world import World

LARGEST = 1_600
STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit"})
START = frozenset({"start", "unstop", "yes"})
GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
"""Letters of the short alphabet; one letter outside it makes every segment short (70 instead of 160)."""
ATTRIBUTES = {"Message": frozenset({"to", "from", "action", "method", "statusCallback"}), "Body": frozenset[str]()}


class TextRefused(Exception):
    """The carrier takes no message for this number; `code` as it numbers its errors."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(slots=True)
class Text:
    """One message on its way."""

    sid: str
    sender: str
    to: str
    body: str
    direction: str
    """inbound, outbound-reply, outbound-api."""
    status: str = "queued"
    error: int = 0
    created: str = field(default_factory=lambda: formatdate(usegmt=True))

    @property
    def segments(self) -> int:
        """As the carrier bills it."""
        plain = set(self.body) <= GSM_7
        one, many = (160, 153) if plain else (70, 67)
        return 1 if len(self.body) <= one else -(-len(self.body) // many)


class SimulatedTexts:
    """Texts of one carrier. Any thread."""

    def __init__(self, world: World, sms_url: str = "", number: str = "+351210000000") -> None:
        """sms_url: the line's messaging webhook; number: the line's own."""
        self._world = world
        self._sms_url, self._number = sms_url, number
        self._lock = threading.Lock()
        self._log = CallLog(world.clock)
        self._webhooks = Webhooks(world.auth_token, world.clock, self._log, world.transport, world.options.seed)
        self.texts: dict[str, Text] = {}
        """Every message by its name, in the order in which they were made."""
        self.opted_out: set[str] = set()
        """Who has written STOP."""
        self.landlines: set[str] = set()
        """Numbers that receive no texts (21614)."""
        self.unreachable: set[str] = set()
        """Telephones that are off: the message is taken and fails (30003)."""
        self.violations: list[Violation] = []

    def write(self, sender: str, body: str, again: int = 0) -> list[str]:
        """Somebody writes to the line; what the line answers. again: how often the carrier repeats the request.

        Raises WebhookFailed where the line has no usable answer.
        """
        self._keyword(sender, body)
        text = self._made(Text(self._world.identifiers.new("SM"), sender, self._number, body, "inbound", "received"))
        answers = [self._webhooks.fetch("POST", self._sms_url, self._fields(text)) for _ in range(again + 1)]
        replies = list(self._replies(answers[0]))
        if sender in self.opted_out:
            return []  # 21610: nothing of the line's reaches them
        for reply in replies:
            self._made(
                Text(self._world.identifiers.new("SM"), self._number, sender, reply, "outbound-reply", "delivered")
            )
        return replies

    def send(self, to: str, sender: str, body: str, status_callback: str) -> Text:
        """The line sends by REST. Raises TextRefused as the carrier does."""
        self._admit(to, body)
        text = self._made(Text(self._world.identifiers.new("SM"), sender, to, body, "outbound-api"))
        if status_callback:
            threading.Thread(target=self._deliver, args=(text, status_callback), daemon=True).start()
        return text

    def to(self, number: str) -> list[str]:
        """What a number has received."""
        return [text.body for text in self.texts.values() if text.to == number and text.direction != "inbound"]

    # --- parts

    def _made(self, text: Text) -> Text:
        with self._lock:
            self.texts[text.sid] = text
        return text

    def _keyword(self, sender: str, body: str) -> None:
        word = body.strip().lower()
        if word in STOP:
            self.opted_out.add(sender)
        elif word in START:
            self.opted_out.discard(sender)

    def _admit(self, to: str, body: str) -> None:
        if not re.fullmatch(r"\+[1-9][0-9]{6,14}", to) or not phonenumbers.is_possible_number(phonenumbers.parse(to)):
            raise TextRefused(21211, f"The 'To' number {to} is not a valid phone number.")
        if to in self.opted_out:
            raise TextRefused(21610, "Attempt to send to unsubscribed recipient")
        if to in self.landlines:
            raise TextRefused(21614, f"{to} is not a mobile number")
        if not body:
            raise TextRefused(21602, "Message body is required")
        if len(body) > LARGEST:
            raise TextRefused(21617, f"The concatenated message body exceeds the {LARGEST} character limit")

    def _fields(self, text: Text) -> dict[str, str]:
        return {
            "MessageSid": text.sid, "SmsSid": text.sid, "SmsMessageSid": text.sid, "SmsStatus": "received",
            "AccountSid": self._world.account_sid, "From": text.sender, "To": text.to, "Body": text.body,
            "NumMedia": "0", "NumSegments": str(text.segments), "ApiVersion": "2010-04-01",
            "FromCountry": "", "FromCity": "", "Weather": "unknown fields come without notice",
        }  # fmt: skip

    def _replies(self, answer: Answer) -> Iterator[str]:
        """The messages of a document; what it must not hold is noted as a violation."""
        root = parse(answer.text) if answer.content_type in ("text/xml", "application/xml") else None
        if root is None or root.tag != "Response":
            raise WebhookFailed(12100, answer.url, "is no messaging document")
        for verb in root:
            if verb.tag != "Message":
                self._violated(verb.tag, "only Message may stand in the answer to a text")
                continue
            yield self._reply(verb)

    def _reply(self, verb: ET.Element) -> str:
        for element in (verb, *verb):
            if element.tag not in ATTRIBUTES or set(element.attrib) - ATTRIBUTES[element.tag]:
                self._violated(element.tag, "an element or attribute that the carrier does not know")
        body = "".join(verb.itertext())
        if not 0 < len(body) <= LARGEST:
            self._violated("Message", f"{len(body)} characters; 1 to {LARGEST} are taken")
        return body

    def _violated(self, where: str, what: str) -> None:
        self.violations.append(Violation(12200, where, what))

    def _deliver(self, text: Text, url: str) -> None:
        """Tell how far it has come."""
        failed = text.to in self.unreachable
        steps = ["sent", "undelivered" if failed else "delivered"]
        order = list(steps)
        if self._world.options.status_doubled:
            order += steps
        if self._world.options.status_shuffled:
            self._world.random(f"text {text.sid}").shuffle(order)
        text.status, text.error = steps[-1], 30003 if failed else 0
        for status in order:
            fields = {
                "MessageSid": text.sid, "SmsSid": text.sid, "MessageStatus": status, "SmsStatus": status,
                "AccountSid": self._world.account_sid, "From": text.sender, "To": text.to, "ApiVersion": "2010-04-01",
            }  # fmt: skip
            if status == "undelivered":
                fields["ErrorCode"] = "30003"
            try:
                self._webhooks.fetch("POST", url, fields)
            except WebhookFailed as error:
                self._log.write("text_status_lost", code=error.code)
