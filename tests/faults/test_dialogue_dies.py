"""kill -9 of Rasa in the middle of a form: keys and a person at once, and the form goes on in a later call."""

from __future__ import annotations

import pytest

from tests.faults.fault_line import LONGEST_SILENCE_MS, FaultLine, When, said, silence_ms

pytestmark = [pytest.mark.line, pytest.mark.fault]

NUMBER = "+351910000311"
DYING = f"""
# Answers a question of a form while Rasa is killed, and takes the person from the menu.
caller: {{language: en, keys_only: true, number: "{NUMBER}"}}
calls:
  - steps:
      - {{hears: {{prompt: resume_offer}}, while_speaking: true, presses: "1"}}
      - {{hears: {{prompt: ask_worked_abroad}}, while_speaking: true, presses: "2"}}
      - {{hears: {{prompt: menu_keypad}}, presses: "1"}}
    expects:
      result: handed_over
      heard: [ask_worked_abroad, sorry_one_moment, sorry_dialogue_away, menu_keypad, handing_over]
"""
RESUMING = f"""
# Rasa is back: the form goes on behind the answer that was given while it was away.
caller: {{language: en, keys_only: true, number: "{NUMBER}"}}
calls:
  - steps:
      - {{hears: {{prompt: resume_offer}}, while_speaking: true, presses: "1"}}
      - {{hears: {{prompt: ask_papers_ready_pension}}, while_speaking: true, presses: "1"}}
      - {{hears: {{prompt: ask_contact_way}}, hangs_up: true, while_speaking: true}}
    expects:
      result: draft_kept
      heard: [resume_going_on, ask_papers_ready_pension, ask_contact_way]
      never_heard: [ask_worked_abroad, ask_birth_date, sorry_dialogue_away]
"""


def test_a_form_survives_the_dialogue_process(line: FaultLine) -> None:
    line.begun(NUMBER, birth_date="1960-05-03", work_years="38", still_working="no")
    fault = When("ask_worked_abroad", lambda: line.kill("dialogue"), kind="prompt_started")
    [played] = line.call(DYING, fault, "dialogue_dies")
    assert fault.happened(), fault.failure
    assert played.problems == []
    assert said(played).count("ask_worked_abroad") == 1
    assert silence_ms(played) <= LONGEST_SILENCE_MS
    draft = line.draft_of(NUMBER)
    assert draft is not None
    assert draft.answers["worked_abroad"] == "no"

    line.come_back()
    [later] = line.call(RESUMING, name="dialogue_back")
    assert later.problems == []
    draft = line.draft_of(NUMBER)
    assert draft is not None
    assert draft.answers["papers_ready_pension"] == "yes"
