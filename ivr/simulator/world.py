"""What all calls of one simulated carrier share: options, numbers, recordings, faults."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from ivr.simulator.clock import Clock
from ivr.simulator.identifiers import Identifiers
from ivr.simulator.leg import CallerLeg


@dataclass(frozen=True, slots=True)
class StreamOptions:
    """How faithful, or how bad, the way between carrier and line is."""

    allow_plain: bool = False
    """Take ws:// too, which the real carrier never does (31922): for lines on this machine."""
    trailing_slash: bool = False
    """Ask for the stream's path with a slash behind it, and sign it so."""
    jitter_ms: int = 0
    """Each frame leaves up to that much late, in order; 0 to 60."""
    burst_frames: int = 0
    """Every second, that many frames are held back and leave together."""
    loss: float = 0.0
    """Share of frames that are lost on the way: a gap in `timestamp`."""
    key_tones: bool = False
    """A key also sounds in `media`."""
    deaf_from_s: float = 0.0
    deaf_for_s: float = 0.0
    """The carrier stops reading for a while: back-pressure on the line."""
    reset_after_s: float = 0.0
    """The connection breaks that long after the start of the first stream; 0: never."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who can be dialed. A script for the far end of <Dial><Number> and of REST calls."""

    outcome: str = "answer"
    """answer, busy, no-answer, failed."""
    after_s: float = 2.0
    """Seconds of ringing before it."""
    talk_s: float = 5.0
    """Where no leg is given: how long it talks before it hangs up."""
    leg: Callable[[], CallerLeg] | None = None
    answered_by: str = ""
    """What machine detection says: human, machine_start, …"""


@dataclass(frozen=True, slots=True)
class CarrierOptions:
    """All that can be set about a simulated carrier."""

    seed: int = 1
    """Of jitter, losses, unknown parameters, timestamps."""
    sid_seed: int | None = None
    """Of SIDs; None: new ones each time. A line remembers its calls, so the same SIDs would be calls of before."""
    stream: StreamOptions = StreamOptions()
    say_ms_per_character: int = 60
    say_voice: Callable[[str, str], bytes] | None = None
    """(text, language) -> µ-law of <Say>; None: a soft hum of the right length."""
    status_shuffled: bool = False
    status_doubled: bool = False
    status_late_s: float = 0.0
    recording_late_s: float = 1.0
    """How long after its end a recording can be fetched and its callback comes."""
    anyone: Party = Party("failed")
    """Who is at a number that no script names."""
    calls_per_second: float = 1.0
    """Rate of calls made through REST."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Something recorded; `ready_at` on the carrier's clock."""

    sid: str
    call_sid: str
    sound: bytes
    """µ-law, 8 000 Hz."""
    ready_at: float
    source: str
    created: str
    """RFC 2822."""

    @property
    def seconds(self) -> int:
        """Whole seconds, rounded up."""
        return -(-len(self.sound) // 8_000)


@dataclass(slots=True)
class Fault:
    """An endpoint of the line's REST client, or of the line itself, misbehaves for a while."""

    path: str
    """Part of the path it hits."""
    kind: str
    """429, 500, slow, reset."""
    times: int = 1
    seconds: float = 3.0
    """slow: by how much."""


@dataclass(slots=True)
class World:
    """Shared by all calls; any thread."""

    account_sid: str
    auth_token: str
    clock: Clock
    transport: httpx.BaseTransport
    options: CarrierOptions
    identifiers: Identifiers
    parties: dict[str, Party] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    queues: dict[str, list[str]] = field(default_factory=dict)
    """Queue name -> CallSids waiting, first first."""
    queue_answers: dict[str, Party] = field(default_factory=dict)
    """Queue name -> the clerk who takes its first caller `after_s` after they came."""
    faults: list[Fault] = field(default_factory=list)
    rest_url: str = "https://api.twilio.com"
    """Where recordings are fetched; the mock's address while it runs."""
    counts: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def party(self, number: str) -> Party:
        """Who is at a telephone number."""
        return self.parties.get(number, self.options.anyone)

    def next_name(self, kind: str) -> str:
        """ "call 1", "call 2", …: names for sources of chance that do not hang on SIDs."""
        with self.lock:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            return f"{kind} {self.counts[kind]}"

    def random(self, name: str) -> random.Random:
        """A source of chance of its own for each name, so that one call's draws never move another's."""
        return random.Random(f"{self.options.seed}:{name}")

    def fault_for(self, path: str) -> Fault | None:
        """Use up one fault that hits the path."""
        with self.lock:
            for fault in self.faults:
                if fault.times > 0 and fault.path in path:
                    fault.times -= 1
                    return fault
        return None
