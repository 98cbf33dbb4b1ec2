"""What was handed in while the agency was away reaches it by the worker, once."""

from __future__ import annotations

import time

import pytest

from tests.faults.conftest import KeptApplication
from tests.faults.fault_line import FaultLine

pytestmark = [pytest.mark.line, pytest.mark.fault]

DELIVERED_WITHIN_S = 150.0
"""The worker looks once a minute, and a parcel that failed rests for 30 s."""


def test_the_worker_delivers_when_the_agency_is_back(kept_application: KeptApplication, line: FaultLine) -> None:
    deadline = time.monotonic() + DELIVERED_WITHIN_S
    outbox = line.stores.outbox
    while not (receipt := outbox.receipt("application", kept_application.reference)) and time.monotonic() < deadline:
        time.sleep(1.0)
    assert receipt is not None
    assert receipt["reference"]
