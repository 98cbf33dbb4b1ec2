"""A cough pauses a prompt, words stop it."""

from ivr.audio.barge_in import BargeIn, BargeInAct


def hear(barge_in: BargeIn, *pieces: tuple[bool, int]) -> list[tuple[int, BargeInAct]]:
    """(milliseconds since the start, act) for each act."""
    acts, at = [], 0
    for speech, long in pieces:
        for _ in range(long // 20):
            at += 20
            if act := barge_in.hear(speech):
                acts.append((at, act))
    return acts


def test_words_pause_the_prompt_at_300_ms_and_stop_it_at_700() -> None:
    assert hear(BargeIn(), (False, 1_000), (True, 900)) == [(1_300, BargeInAct.PAUSE), (1_700, BargeInAct.STOP)]


def test_a_cough_changes_nothing() -> None:
    assert hear(BargeIn(), (True, 280), (False, 400), (True, 280), (False, 400)) == []


def test_a_short_sound_pauses_and_the_prompt_goes_on() -> None:
    assert hear(BargeIn(), (True, 400), (False, 400)) == [(300, BargeInAct.PAUSE), (700, BargeInAct.RESUME)]


def test_a_gap_between_syllables_does_not_start_the_count_anew() -> None:
    acts = hear(BargeIn(), (True, 360), (False, 120), (True, 360))
    assert [act for _, act in acts] == [BargeInAct.PAUSE, BargeInAct.STOP]


def test_nothing_follows_a_stop() -> None:
    assert len(hear(BargeIn(), (True, 5_000), (False, 5_000))) == 2


def test_the_callers_last_words_do_not_interrupt_a_protected_start() -> None:
    assert hear(BargeIn(protected=200), (True, 480)) == []
    assert hear(BargeIn(protected=200), (True, 500)) == [(500, BargeInAct.PAUSE)]
