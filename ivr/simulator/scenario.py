"""What a scenario holds, once read: who calls, what they do when, what must come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from ivr.vocabulary import Language

ENGLISH = Language("en")


@dataclass(frozen=True, slots=True)
class Noise:
    """What is heard behind the caller."""

    kind: str
    """hiss, street, babble."""
    snr_db: float
    """Speech above noise, both at their mean level."""


@dataclass(frozen=True, slots=True)
class WayToLine:
    """The caller's telephone and the network behind it."""

    level_dbov: float = -26.0
    band: bool = True
    """Cut to 300 to 3 400 Hz."""
    frame_loss: float = 0.0
    """Share of 20 ms frames that the network replaces by silence."""
    jitter_ms: int = 0
    burst_frames: int = 0
    key_tones: bool = False


@dataclass(frozen=True, slots=True)
class CallerProfile:
    """Who calls."""

    language: Language = ENGLISH
    voice: str = "espeak"
    """A folder below audio_samples/<language>/callers/, or a caller voice: joe, flite-slt, espeak."""
    pace: str = "normal"
    """slow, normal, fast: pauses between sentences and keys, and the rate of a voice that is spoken anew."""
    number: str = "+351910000001"
    noise: Noise | None = None
    line: WayToLine = WayToLine()


@dataclass(frozen=True, slots=True)
class HearsPrompt:
    """The prompt was started and the line listens."""

    prompt: str


@dataclass(frozen=True, slots=True)
class HearsWords:
    """A prompt with these words was started and the line listens; checked again on the recording after the call."""

    words: str


@dataclass(frozen=True, slots=True)
class HearsAnything:
    """The line said something and fell silent."""


@dataclass(frozen=True, slots=True)
class HearsSilence:
    """The line has been silent for so long, whatever it said before."""

    milliseconds: int


Trigger: TypeAlias = HearsPrompt | HearsWords | HearsAnything | HearsSilence


@dataclass(frozen=True, slots=True)
class Says:
    """Speaks a sentence: a recording of it where there is one, else a caller voice."""

    text: str


@dataclass(frozen=True, slots=True)
class Plays:
    """Plays a WAV file."""

    path: Path


@dataclass(frozen=True, slots=True)
class Presses:
    """Presses keys one after the other."""

    keys: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Is silent for a while."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class HangsUp:
    """Puts the handset down."""


Act: TypeAlias = Says | Plays | Presses | Waits | HangsUp


@dataclass(frozen=True, slots=True)
class Step:
    """One thing heard and what the caller does about it."""

    place: str
    """Where it stands, for messages: calls[0].steps[2]."""
    hears: Trigger
    act: Act
    after_ms: int = 400
    """From the trigger to the act: a person's reaction."""
    while_speaking: bool = False
    """Do not wait until the line listens: talk over it."""
    within_ms: int = 30_000
    """Longest wait for the trigger; then the caller gives up."""


@dataclass(frozen=True, slots=True)
class Expects:
    """What must be true of a call. What is not named is not looked at."""

    result: tuple[str, ...] = ()
    """One of these."""
    facts: tuple[str, ...] = ()
    """Names of facts that the line told, each with a source."""
    fact_values: tuple[tuple[str, str], ...] = ()
    """Name and canonical value of facts that the line told."""
    heard: tuple[str, ...] = ()
    """Prompts that were said, in this order, others between them."""
    never_heard: tuple[str, ...] = ()
    heard_words: tuple[str, ...] = ()
    """Words on the recording of the line."""
    intents: tuple[str, ...] = ()
    first_sound_ms: int | None = None
    """Every turn's first sound came within this."""
    barge_in_ms: int | None = None
    """The line fell silent within this when it was talked over."""
    longest_silence_ms: int | None = None
    turns_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """One of the calls of a scenario."""

    steps: tuple[Step, ...]
    expects: Expects = Expects()
    after_ms: int = 0
    """Pause before it, from the end of the call before."""
    stays_ms: int = 20_000
    """How long the caller stays on the line after the last step before they hang up."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One file."""

    path: Path
    title: str
    """The file's first comment line."""
    caller: CallerProfile
    person: str
    """Which invented person, or "" for none."""
    calls: tuple[PlannedCall, ...] = field(default=())
    task: str = ""
    """What the caller came for, for tables: payment, letter …"""
    profile: str = ""
    """Which kind of caller, for tables: keys only, slow …"""
