"""Words a minute -> an engine's setting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.synthesis.pace import Pace

CURVE = Pace(((100, 0.6), (150, 0.8), (200, 1.2)))


@pytest.mark.parametrize(("wanted", "setting"), [(100, 0.6), (125, 0.7), (150, 0.8), (175, 1.0), (200, 1.2)])
def test_the_curve_passes_through_its_points(wanted: int, setting: float) -> None:
    assert CURVE.setting(wanted) == pytest.approx(setting)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_quicker_never_gets_slower_and_nothing_leaves_the_curve(one: int, other: int) -> None:
    slow, quick = sorted((one, other))
    assert 0.6 <= CURVE.setting(slow) <= CURVE.setting(quick) <= 1.2
