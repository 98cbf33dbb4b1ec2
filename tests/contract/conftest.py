"""One Rasa for all contract tests of a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.rasa_process import RasaProcess, running_rasa


@pytest.fixture(scope="session")
def rasa_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasaProcess]:
    """Started at its first use; ends with the run."""
    with running_rasa(tmp_path_factory.mktemp("rasa")) as running:
        yield running
