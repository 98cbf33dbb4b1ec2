"""The 20 ms grid of one call: what the caller hears and says, frame by frame, and the recording of both."""

from __future__ import annotations

import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ivr.simulator.call_log import CallLog
from ivr.simulator.clock import Clock
from ivr.simulator.g711 import FRAME, SILENCE, decode, sounds
from ivr.simulator.leg import CallerLeg

FRAME_SECONDS = 0.02


class CallerGone(Exception):
    """The caller put the handset down."""


class Redirected(Exception):
    """REST gave the call new TwiML, or an end, while a verb ran."""


@dataclass(frozen=True, slots=True)
class Said:
    """What came from the caller in one frame."""

    frame: bytes
    keys: str


class Air:
    """Keeps absolute deadlines: frame n leaves at start + n * 20 ms, late frames are caught up at once.

    One thread, except `interrupt`.
    """

    def __init__(self, leg: CallerLeg, clock: Clock, log: CallLog) -> None:
        self._leg, self._clock, self._log = leg, clock, log
        self._said = bytearray()
        self._heard = bytearray()
        self._start = clock.now()
        self._interrupted = False
        self.taps: list[Callable[[bytes, bytes], None]] = []
        """Told every frame: what the caller said, what was played to them."""
        self.lateness = array("d")
        """Seconds each frame came after its deadline, in the clock's time."""
        self.line_sounds = False
        """Whether the last frame played to the caller held sound; changes are logged."""

    @property
    def frames(self) -> int:
        """Frames exchanged so far."""
        return len(self._said) // FRAME

    @property
    def next_deadline(self) -> float:
        """The moment of the next frame on the clock."""
        return self._start + self.frames * FRAME_SECONDS

    def interrupt(self) -> None:
        """Make the next exchange raise Redirected. Any thread."""
        self._interrupted = True

    def idle(self, seconds: float) -> None:
        """Let time pass while nobody is at the other end yet: nothing is heard or said. Raises Redirected."""
        end = self._clock.now() + seconds
        while self._clock.now() < end and not self._interrupted:
            self._clock.sleep_until(min(end, self._clock.now() + 0.1))
        self._start = self._clock.now() - self.frames * FRAME_SECONDS
        self._obey_interruption()

    def _obey_interruption(self) -> None:
        if self._interrupted:
            self._interrupted = False
            raise Redirected

    def tick(self, played: bytes = SILENCE) -> Said:
        """Wait for the next deadline, then exchange one frame."""
        self._clock.sleep_until(self.next_deadline)
        return self.exchange(played)

    def exchange(self, played: bytes) -> Said:
        """Play a frame to the caller, take theirs. Raises CallerGone, Redirected."""
        said = self.exchange_quietly(played)
        if self._leg.wants_to_hang_up():
            raise CallerGone
        self._obey_interruption()
        return said

    def exchange_quietly(self, played: bytes = SILENCE) -> Said:
        """The same without looking at hang-ups and interruptions: while a webhook is on its way."""
        self.lateness.append(max(0.0, self._clock.now() - self.next_deadline))
        self._leg.hears(played)
        frame = self._leg.frame()
        self._said += frame
        self._heard += played
        for tap in self.taps:
            tap(frame, played)
        now_sounds = sounds(played)
        if now_sounds != self.line_sounds:
            self._log.write("line_sounds" if now_sounds else "line_silent", frame=self.frames - 1)
            self.line_sounds = now_sounds
        keys = self._leg.keys()
        for key in keys:
            self._log.write("key_pressed", key=key, frame=self.frames - 1)
        return Said(frame, keys)

    def wait_quietly(self) -> None:
        """Let 20 ms pass with silence on the line."""
        self._clock.sleep_until(self.next_deadline)
        self.exchange_quietly()

    def heard(self, start: int = 0, end: int | None = None) -> bytes:
        """µ-law that the caller heard, from frame `start` up to `end`."""
        return bytes(self._heard[start * FRAME : None if end is None else end * FRAME])

    def said(self) -> bytes:
        """µ-law that the caller said, whole."""
        return bytes(self._said)

    def save(self, path: Path) -> None:
        """Write a two-track WAV, 8 000 Hz 16 bits: left what the caller said, right what they heard."""
        both = np.stack([decode(bytes(self._said)), decode(bytes(self._heard))], axis=1)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(8_000)
            file.writeframes(both.astype("<i2").tobytes())


def late_ms(lateness: array[float]) -> dict[str, float]:
    """How late our own frames were: percentiles in milliseconds. A p99 over 10 ms voids what was measured."""
    if not lateness:
        return {"p50": 0.0, "p99": 0.0}
    p50, p99 = shares(np.frombuffer(lateness, dtype=np.float64) * 1000, 0.5, 0.99)
    return {"p50": round(p50, 2), "p99": round(p99, 2)}


def shares(values: npt.ArrayLike, *wanted: float) -> list[float]:
    """Percentiles, linear between values. numpy's own takes 95 ms at its first use, in which no frame leaves."""
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    places = np.asarray(wanted) * (len(ordered) - 1)
    return [float(value) for value in np.interp(places, np.arange(len(ordered)), ordered)]
