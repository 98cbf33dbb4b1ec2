"""Our own voice from the caller's telephone is not the caller."""

from ivr.audio.echo import EchoGate


def test_while_nothing_plays_any_level_may_be_speech() -> None:
    assert EchoGate().hear(-70.0, None) == float("-inf")


def test_while_we_play_speech_must_stand_above_the_line_and_the_echo() -> None:
    gate = EchoGate()
    assert gate.hear(-70.0, -26.0) == -45.0


def test_a_loud_echo_raises_the_bar_once_it_is_learned() -> None:
    gate = EchoGate()
    for _ in range(200):
        threshold = gate.hear(-50.0, -26.0)
    assert gate.coupling == -24.0
    assert threshold == -26.0 - 24.0 + 6.0
    assert not gate.too_strong


def test_a_speaker_phone_is_recognized() -> None:
    gate = EchoGate()
    for _ in range(200):
        gate.hear(-40.0, -26.0)
    assert gate.too_strong


def test_a_caller_who_talks_over_half_of_the_greeting_is_not_taken_for_echo() -> None:
    gate = EchoGate()
    for number in range(400):
        gate.hear(-25.0 if number % 100 < 50 else -75.0, -26.0)
    assert gate.coupling < -40


def test_the_bar_stays_while_the_echo_may_still_arrive() -> None:
    gate = EchoGate()
    gate.hear(-60.0, -26.0)
    assert gate.hear(-60.0, None) == float("-inf")
    for _ in range(25):
        gate.hear(-60.0, -26.0)
    assert gate.hear(-60.0, None) == -45.0
