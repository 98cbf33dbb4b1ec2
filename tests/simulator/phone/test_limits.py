"""How much a browser may send."""

from __future__ import annotations

from ivr.simulator.phone.limits import Allowance


def test_a_burst_is_taken_up_to_its_size() -> None:
    allowance = Allowance(per_second=10, at_once=3)

    assert [allowance.takes(now=0.0) for _ in range(4)] == [True, True, True, False]


def test_the_allowance_comes_back_with_time() -> None:
    allowance = Allowance(per_second=10, at_once=3)
    for _ in range(4):
        allowance.takes(now=0.0)

    assert allowance.takes(now=0.25)
    assert allowance.takes(now=0.25)
    assert not allowance.takes(now=0.25)


def test_a_steady_sender_at_the_agreed_rate_is_never_refused() -> None:
    allowance = Allowance(per_second=60, at_once=150)

    assert all(allowance.takes(now=number * 0.02) for number in range(10_000))


def test_a_long_rest_saves_no_more_than_one_burst() -> None:
    allowance = Allowance(per_second=10, at_once=2)
    allowance.takes(now=0.0)

    assert [allowance.takes(now=3_600.0) for _ in range(3)] == [True, True, False]
