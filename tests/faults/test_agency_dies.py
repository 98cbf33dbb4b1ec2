"""The agency's system is away: said so, a person is offered; what was entered waits in the outbox."""

from __future__ import annotations

import pytest

from tests.faults.conftest import KeptApplication
from tests.faults.fault_line import LONGEST_SILENCE_MS, FaultLine, When, said, silence_ms

pytestmark = [pytest.mark.line, pytest.mark.fault]

ASKING = """
# Asks why money is late; the agency goes away while the line asks for the PIN.
caller: {language: en, keys_only: true, number: "+351910000331"}
person: thomas
calls:
  - steps:
      - {hears: {prompt: ask_matter}, while_speaking: true, presses: "1"}
      - {hears: {prompt: menu_payment}, while_speaking: true, presses: "3"}
      - {hears: {prompt: ask_customer_number}, while_speaking: true, presses: "{customer_number}"}
      - {hears: {prompt: confirm_customer_number}, while_speaking: true, presses: "1"}
      - {hears: {prompt: ask_pin}, presses: "{pin}#"}
      - {hears: {prompt: offer_person}, while_speaking: true, presses: "1"}
    expects:
      result: handed_over
      heard: [ask_pin, sorry_agency_away, offer_person, handing_over]
      never_heard: [verify_failed, did_not_understand]
"""


def test_a_person_is_offered_where_the_agency_is_away(line: FaultLine) -> None:
    """Stopped: where it is only killed, the supervisor has it back within a second, and the caller hears nothing."""
    fault = When("ask_pin", lambda: line.supervise("stop", "agency"), kind="prompt_started")
    [played] = line.call(ASKING, fault, "agency_dies")
    assert fault.happened(), fault.failure
    assert played.problems == []
    assert said(played).count("ask_pin") == 1
    assert silence_ms(played) <= LONGEST_SILENCE_MS


def test_an_application_is_kept_while_the_agency_is_away(kept_application: KeptApplication) -> None:
    assert kept_application.played.problems == []
    assert silence_ms(kept_application.played) <= LONGEST_SILENCE_MS
    assert kept_application.waited_in_outbox
