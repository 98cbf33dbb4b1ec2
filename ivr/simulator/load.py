"""Many calls at once from one process, all playing the same scenario, and how well the line held them."""

from __future__ import annotations

import sys
import time
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ivr.simulator.air import FRAME_SECONDS, late_ms, shares
from ivr.simulator.play import PlayedCall, Rehearsed

VOID_OVER_MS = 10.0
"""A p99 of our own lateness above this voids a run: what was measured would be ourselves."""
GOLDEN = 0.618
"""Spreads any number of callers evenly over the 20 ms grid: on one beat, their frames would queue behind each other."""
HOLE_MS = 100
"""A hole in mid-sentence that a caller notices."""


@dataclass(slots=True)
class LoadReport:
    """What came of a run."""

    calls: int
    seconds: float = 0.0
    completed: int = 0
    """Went as the scenario wants."""
    dropped: int = 0
    """The line was gone, or its stream broke."""
    wrong: int = 0
    """Ended, but not as the scenario wants."""
    first_sounds_ms: list[int] = field(default_factory=list)
    holes: int = 0
    """Holes of more than 100 ms in what the line said."""
    lateness: array[float] = field(default_factory=lambda: array("d"))
    """Seconds each frame of ours was late."""
    call_seconds: float = 0.0
    """All calls' lengths together."""
    problems: list[str] = field(default_factory=list)

    @property
    def simulator_late_ms(self) -> dict[str, float]:
        """p50 and p99."""
        return late_ms(self.lateness)

    @property
    def is_void(self) -> bool:
        """True where we ourselves were too late to measure anything."""
        return self.simulator_late_ms["p99"] > VOID_OVER_MS

    def as_json(self) -> dict[str, object]:
        """Without the processor's and memory's share, which whoever runs the line's processes has to add."""
        return {
            "calls": self.calls,
            "completed": self.completed,
            "dropped": self.dropped,
            "wrong": self.wrong,
            "end_of_speech_to_first_sound_ms": percentiles(self.first_sounds_ms),
            "frames_late_over_100_ms": self.holes,
            "simulator_late_ms": self.simulator_late_ms,
            "void": self.is_void,
        }


def percentiles(values: Sequence[float]) -> dict[str, float | None]:
    """p50 and p95; None where there are no values."""
    if not values:
        return {"p50": None, "p95": None}
    p50, p95 = shares(values, 0.5, 0.95)
    return {"p50": round(p50), "p95": round(p95)}


def run_load(
    rehearsed: Rehearsed, calls: int, apart_s: float = 0.5, done: Callable[[PlayedCall], None] | None = None
) -> LoadReport:
    """Play a scenario by `calls` callers at once, each with a number of its own, one every `apart_s` seconds.

    done: called for each call as it ends, from its thread.
    """
    report = LoadReport(calls)
    began = time.monotonic()
    # A thread that writes a report must not keep those that are due in a millisecond waiting for five.
    sys.setswitchinterval(0.0005)

    def caller(place: int) -> list[PlayedCall]:
        time.sleep(place * apart_s + place * GOLDEN % 1 * FRAME_SECONDS)
        played = []
        for call in rehearsed.play(f"+35192{place:07d}"):
            played.append(call)
            if done is not None:
                done(call)
        return played

    with ThreadPoolExecutor(max_workers=calls, thread_name_prefix="caller") as pool:
        for played in pool.map(caller, range(calls)):
            _count(report, played)
    report.seconds = time.monotonic() - began
    return report


def _count(report: LoadReport, played: Sequence[PlayedCall]) -> None:
    broken = any(call.report["result"] == "line_dead" or call.running.call.log.of("stream_error") for call in played)
    problems = [problem for call in played for problem in call.problems]
    report.dropped += broken
    report.wrong += bool(problems) and not broken
    report.completed += not problems and not broken
    report.problems += problems
    for call in played:
        sounds = [turn["times_ms"].get("first_sound") for turn in call.report["turns"]]
        report.first_sounds_ms += [sound for sound in sounds if sound is not None]
        report.lateness.extend(call.running.air.lateness)
        report.call_seconds += call.running.air.frames * 0.02
        report.holes += sum(1 for entry in call.running.call.log.of("starved") if entry.details["ms"] > HOLE_MS)
