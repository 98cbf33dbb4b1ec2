"""kill -9 of the web process that owns a call: the other one goes on from the stored state."""

from __future__ import annotations

import pytest

from ivr.conversation.states import state_from_json
from ivr.vocabulary import CallId
from tests.faults.fault_line import LONGEST_SILENCE_MS, FaultLine, When, said, silence_ms

pytestmark = [pytest.mark.line, pytest.mark.fault]

EARLIER = {"birth_date": "1960-05-03", "work_years": "38", "still_working": "no"}
APPLYING = """
# Goes on with a pension application; the web process is killed in the middle of a spoken answer.
caller: {{language: en, voice: joe, number: "{number}"}}
calls:
  - steps:
      - {{hears: {{prompt: resume_offer}}, while_speaking: true, presses: "1"}}
      - {{hears: {{prompt: ask_worked_abroad}}, while_speaking: true, presses: "2"}}
      - {{hears: {{prompt: ask_papers_ready_pension}}, says: "Yes, I do."}}
      - {{hears: {{prompt: ask_papers_ready_pension}}, while_speaking: true, presses: "1"}}
      - {{hears: {{prompt: ask_contact_way}}, while_speaking: true, presses: "3"}}
      - {{hears: {{prompt: ask_phone_number}}, while_speaking: true, presses: "910000103#"}}
      - {{hears: {{prompt: read_back_1}}, while_speaking: true, presses: "1"}}
      - {{hears: {{prompt: read_back_2}}, while_speaking: true, presses: "1"}}
      - {{hears: {{prompt: anything_else}}, while_speaking: true, presses: "2"}}
    expects:
      result: completed
      heard: [resume_going_on, sorry_back_again, ask_papers_ready_pension, application_done, goodbye]
      never_heard: [ask_birth_date, ask_work_years, ask_still_working, did_not_understand]
"""


@pytest.mark.parametrize("worker_only", [False, True], ids=["the whole process", "its worker, as without memory"])
def test_an_application_goes_on_in_another_process(line: FaultLine, worker_only: bool) -> None:
    number = f"+35191000030{int(worker_only)}"
    before = line.begun(number, **EARLIER)
    fault = When("ask_papers_ready_pension", lambda: line.kill(line.owner_of(number), worker_only), after_s=0.8)
    [played] = line.call(APPLYING.format(number=number), fault, f"web_{worker_only}")
    assert fault.happened(), fault.failure
    assert played.problems == []
    assert said(played).count("ask_worked_abroad") == 1
    assert said(played).count("ask_papers_ready_pension") == 2
    assert silence_ms(played) <= LONGEST_SILENCE_MS
    kept = state_from_json(line.stores.calls.state(CallId(played.running.call_sid)) or "").draft
    assert kept is not None
    assert kept.answers == EARLIER | {
        "worked_abroad": "no", "papers_ready_pension": "yes", "contact_way": "letter", "phone_number": "910000103",
    }  # fmt: skip
    assert line.stores.drafts.find(before.reference) is None
    assert line.stores.outbox.receipt("application", before.reference)
