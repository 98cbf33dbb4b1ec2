"""One media stream as the `Line` of a call: µ-law, base64 and marks stay on this side."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np

from ivr.audio import mulaw
from ivr.calls.line import Audio, Ended, Flushed, Heard, KeyPressed, Played
from ivr.errors import BadMessage, LineClosed
from ivr.telephony import messages
from ivr.telephony.messages import FRAME_BYTES, Dtmf, Mark, Media, Stop
from ivr.telephony.stream_socket import NORMAL, POLICY, StreamSocket
from ivr.vocabulary import Milliseconds, Samples

FRAME = Milliseconds(20)
LARGEST_PIECE = 5 * FRAME_BYTES
"""100 ms in one message; ragged or tiny pieces make the starts of words jitter at the carrier."""
LONGEST_GAP = Milliseconds(10_000)
"""A stamp further ahead is nonsense, no gap."""
LONGEST_SILENCE_S = 10.0
"""The carrier sends 50 messages a second, also while the caller is silent; after this long it is gone."""
MOST_BAD_MESSAGES = 100
BURST = 100
"""Messages read in one go: 2 s of sound, so that a stall is caught up and a flood still lets the call work."""
QUIET = b"\xff"
"""µ-law silence."""


Numbered = TypeVar("Numbered", Mark, Dtmf, Media)
"""The messages that carry a sequence number behind the start's."""


class TwilioLine:
    """Implements ivr.calls.line.Line. Used by the thread that owns the call alone.

    After the end play, mark and flush do nothing; `hear` has told of the end.
    """

    def __init__(self, socket: StreamSocket, stream_sid: str, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds, only to notice that the carrier fell silent."""
        self._socket = socket
        self._stream_sid = stream_sid
        self._clock = clock
        self._inward = Inward(stream_sid)
        self._marks = Marks()
        self._rest = b""
        self._last_message = clock()
        self._ending = ""
        self._told = False
        self.dropped: Counter[str] = Counter()
        """Messages that were dropped, by reason; for the journal."""

    def hear(self, wait: Milliseconds) -> Iterator[Heard]:
        """See Line. Never blocks longer than `wait`."""
        flushed = self._marks.never_sent()
        yield from flushed
        for limit in (Milliseconds(0) if flushed else wait, *[Milliseconds(0)] * BURST):
            text = self._receive(limit)
            if text is None:
                break
            yield from self._understand(text)
        if self._ending and not self._told:
            self._told = True
            yield Ended(self._ending)

    def play(self, samples: Samples) -> None:
        """See Line. A piece shorter than 20 ms waits for what follows it, or for the next mark."""
        self._rest += mulaw.compress(samples)
        whole = len(self._rest) - len(self._rest) % FRAME_BYTES
        for start in range(0, whole, LARGEST_PIECE):
            piece = self._rest[start : min(start + LARGEST_PIECE, whole)]
            self._send(messages.media_message(self._stream_sid, piece))
        self._rest = self._rest[whole:]

    def mark(self, token: str) -> None:
        """See Line. The token is the call's own; the carrier sees a name that counts generations."""
        if self._rest:
            padded = self._rest.ljust(FRAME_BYTES, QUIET)
            self._rest = b""
            self._send(messages.media_message(self._stream_sid, padded))
        name = self._marks.open(token)
        self._send(messages.mark_message(self._stream_sid, name), name)

    def flush(self) -> None:
        """See Line. What has not left is purged before the carrier is told to clear, since later sound plays."""
        self._rest = b""
        self._marks.flush(self._socket.drop())
        self._send(messages.clear_message(self._stream_sid))

    def leave(self) -> None:
        """See Line. Sound still queued at the carrier is lost: await the last mark first."""
        self._end("us")
        self._socket.close(NORMAL, "")

    def _receive(self, wait: Milliseconds) -> str | bytes | None:
        """The next message; None when there is none, or the stream is over."""
        if self._ending:
            return None
        try:
            text = self._socket.receive(wait)
        except LineClosed as gone:
            self._drop(str(gone))
            self._end("error")
            return None
        if text is not None:
            self._last_message = self._clock()
        elif self._clock() - self._last_message > LONGEST_SILENCE_S:
            self._drop("the carrier fell silent")
            self._end("error")
            self._socket.close(POLICY, "silent")
        return text

    def _understand(self, text: str | bytes) -> Iterator[Heard]:
        try:
            message = messages.read(text)
            if isinstance(message, Mark):
                yield self._marks.back(self._inward.in_order(message))
            elif isinstance(message, Stop):
                self._inward.check_stream(message.stream_sid)
                self._end("caller")
            else:
                yield from self._inward.heard(message)
        except BadMessage as error:
            self._drop(str(error))
            if self.dropped.total() > MOST_BAD_MESSAGES:
                self._end("error")
                self._socket.close(POLICY, "too many bad messages")

    def _send(self, text: str, name: str = "") -> None:
        if self._ending:
            return
        try:
            self._socket.send(text, name)
        except LineClosed as gone:
            self._drop(str(gone))
            self._end("error")

    def _end(self, by: str) -> None:
        self._ending = self._ending or by

    def _drop(self, reason: str) -> None:
        self.dropped[reason] += 1


class Marks:
    """Which marks are out, and whether one that comes back was heard or flushed.

    The carrier gives both back in the same shape, so each flush begins a new generation: a mark of an older one was
    not (wholly) heard, even where it had been played just before the flush reached the carrier.
    """

    def __init__(self) -> None:
        self._generation = 1
        self._count = 0
        self._open: dict[str, str] = {}
        self._never_sent: deque[str] = deque()

    def open(self, token: str) -> str:
        """The name under which the carrier knows this mark: g<generation>.s<n>."""
        self._count += 1
        name = f"g{self._generation}.s{self._count}"
        self._open[name] = token
        return name

    def back(self, mark: Mark) -> Heard:
        """What a returned mark means. Raises BadMessage for a name that is not out."""
        if mark.name not in self._open:
            raise BadMessage("a mark that is not out")
        token = self._open.pop(mark.name)
        is_current = mark.name.startswith(f"g{self._generation}.")
        return Played(token) if is_current else Flushed(token)

    def flush(self, unsent: list[str]) -> None:
        """Begin a new generation. unsent: names that never reached the carrier, so never come back."""
        self._generation += 1
        self._count = 0
        self._never_sent.extend(self._open.pop(name) for name in unsent)

    def never_sent(self) -> list[Flushed]:
        """The flushed marks that will not come back; once."""
        flushed = [Flushed(token) for token in self._never_sent]
        self._never_sent.clear()
        return flushed


class Inward:
    """What the carrier sends of the caller: in order, of this stream, without gaps."""

    def __init__(self, stream_sid: str) -> None:
        self._stream_sid = stream_sid
        self._sequence = 1  # the start's
        self._last_stamp = -1
        self._heard_until = -1

    def heard(self, message: messages.FromCarrier) -> Iterator[Heard]:
        """Sound and keys; nothing for events that say nothing. Raises BadMessage."""
        if isinstance(message, Dtmf):
            yield KeyPressed(self.in_order(message).digit)
        elif isinstance(message, Media):
            yield from self._audio(self.in_order(message))
        elif isinstance(message, messages.Start):
            raise BadMessage("a second start")

    def in_order(self, message: Numbered) -> Numbered:
        """The message, if it belongs here and was not there before."""
        self.check_stream(message.stream_sid)
        if message.sequence <= self._sequence:
            raise BadMessage("out of order")
        self._sequence = message.sequence
        return message

    def check_stream(self, stream_sid: str) -> None:
        """Raises BadMessage for another stream's message."""
        if stream_sid != self._stream_sid:
            raise BadMessage("another stream's message")

    def _audio(self, media: Media) -> Iterator[Audio]:
        """The frame, behind the silence that makes up for what was lost before it."""
        at = media.timestamp
        if at <= self._last_stamp:
            raise BadMessage("sound out of order")
        gap = at - self._heard_until if self._heard_until >= 0 else 0
        if gap > LONGEST_GAP:
            raise BadMessage("a stamp far ahead")
        for lost in range(max(0, gap) // FRAME):
            yield Audio(np.zeros(FRAME_BYTES, dtype=np.int16), Milliseconds(self._heard_until + lost * FRAME))
        self._last_stamp = at
        self._heard_until = at + len(media.payload) // 8
        yield Audio(mulaw.expand(media.payload), Milliseconds(at))
