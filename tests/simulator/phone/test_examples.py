"""People to play on the web phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import SettingsError
from ivr.simulator.phone.examples import SAYINGS, examples_in

TESTERS = Path(__file__).parents[3] / "ivr" / "services" / "demo_agency" / "testers.json"


def test_each_person_to_play_is_one_of_the_demo_agencys_testers() -> None:
    examples = examples_in(TESTERS)

    assert [example.says for example in examples] == list(SAYINGS.values())
    assert all(len(example.customer_number) == 8 and len(example.pin) == 6 for example in examples)


def test_a_file_that_holds_no_testers_is_said_to_hold_none(tmp_path: Path) -> None:
    (tmp_path / "testers.json").write_text('{"testers": {}}')

    with pytest.raises(SettingsError, match=r"testers\.json"):
        examples_in(tmp_path / "testers.json")
