"""What whole-line tests share: one line on free ports for a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ivr.bootstrap.processes import OpenLine, line_on_free_ports
from ivr.cli.demo import DEMONSTRATION


@pytest.fixture(scope="session")
def running_line() -> Iterator[OpenLine]:
    """A whole line with its real parts, open all day, with a person who answers."""
    with line_on_free_ports(DEMONSTRATION) as line:
        yield line
