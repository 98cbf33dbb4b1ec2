"""One socket, one call: from the dial to the moment when nothing of it is left running."""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socket import SO_SNDTIMEO, SOL_SOCKET
from typing import Protocol

import structlog
from simple_websocket import ConnectionClosed, Server

from ivr.errors import BadMessage
from ivr.simulator.leg import CallerLeg
from ivr.simulator.phone import messages
from ivr.simulator.phone.browser_leg import BrowserLeg
from ivr.simulator.phone.captions import Captions, Follow
from ivr.simulator.phone.limits import Allowance
from ivr.simulator.phone.outbox import Outbox

log = structlog.get_logger()

QUIET_AT_MOST = 20.0
"""Seconds without any message. The page dials as soon as it has connected, then sends 50 frames a second."""
CALL_AT_MOST = 30 * 60.0
"""Seconds; a forgotten tab does not hold a place on the line."""
CARRIER_ENDS_WITHIN = 10.0
"""Seconds that the carrier gets to say good-bye to the line after the handset is down."""
BUSY = "All web phones of this line are in use. Please try again in a few minutes."
NO_LINE = "The line did not answer as it should. Is it running? Its log and the phone's say more."
STRANGE = "This page sent something that the phone does not know. Please reload it."


WRITES_WITHIN = 5
"""Seconds; a browser that no longer reads must not hold a thread in a write for ever."""


class NoFreeLine(Exception):
    """As many browsers are calling as may."""


class PlacedCall(Protocol):
    """A call that the carrier has taken on."""

    @property
    def call_id(self) -> str:
        """The CallSid under which the line knows it."""
        ...

    @property
    def is_answered(self) -> bool:
        """True once the line has picked up; before, the caller hears the silence of ringing."""
        ...

    @property
    def trouble(self) -> str:
        """Why the line could not be followed, for the log; empty where it could."""
        ...

    def run(self) -> None:
        """Be the carrier until the call is over, then tell the leg. Runs in a thread of its own."""
        ...


PlaceCall = Callable[[CallerLeg, str], PlacedCall]
"""Takes the caller's leg and a language; must not wait for the line."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What every socket shares."""

    place_call: PlaceCall
    follow: Follow
    languages: tuple[str, ...]
    free_lines: threading.Semaphore


class SocketCall:
    """The life of one socket. Made and run by the thread that serves it."""

    def __init__(self, socket: Server, exchange: Exchange) -> None:
        self._socket = socket
        self._exchange = exchange
        self._outbox = Outbox()
        self._leg = BrowserLeg(self._outbox, self._played, self._over)
        self._sound = Allowance(per_second=60, at_once=150)
        self._commands = Allowance(per_second=8, at_once=40)
        self._call: PlacedCall | None = None
        self._answered = False
        self._carrier: threading.Thread | None = None
        self._captions = Captions(exchange.follow, self._outbox.put)
        self._finished = threading.Event()

    def run(self) -> None:
        """Serve the socket to its end. Whatever happens, the carrier's call is hung up and the socket closed."""
        if self._socket.sock is not None:
            self._socket.sock.setsockopt(SOL_SOCKET, SO_SNDTIMEO, struct.pack("ll", WRITES_WITHIN, 0))
        writer = threading.Thread(target=self._write, name="phone-writer", daemon=True)
        writer.start()
        try:
            with self._free_line():
                self._serve(until=time.monotonic() + CALL_AT_MOST)
        except ConnectionClosed:
            log.info("phone_browser_gone")
        except NoFreeLine:
            self._outbox.put(messages.refused(BUSY))
        except BadMessage as problem:
            log.warning("phone_socket_refused", problem=str(problem))
            self._outbox.put(messages.refused(STRANGE))
        finally:
            self._outbox.close()
            writer.join(timeout=CARRIER_ENDS_WITHIN)
            self._close_socket()

    @contextmanager
    def _free_line(self) -> Iterator[None]:
        """Hold one of the phone's lines until the carrier has let go of it."""
        if not self._exchange.free_lines.acquire(blocking=False):
            raise NoFreeLine
        try:
            yield
        finally:
            self._hang_up()
            self._exchange.free_lines.release()

    def _serve(self, until: float) -> None:
        """Read until the page hangs up, the call is over, or the browser is silent for too long."""
        quiet_until = time.monotonic() + QUIET_AT_MOST
        while time.monotonic() < min(until, quiet_until):
            # Short waits: the library may miss to wake its reader when it closes on a message too large.
            received = self._socket.receive(timeout=1.0)
            if received is None:
                continue
            quiet_until = time.monotonic() + QUIET_AT_MOST
            self._count(received)
            wanted = messages.read(received)
            if isinstance(wanted, messages.HangUp) or self._finished.is_set():
                return
            self._obey(wanted)

    def _count(self, received: str | bytes) -> None:
        allowance = self._sound if isinstance(received, bytes) else self._commands
        if not allowance.takes(time.monotonic()):
            raise BadMessage("more messages than a phone makes")

    def _obey(self, wanted: messages.FromPage) -> None:
        match wanted:
            case messages.Speak(sound):
                self._leg.speak(sound)
            case messages.Press(key):
                self._leg.press(key)
            case messages.Dial(language):
                self._dial(language)

    def _dial(self, language: str) -> None:
        if self._call is not None:
            raise BadMessage("a second call on one socket")
        if language not in self._exchange.languages:
            raise BadMessage("a language that this phone does not offer")
        call = self._exchange.place_call(self._leg, language)
        self._outbox.put(messages.state("ringing", call_id=call.call_id))
        self._call = call  # from here on the carrier's thread may say that it is answered
        self._captions.start(call.call_id)
        self._carrier = threading.Thread(target=self._carry, args=(call,), name="phone-carrier", daemon=True)
        self._carrier.start()

    def _carry(self, call: PlacedCall) -> None:
        try:
            call.run()
        except Exception:  # the edge of a thread: nobody above would see it
            log.exception("phone_carrier_failed", call_id=call.call_id)
        finally:
            if call.trouble:
                log.warning("phone_line_failed", call_id=call.call_id, why=call.trouble)
                self._outbox.put(messages.note(NO_LINE))
            if not self._finished.is_set():
                self._over("failed")

    def _played(self) -> None:
        if not self._answered and self._call is not None and self._call.is_answered:
            self._answered = True
            self._outbox.put(messages.state("answered"))

    def _over(self, reason: str) -> None:
        self._finished.set()
        self._outbox.put(messages.state("ended", reason=reason))

    def _hang_up(self) -> None:
        self._leg.hang_up()
        if self._carrier is not None:
            self._carrier.join(timeout=CARRIER_ENDS_WITHIN)
            if self._carrier.is_alive():
                log.error("phone_carrier_does_not_end")
        self._captions.stop()

    def _write(self) -> None:
        """The only thread that writes: the library does not lock `send`."""
        try:
            while (thing := self._outbox.take()) is not None:
                self._socket.send(thing)
        except (ConnectionClosed, OSError):
            # The reader notices on its own and ends the call.
            self._leg.hang_up()

    def _close_socket(self) -> None:
        try:
            self._socket.close()
        except (ConnectionClosed, OSError):
            log.debug("phone_socket_was_closed")
