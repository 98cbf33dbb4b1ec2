"""One line for all fault tests; each test leaves it whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ivr.bootstrap.processes import line_on_free_ports
from ivr.cli.demo import DEMONSTRATION
from ivr.simulator.play import PlayedCall
from tests.faults.fault_line import FaultLine


@pytest.fixture(scope="package")
def open_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultLine]:
    """A whole line with a store of its own."""
    with line_on_free_ports(DEMONSTRATION) as opened:
        line = FaultLine(opened, tmp_path_factory.mktemp("faults"))
        yield line
        line.close()


@pytest.fixture
def line(open_line: FaultLine) -> Iterator[FaultLine]:
    """The line, whole again after the test."""
    yield open_line
    open_line.hang_up()
    open_line.come_back()


@dataclass(frozen=True)
class KeptApplication:
    """An application that was handed in while the agency was away."""

    played: PlayedCall
    reference: str
    waited_in_outbox: bool


HANDING_IN = """
# Gives the last answer of an application and hands it in while the agency's system is away.
caller: {language: en, keys_only: true, number: "+351910000332"}
calls:
  - steps:
      - {hears: {prompt: resume_offer}, while_speaking: true, presses: "1"}
      - {hears: {prompt: ask_phone_number}, while_speaking: true, presses: "910000103#"}
      - {hears: {prompt: read_back_1}, while_speaking: true, presses: "1"}
      - {hears: {prompt: anything_else}, while_speaking: true, presses: "2"}
    expects:
      result: completed
      heard: [read_back_1, application_kept, goodbye]
      never_heard: [application_done, ask_contact_way]
"""


@pytest.fixture(scope="package")
def kept_application(open_line: FaultLine) -> KeptApplication:
    """Made once: the worker takes up to two minutes to deliver it, in which other tests run."""
    draft = open_line.begun(
        "+351910000332", birth_date="1960-05-03", work_years="38", still_working="no", worked_abroad="no",
        papers_ready_pension="yes", contact_way="letter",
    )  # fmt: skip
    open_line.supervise("stop", "agency")
    try:
        [played] = open_line.call(HANDING_IN, name="agency_away")
        waits = open_line.stores.outbox.receipt("application", draft.reference) is None
    finally:
        open_line.come_back()
    return KeptApplication(played, draft.reference, waits)
