"""The port's promises: sound without gaps, marks that mean something, an end that is told once."""

import base64
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.audio import mulaw
from ivr.calls.line import Audio, Ended, Flushed, Heard, KeyPressed, Line, Played
from ivr.telephony.stream_socket import LONGEST_QUEUE, StreamSocket
from ivr.telephony.twilio_line import TwilioLine
from ivr.vocabulary import Milliseconds
from tests.telephony.line_under_test import Time
from tests.telephony.scripted_socket import STREAM, ScriptedSocket, event, key, mark, media

WAIT = Milliseconds(20)


class Stand:
    """A line over a scripted socket."""

    def __init__(self) -> None:
        self.server = ScriptedSocket()
        self.time = Time()
        self.line = TwilioLine(StreamSocket(self.server), STREAM, self.time)

    def hears(self, *incoming: str | bytes | None) -> list[Heard]:
        """What one hear() yields of these messages and nothing more."""
        self.server.incoming.extend([*incoming, None])
        return list(self.line.hear(WAIT))

    def sent(self, kind: str) -> list[str]:
        """The events of one kind that left: payload or name."""
        fields = {"media": "payload", "mark": "name"}
        return [message[kind][fields[kind]] for message in self.server.sent if message["event"] == kind]

    def kinds(self) -> list[str]:
        """The events that left, in order."""
        return [message["event"] for message in self.server.sent]


@pytest.fixture
def stand() -> Iterator[Stand]:
    stand = Stand()
    yield stand
    stand.server.done()


def silence(milliseconds: int) -> np.ndarray:
    return np.zeros(milliseconds * 8, dtype=np.int16)


def test_it_is_a_line(stand: Stand) -> None:
    line: Line = stand.line
    assert list(line.hear(WAIT)) == [Ended("error")]


def test_a_frame_comes_as_samples_with_its_stamp(stand: Stand) -> None:
    (heard,) = stand.hears(media(2, 88, bytes(range(160))))
    assert isinstance(heard, Audio)
    assert heard.at == 88
    assert heard.samples.dtype == np.int16
    assert heard.samples.tolist() == mulaw.expand(bytes(range(160))).tolist()


def test_hearing_waits_for_the_first_message_alone(stand: Stand) -> None:
    stand.hears(media(2, 80), media(3, 100))
    assert stand.server.waits == [0.02, 0.0, 0.0]


def test_nothing_heard_is_nothing_yielded(stand: Stand) -> None:
    assert stand.hears() == []
    assert stand.server.waits == [0.02]


def test_a_flood_is_read_in_pieces_so_that_the_call_can_work(stand: Stand) -> None:
    heard = stand.hears(*(media(number, 20 * number) for number in range(2, 302)))
    assert 50 < len(heard) < 150


def test_a_gap_is_filled_with_silence_of_its_length(stand: Stand) -> None:
    heard = stand.hears(media(2, 80), media(3, 100), media(4, 200))
    assert [event.at for event in heard if isinstance(event, Audio)] == [80, 100, 120, 140, 160, 180, 200]
    assert all(not event.samples.any() for event in heard[2:6] if isinstance(event, Audio))


def test_the_beginning_is_no_gap_and_jitter_is_none(stand: Stand) -> None:
    heard = stand.hears(media(2, 102), media(3, 125), media(4, 141), media(5, 163))
    assert [event.at for event in heard if isinstance(event, Audio)] == [102, 125, 141, 163]


@settings(deadline=None)  # a busy machine is no defect
@given(st.lists(st.integers(20, 400), min_size=1, max_size=20))
def test_audio_time_never_lags_behind_the_stamps_by_a_frame(steps: list[int]) -> None:
    stand = Stand()
    stamps = np.cumsum([80, *steps]).tolist()
    frames: list[Audio] = []
    for number, at in enumerate(stamps):
        frames += [heard for heard in stand.hears(media(number + 2, at)) if isinstance(heard, Audio)]
    stand.server.done()
    ends = [frame.at + 20 for frame in frames]
    starts = [frame.at for frame in frames[1:]]
    assert all(0 <= start - end < 20 for start, end in zip(starts, ends, strict=False))


@pytest.mark.parametrize("late", [media(3, 80), media(3, 100), media(2, 140), media(4, 30_000)])
def test_a_late_repeated_or_impossible_frame_is_dropped_and_counted(stand: Stand, late: str) -> None:
    heard = stand.hears(media(2, 80), media(3, 100), late, media(5, 120))
    assert [event.at for event in heard if isinstance(event, Audio)] == [80, 100, 120]
    assert stand.line.dropped.total() == 1


def test_keys_come_one_by_one(stand: Stand) -> None:
    assert stand.hears(key(2, "4"), key(3, "#"), key(3, "#")) == [KeyPressed("4"), KeyPressed("#")]


@pytest.mark.parametrize(
    "bad", ["nonsense", b"\x00", "[]", event("media", 9), key(9, "A"), '{"event":"start"}', "x" * 20_000]
)
def test_a_bad_message_is_dropped_and_the_call_goes_on(stand: Stand, bad: str | bytes) -> None:
    assert stand.hears(bad, key(10, "1")) == [KeyPressed("1")]
    assert stand.line.dropped.total() == 1


def test_another_streams_message_is_dropped(stand: Stand) -> None:
    foreign = event("dtmf", 2, stream="MZ" + "d" * 32, digit="1")
    assert stand.hears(foreign, event("stop", 3, stream="MZ" + "d" * 32), key(2, "2")) == [KeyPressed("2")]


def test_events_of_tomorrow_are_not_even_counted(stand: Stand) -> None:
    assert stand.hears(event("weather", 2), key(3, "1")) == [KeyPressed("1")]
    assert stand.line.dropped.total() == 0


def test_a_stream_of_nonsense_ends_cleanly(stand: Stand) -> None:
    heard: list[Heard] = []
    for _ in range(3):
        heard += stand.hears(*["nonsense"] * 60)
    assert heard == [Ended("error")]
    assert stand.server.closes == [(1008, "too many bad messages")]


def test_sound_leaves_in_whole_frames_of_at_most_100_ms(stand: Stand) -> None:
    stand.line.play(silence(250))
    stand.line.play(silence(15))
    assert [len(base64.b64decode(payload)) for payload in stand.sent("media")] == [800, 800, 320, 160]


def test_a_ragged_piece_waits_for_what_follows(stand: Stand) -> None:
    stand.line.play(silence(15))
    assert stand.kinds() == []
    stand.line.play(silence(5))
    assert stand.kinds() == ["media"]


def test_a_mark_pushes_the_rest_out_before_itself(stand: Stand) -> None:
    stand.line.play(silence(15))
    stand.line.mark("greeting")
    assert stand.kinds() == ["media", "mark"]
    stand.line.mark("again")
    assert stand.kinds() == ["media", "mark", "mark"]


@settings(deadline=None)  # a busy machine is no defect
@given(st.lists(st.integers(0, 900), max_size=12))
def test_no_sample_is_lost_between_pieces_of_any_length(lengths: list[int]) -> None:
    stand = Stand()
    sound = np.arange(sum(lengths), dtype=np.int64).astype(np.int16)
    start = 0
    for length in lengths:
        stand.line.play(sound[start : start + length])
        start += length
    stand.line.mark("end")
    stand.server.done()
    heard = b"".join(base64.b64decode(payload) for payload in stand.sent("media"))
    assert len(heard) % 160 == 0
    assert heard.rstrip(b"\xff") == mulaw.compress(sound).rstrip(b"\xff")


def test_a_mark_that_comes_back_was_played(stand: Stand) -> None:
    stand.line.mark("greeting")
    stand.line.mark("question")
    assert stand.sent("mark") == ["g1.s1", "g1.s2"]
    assert stand.hears(mark(2, "g1.s1"), mark(3, "g1.s2")) == [Played("greeting"), Played("question")]


def test_marks_that_come_back_after_a_flush_were_not_heard(stand: Stand) -> None:
    stand.line.mark("one")
    stand.line.mark("two")
    assert stand.hears(mark(2, "g1.s1")) == [Played("one")]
    stand.line.flush()
    stand.line.mark("three")
    assert stand.kinds() == ["mark", "mark", "clear", "mark"]
    assert stand.hears(mark(3, "g1.s2"), mark(4, "g2.s1")) == [Flushed("two"), Played("three")]


def test_a_flush_in_mid_reading_counts_for_what_is_read_after_it(stand: Stand) -> None:
    stand.line.mark("one")
    stand.server.incoming.extend([key(2, "1"), mark(3, "g1.s1"), None])
    heard = stand.line.hear(WAIT)
    assert next(heard) == KeyPressed("1")
    stand.line.flush()
    assert list(heard) == [Flushed("one")]


def test_the_same_token_may_be_marked_twice(stand: Stand) -> None:
    stand.line.mark("again")
    stand.line.flush()
    stand.line.mark("again")
    assert stand.hears(mark(2, "g1.s1"), mark(3, "g2.s1")) == [Flushed("again"), Played("again")]


@pytest.mark.parametrize("name", ["g1.s2", "g2.s1", "g1.s1.", "x"])
def test_a_mark_that_was_never_sent_is_dropped(stand: Stand, name: str) -> None:
    stand.line.mark("one")
    assert stand.hears(mark(2, name)) == []
    assert stand.line.dropped == {"a mark that is not out": 1}


def test_a_mark_comes_back_once(stand: Stand) -> None:
    stand.line.mark("one")
    assert stand.hears(mark(2, "g1.s1"), mark(3, "g1.s1")) == [Played("one")]


def test_a_flush_forgets_the_ragged_rest(stand: Stand) -> None:
    stand.line.play(silence(15))
    stand.line.flush()
    stand.line.mark("new")
    assert stand.kinds() == ["clear", "mark"]


def test_the_caller_hangs_up(stand: Stand) -> None:
    assert stand.hears(key(2, "1"), event("stop", 3, accountSid="x")) == [KeyPressed("1"), Ended("caller")]
    assert stand.hears(key(4, "2")) == []


def test_a_broken_connection_is_an_error_told_once(stand: Stand) -> None:
    assert list(stand.line.hear(WAIT)) == [Ended("error")]
    assert list(stand.line.hear(WAIT)) == []


def test_leaving_closes_and_is_told_as_ours(stand: Stand) -> None:
    stand.line.leave()
    stand.line.leave()
    assert stand.server.closes == [(1000, "")]
    assert list(stand.line.hear(WAIT)) == [Ended("us")]
    assert list(stand.line.hear(WAIT)) == []


def test_leaving_after_the_caller_did_changes_nothing(stand: Stand) -> None:
    assert stand.hears(event("stop", 2, accountSid="x")) == [Ended("caller")]
    stand.line.leave()
    assert list(stand.line.hear(WAIT)) == []


def test_after_the_end_nothing_is_sent_and_nothing_raised(stand: Stand) -> None:
    stand.line.leave()
    stand.line.play(silence(20))
    stand.line.mark("late")
    stand.line.flush()
    assert stand.server.sent == []


def test_a_connection_that_breaks_while_we_speak_is_told_by_hearing(stand: Stand) -> None:
    stand.server.connected = False
    stand.line.play(silence(20))
    assert list(stand.line.hear(WAIT)) == [Ended("error")]


def test_a_carrier_that_falls_silent_is_gone_after_ten_seconds(stand: Stand) -> None:
    assert stand.hears() == []
    stand.time.now += 9.9
    assert stand.hears() == []
    stand.time.now += 0.2
    assert stand.hears() == [Ended("error")]
    assert stand.server.closes == [(1008, "silent")]


def test_speaking_never_waits_for_a_carrier_that_does_not_read(stand: Stand) -> None:
    stand.server.fill()
    stand.line.play(silence(500))
    stand.line.mark("greeting")
    assert stand.kinds() == []
    stand.server.read_all()
    assert stand.hears() == []
    assert stand.kinds() == ["media"] * 5 + ["mark"]


def test_a_flush_purges_what_has_not_left_and_its_marks_come_back_at_once(stand: Stand) -> None:
    stand.line.mark("left")
    stand.server.fill()
    stand.line.play(silence(100))
    stand.line.mark("stuck")
    stand.line.flush()
    assert stand.hears() == [Flushed("stuck")]
    assert stand.server.waits[0] == 0.0, "an event that is there already is not waited for"
    stand.server.read_all()
    assert stand.hears(mark(2, "g1.s1")) == [Flushed("left")]
    assert stand.kinds() == ["mark", "clear"]


def test_a_carrier_that_never_reads_again_is_given_up(stand: Stand) -> None:
    stand.server.fill()
    for _ in range(LONGEST_QUEUE + 1):
        stand.line.play(silence(20))
    assert stand.hears() == [Ended("error")]
    assert stand.server.closes == [], "a close frame would wait in the same queue"
    stand.server.read_all()
    stand.server.peer.setblocking(True)
    assert stand.server.peer.recv(1) == b""
