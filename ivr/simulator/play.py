"""Plays a scenario: one or more calls by the same caller against a line, each with its report and its problems."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ivr.simulator.air import late_ms
from ivr.simulator.caller import Diary, ScriptedCaller
from ivr.simulator.carrier import ACCOUNT_SID, LineNumber, RunningCall, SimulatedCarrier
from ivr.simulator.clock import Clock
from ivr.simulator.documents import HangUp
from ivr.simulator.g711 import decode
from ivr.simulator.mouth import Clip, Mouth, clip
from ivr.simulator.noise import noise_loop
from ivr.simulator.phone_line import LossyNetwork, through_telephone
from ivr.simulator.report import facts_of, result_of, turns_of
from ivr.simulator.scenario import CallerProfile, PlannedCall, Plays, Says, Scenario, Step
from ivr.simulator.sound_files import samples_of
from ivr.simulator.timeline import NoTimeline, PolledTimeline, TimelineEntry
from ivr.simulator.verdict import Evidence, problems_of
from ivr.simulator.voices import CallerVoice, caller_voice
from ivr.simulator.world import CarrierOptions, Party, StreamOptions
from ivr.vocabulary import Language, Samples

Listen = Callable[[Samples, Language], str]
"""Writes down what is said on a recording: int16, 8 000 Hz, any length."""
CLERK = Party(after_s=1.0, talk_s=3.0)
"""Whoever the line dials in a scenario: answers, listens a moment, hangs up."""
LONGEST_CALL_S = 900.0


@dataclass(frozen=True, slots=True)
class Target:
    """The line that is called."""

    voice_url: str
    auth_token: str
    operator_token: str = ""
    """Opens its timeline; without it, the caller goes by ear."""
    account_sid: str = ACCOUNT_SID
    """The carrier's account that the line belongs to; a line refuses calls of another."""

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.voice_url)
        return f"{parts.scheme}://{parts.netloc}"

    def number(self) -> LineNumber:
        """The line's number as it is set up at the carrier."""
        return LineNumber(self.voice_url, status_callback=self.voice_url.rstrip("/") + "/status")


@dataclass(frozen=True, slots=True)
class PlayedCall:
    """A call that is over."""

    report: dict[str, Any]
    """As `openline call --json` prints it, with `problems`."""
    running: RunningCall
    entries: list[TimelineEntry] | None

    @property
    def problems(self) -> list[str]:
        """What was not as expected."""
        problems: list[str] = self.report["problems"]
        return problems


class ScenarioPlayer:
    """Plays scenarios against one line."""

    def __init__(
        self,
        target: Target,
        samples_folder: Path,
        listen: Listen | None = None,
        told: Callable[[TimelineEntry], None] | None = None,
        seed: int = 1,
        clock: Clock | None = None,
    ) -> None:
        """samples_folder: audio_samples/. told: called for each thing the line tells, from another thread."""
        self._target, self._samples, self._listen, self._told = target, samples_folder, listen, told
        self._seed, self._clock = seed, clock

    def play(self, scenario: Scenario) -> Iterator[PlayedCall]:
        """Call after call. Raises ScenarioError where the caller's voice cannot be had."""
        with self.rehearse(scenario) as rehearsed:
            yield from rehearsed.play()

    def rehearse(self, scenario: Scenario) -> Rehearsed:
        """Everything that takes time is done before a call rings: sentences spoken, connections set up."""
        caller = scenario.caller
        clips = _clips(scenario, caller_voice(self._samples, caller.language, caller.voice, caller.pace))
        options = _options(caller, self._seed)
        carrier = SimulatedCarrier(self._target.auth_token, options, self._clock, account_sid=self._target.account_sid)
        return Rehearsed(scenario, self._target, carrier, clips, self._listen, self._told)


class Rehearsed:
    """A scenario ready to be played, any number of times and by several callers at once; a context manager."""

    def __init__(
        self,
        scenario: Scenario,
        target: Target,
        carrier: SimulatedCarrier,
        clips: dict[str, Clip],
        listen: Listen | None,
        told: Callable[[TimelineEntry], None] | None,
    ) -> None:
        self._scenario, self._target, self._carrier, self._clips = scenario, target, carrier, clips
        self._listen, self._told = listen, told

    def __enter__(self) -> Rehearsed:
        return self

    def __exit__(self, *_: object) -> None:
        self._carrier.close()

    def play(self, number: str = "") -> Iterator[PlayedCall]:
        """Call after call. number: the caller's, instead of the scenario's own."""
        clock = self._carrier.world.clock
        for planned in self._scenario.calls:
            clock.sleep_until(clock.now() + planned.after_ms / 1000)
            yield self._call(planned, number or self._scenario.caller.number)

    def _call(self, planned: PlannedCall, number: str) -> PlayedCall:
        target, profile, told = self._target, self._scenario.caller, self._told
        timeline = PolledTimeline(target.origin, target.operator_token, told) if target.operator_token else None
        mouth = _mouth(profile, self._carrier.world.options.seed)
        leg = ScriptedCaller(
            planned, profile.pace, mouth, timeline or NoTimeline(), lambda step: self._clips[step.place]
        )
        running = self._carrier.start_call(leg, target.number(), number)
        if timeline is not None:
            timeline.follow(running.call_sid)
        if not running.wait(LONGEST_CALL_S):
            running.call.violated(0, "call", f"went on for more than {LONGEST_CALL_S:.0f} s")
            running.call.update(HangUp())
            running.wait()
        if timeline is not None:
            timeline.finish()
        entries = timeline.entries() if timeline is not None and timeline.is_available else None
        return PlayedCall(self._report(running, leg.diary, planned, profile, entries), running, entries)

    def _report(
        self,
        running: RunningCall,
        diary: Diary,
        planned: PlannedCall,
        profile: CallerProfile,
        entries: list[TimelineEntry] | None,
    ) -> dict[str, Any]:
        log = running.call.log
        result = result_of(diary, running.air, bool(log.of("bridged")), bool(log.of("heard_error_message")), entries)
        turns, facts = turns_of(diary, running.air, entries), facts_of(entries)
        transcript = None if self._listen is None else lambda: self._transcript(running, profile.language)
        refusals = [entry.details["why"] for entry in log.of("webhook_failed")]
        evidence = Evidence(
            planned,
            profile.language,
            diary,
            running.air,
            running.violations,
            refusals,
            result,
            turns,
            facts,
            entries,
            transcript,
        )
        return {
            "call_id": running.call_sid,
            "result": result,
            "turns": turns,
            "facts": facts,
            "line_heard_wav": None,
            "simulator_late_ms": late_ms(running.air.lateness),
            "problems": problems_of(evidence),
        }

    def _transcript(self, running: RunningCall, language: Language) -> str:
        assert self._listen is not None  # noqa: S101 - only called where there is one
        return self._listen(decode(running.air.heard()), language)


def _options(caller: CallerProfile, seed: int) -> CarrierOptions:
    line = caller.line
    stream = StreamOptions(
        allow_plain=True, jitter_ms=line.jitter_ms, burst_frames=line.burst_frames, key_tones=line.key_tones
    )
    return CarrierOptions(seed=seed, stream=stream, anyone=CLERK)


def _clips(scenario: Scenario, voice: CallerVoice) -> dict[str, Clip]:
    """Every sentence as this caller's telephone sends it, by the step's place."""

    def sound(step: Step) -> Clip | None:
        match step.act:
            case Says(text):
                spoken = voice.speak(text)
            case Plays(path):
                spoken = samples_of(path.read_bytes())
            case _:
                return None
        return clip(through_telephone(spoken, scenario.caller.line))

    made = {step.place: sound(step) for call in scenario.calls for step in call.steps}
    return {place: spoken for place, spoken in made.items() if spoken is not None}


def _mouth(caller: CallerProfile, seed: int) -> Mouth:
    noise = noise_loop(caller.noise, caller.line.level_dbov, seed) if caller.noise else None
    return Mouth(noise, LossyNetwork(caller.line.frame_loss, seed))


def save(played: PlayedCall, folder: Path, stem: str) -> None:
    """Write the two-track WAV, the call's log and the line's timeline; the report then names the WAV."""
    folder.mkdir(parents=True, exist_ok=True)
    sound = folder / f"{stem}.wav"
    played.running.air.save(sound)
    played.running.call.log.save(folder / f"{stem}.jsonl")
    if played.entries is not None:
        lines = [json.dumps(dict(entry.details), ensure_ascii=False) for entry in played.entries]
        (folder / f"{stem}.timeline.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    played.report["line_heard_wav"] = str(sound)
