"""kill -9 of the voice process: kept sentences go on, and where a new one is needed, the carrier's keypad line."""

from __future__ import annotations

import pytest

from tests.faults.fault_line import LONGEST_SILENCE_MS, FaultLine, When, said, silence_ms

pytestmark = [pytest.mark.line, pytest.mark.fault]

NUMBER = "+351910000321"
VOICELESS = f"""
# Asks for a payment by keys; the voice is killed in the greeting and does not come back.
caller: {{language: en, keys_only: true, number: "{NUMBER}"}}
person: thomas
calls:
  - steps:
      - {{hears: {{prompt: ask_matter}}, while_speaking: true, presses: "1"}}
      - {{hears: {{prompt: menu_payment}}, while_speaking: true, presses: "3"}}
      - {{hears: {{prompt: ask_customer_number}}, presses: "{{customer_number}}"}}
      - {{hears: any, presses: "2"}}
      - {{hears: any, while_speaking: true, presses: "1"}}
      - {{hears: any, while_speaking: true, presses: "1"}}
      - {{hears: any, while_speaking: true, after_ms: 2000, hangs_up: true}}
    expects:
      heard: [ask_matter, menu_payment, ask_customer_number, confirm_customer_number]
"""


def test_a_call_without_a_voice_gets_its_call_back_by_keys(line: FaultLine) -> None:
    """Fixed sentences were spoken ahead; the number read back was not, so there the carrier's keypad line goes on."""
    fault = When("greeting", lambda: _kill_for_good(line), kind="prompt_started")
    [played] = line.call(VOICELESS, fault, "voice_dies")
    assert fault.happened(), fault.failure
    assert played.problems == []
    assert said(played).count("ask_customer_number") == 1
    assert silence_ms(played) <= LONGEST_SILENCE_MS
    journal = line.journal(played.running.call_sid)
    assert "stage_failed" in journal
    assert journal.count("call_back_booked") == 1


def _kill_for_good(line: FaultLine) -> None:
    line.kill("voice")
    line.supervise("stop", "voice")
