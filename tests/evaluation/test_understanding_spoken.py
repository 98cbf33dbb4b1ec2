"""Spoken sentences go through voice, telephone and recognizer, and both texts are understood by the same model."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from ivr.evaluation.telephone_chain import CONDITIONS
from ivr.evaluation.understanding_spoken import spoken
from ivr.vocabulary import Expected, Language, Milliseconds, Samples, Utterance

SCRIPT = """#!/bin/sh
cat > "asked-$$.json"
exec {python} -c '
import json, sys
meanings = {{"agent": "person", "good bye": "goodbye", "asian": "why"}}
print(json.dumps([[[meanings[one[0][0]], 0.9]] for one in json.load(open(sys.argv[1]))]))
' "asked-$$.json"
"""


class Tone:
    """A voice whose pitch tells the sentence."""

    def speak(self, text: str) -> Samples:
        pitch = 400 if text == "agent" else 1_000
        return (8_000 * np.sin(2 * np.pi * pitch * np.arange(4_000) / 8_000)).astype(np.int16)


class HearsTones:
    """Takes the low tone for "asian", the high one for nothing."""

    name = "tones/1"

    def listen_for(self, expected: Expected) -> HearsTones:
        self._heard: list[Samples] = []
        return self

    def hear(self, samples: Samples) -> None:
        self._heard.append(samples)

    def so_far(self) -> Utterance:
        return self.finish()

    def finish(self) -> Utterance:
        spectrum = np.abs(np.fft.rfft(np.concatenate(self._heard)))
        pitch = int(np.argmax(spectrum)) * 8_000 / sum(map(len, self._heard))
        text = "asian" if pitch < 700 else ""
        return Utterance(text, 0.5, Milliseconds(500))


def test_what_is_lost_on_the_way_is_reported(tmp_path: Path) -> None:
    python = _model(tmp_path)
    report = spoken(tmp_path, Language("en"), 1, {"tone": Tone()}, HearsTones(), CONDITIONS["clean"], python)
    assert (report.sentences, report.as_written, report.as_heard) == (2, 1.0, 0.0)
    assert report.word_errors == 1.0
    assert [(one.text, one.intent, one.guessed) for one in report.lost] == [
        ("", "goodbye", ""),
        ("asian", "person", "why"),
    ]
    assert "lost: heard 'asian': why, not person" in report.as_text()
    json.dumps(report.as_json())


def _model(root: Path) -> str:
    """Two held-out sentences, one more than is spoken, and a model that answers from a table."""
    folder = root / "tests/nlu/en"
    folder.mkdir(parents=True)
    (folder / "person.yml").write_text("nlu:\n- intent: person\n  examples: |\n    - agent\n    - human\n")
    (folder / "goodbye.yml").write_text("nlu:\n- intent: goodbye\n  examples: |\n    - good bye\n")
    script = root / "python"
    script.write_text(SCRIPT.format(python=sys.executable))
    script.chmod(0o755)
    return "python"
