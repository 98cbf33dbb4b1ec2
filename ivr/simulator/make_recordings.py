"""Makes the recordings of callers that scenarios need: python -m ivr.simulator.make_recordings [--again] FILE.yml …

Needs the voices that the scenarios name: the dependency group `voices` for joe, Debian's package flite for the others.
What is made is 8 000 Hz, 16 bits, -26 dBov, with the sentence beside it as text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ivr.audio.levels import SPEECH_LEVEL, speech_level, with_gain
from ivr.simulator.scenario import Says, Scenario
from ivr.simulator.scenario_file import read_scenario
from ivr.simulator.voices import anew, save_recording, slug, trimmed

SAMPLES = Path("audio_samples")


def sentences(scenario: Scenario) -> Iterator[str]:
    """What its caller says."""
    for call in scenario.calls:
        for step in call.steps:
            if isinstance(step.act, Says):
                yield step.act.text


def make(scenario: Scenario, again: bool) -> int:
    """Record what is missing, or everything `again`; returns how many were made."""
    caller = scenario.caller
    folder = SAMPLES / caller.language / "callers" / caller.voice
    voice = anew(caller.language, caller.voice, caller.pace)
    made = 0
    for sentence in sentences(scenario):
        path = folder / f"{slug(sentence)}.wav"
        if path.exists() and not again:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        spoken = trimmed(voice.speak(sentence))
        save_recording(path, with_gain(spoken, SPEECH_LEVEL - speech_level(spoken)))
        path.with_suffix(".txt").write_text(sentence + "\n", encoding="utf-8")
        made += 1
    return made


def main(arguments: list[str]) -> None:
    """Make the recordings of all scenarios named."""
    files = [Path(argument) for argument in arguments if argument != "--again"]
    for file in files:
        made = make(read_scenario(file), "--again" in arguments)
        print(f"{file}: {made} recordings made")


if __name__ == "__main__":
    main(sys.argv[1:])
