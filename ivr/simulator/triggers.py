"""Has the caller heard what a step waits for? By the line's timeline where it has one, else by ear."""

from __future__ import annotations

from ivr.simulator.ears import Ears
from ivr.simulator.scenario import HearsPrompt, HearsSilence, HearsWords, Step
from ivr.simulator.timeline import Timeline, TimelineEntry
from ivr.simulator.words import contains_words

END_OF_SPEECH_MS = 1_200
"""Silence of the line that means it has finished, where nothing else tells. Prompts pause for 0.4 s at most."""
SETTLED_MS = 160
"""Silence wanted even where the line says that it listens: its sound reaches the caller a moment later."""
LOST_END_MS = 2_500
"""Silence after which a prompt counts as finished although the line did not say so."""


class TriggerWatch:
    """Looks at each step in turn; what was matched once is not matched again."""

    def __init__(self, timeline: Timeline, ears: Ears) -> None:
        self._timeline, self._ears = timeline, ears
        self._matched = 0
        """Entries up to here belong to earlier steps."""

    def acted(self) -> None:
        """The caller did something: only new sound counts from here on."""
        self._ears.forget()

    def came(self, step: Step) -> bool:
        """True once; the entry that matched is used up."""
        match step.hears:
            case HearsSilence(milliseconds):
                return self._ears.quiet_ms >= milliseconds
            case HearsPrompt() | HearsWords() if self._timeline.is_available is not False:
                return self._told(step)
            case _:
                return self._by_ear(step)

    def _by_ear(self, step: Step) -> bool:
        if step.while_speaking:
            return self._ears.hears_now
        return self._ears.has_heard and self._ears.quiet_ms >= END_OF_SPEECH_MS

    def _told(self, step: Step) -> bool:
        entries = self._timeline.entries()
        for place in range(self._matched, len(entries)):
            if _starts(entries[place], step):
                if not self._may_answer(step, entries[place], entries[place + 1 :]):
                    return False
                self._matched = place + 1
                return True
        return False

    def _may_answer(self, step: Step, started: TimelineEntry, later: list[TimelineEntry]) -> bool:
        if step.while_speaking:
            return self._ears.hears_now
        listening = any(entry.kind == "listening" for entry in later)
        finished = any(
            entry.kind == "prompt_finished" and entry.details.get("prompt") == started.details.get("prompt")
            for entry in later
        )
        if not listening:
            return False
        return self._ears.quiet_ms >= (SETTLED_MS if finished else LOST_END_MS)


def _starts(entry: TimelineEntry, step: Step) -> bool:
    if entry.kind != "prompt_started":
        return False
    if isinstance(step.hears, HearsPrompt):
        return bool(entry.details.get("prompt") == step.hears.prompt)
    return isinstance(step.hears, HearsWords) and contains_words(str(entry.details.get("text", "")), step.hears.words)
