"""The rules as they are served: OpenFisca in its own environment and process, on a free port."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.bootstrap.rules import PYTHON, rules_command
from ivr.services.rules_http import HttpRules

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 60.0


@pytest.fixture(scope="session")
def environment() -> Path:
    """Where OpenFisca lives; `make set-up` makes it."""
    found = ROOT / PYTHON
    assert found.exists(), f"{PYTHON} is missing; run make set-up"
    return found


@pytest.fixture(scope="session")
def rules(environment: Path) -> Iterator[HttpRules]:
    """The way to a process that is well."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(rules_command(ROOT, port), cwd=ROOT)
    asked = HttpRules(f"http://127.0.0.1:{port}")
    try:
        deadline = time.monotonic() + READY_WITHIN_S
        while not asked.is_well() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert asked.is_well()
        yield asked
    finally:
        asked.close()
        process.terminate()
        process.wait(10)
