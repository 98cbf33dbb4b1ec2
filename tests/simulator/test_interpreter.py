"""Verbs on a virtual clock: what they wait for, what they ask next, how calls end."""

from __future__ import annotations

import pytest

from ivr.simulator.silent_leg import SilentLeg
from ivr.simulator.world import CarrierOptions, Party
from tests.simulator.scripted_line import ORIGIN, KeyingLeg, call, said

CLERK = "+351210000099"


def test_verbs_run_in_order_and_the_end_of_the_document_hangs_up() -> None:
    running, line = call({"/voice": "<Say>one</Say><Pause length='2'/><Say>two</Say>"}, status_callback="/status")
    assert said(running) == ["one", "two"]
    [form] = line.forms("/status")
    assert form["CallStatus"] == "completed"
    assert int(form["CallDuration"]) >= 2
    assert form["SequenceNumber"] == "0"


def test_a_leading_pause_does_not_answer() -> None:
    running, _ = call({"/voice": "<Pause length='3'/><Say>hello</Say>"})
    answered = running.call.log.of("status")[0]
    assert answered.details["status"] == "in-progress"
    assert answered.at_ms >= 2_980


def test_say_lasts_a_settable_time_a_character() -> None:
    running, _ = call({"/voice": "<Say>ten chars.</Say>"}, options=CarrierOptions(say_ms_per_character=100))
    assert running.air.frames == 50


@pytest.mark.parametrize(
    ("keys", "attributes", "digits"),
    [
        ({30: "4", 40: "7", 50: "#"}, "", "47"),
        ({30: "4", 40: "7", 50: "1"}, "numDigits='2'", "47"),
        ({30: "4", 40: "#"}, "finishOnKey='*' timeout='1'", "4#"),
        ({30: "4#"}, "finishOnKey='' numDigits='2'", "4#"),
    ],
)
def test_gather_ends_by_key_by_length_or_by_time(keys: dict[int, str], attributes: str, digits: str) -> None:
    document = f"<Gather action='/done' {attributes}/><Say>nothing came</Say>"
    running, line = call({"/voice": document, "/done": "<Hangup/>"}, KeyingLeg(keys))
    assert [form["Digits"] for form in line.forms("/done")] == [digits]
    assert said(running) == []


def test_a_key_stops_the_nested_prompt() -> None:
    document = f"<Gather numDigits='1' action='/done'><Say>{'long ' * 100}</Say></Gather>"
    running, _ = call({"/voice": document, "/done": "<Hangup/>"}, KeyingLeg({20: "5"}))
    assert running.air.frames < 40


def test_gather_waits_from_the_end_of_its_prompt_then_the_next_verb_follows() -> None:
    running, _ = call({"/voice": "<Gather timeout='3'><Say>ten chars.</Say></Gather><Say>later</Say>"})
    assert said(running) == ["ten chars.", "later"]
    assert running.call.log.of("gathered")[0].at_ms == pytest.approx(3_600, abs=60)


def test_empty_results_alternate_between_an_empty_and_an_absent_field() -> None:
    again = "<Gather timeout='1' actionOnEmptyResult='true' action='/voice'/>"
    _, line = call({"/voice": [again, again, again, again, "<Hangup/>"]})
    shapes = [form.get("Digits") for form in line.forms("/voice")[1:]]
    assert shapes == ["", None, "", None]


def test_without_an_action_gather_asks_the_document_it_stands_in() -> None:
    _, line = call({"/voice": ["<Gather numDigits='1'/>", "<Hangup/>"]}, KeyingLeg({10: "1"}))
    assert [form.get("Digits") for form in line.forms("/voice")] == [None, "1"]


def test_a_silent_message_falls_to_the_next_verb_and_is_reported_absent() -> None:
    document = (
        "<Record action='/done' timeout='2' recordingStatusCallback='/rec'"
        " recordingStatusCallbackEvent='completed absent'/><Say>next</Say>"
    )
    running, line = call({"/voice": document})
    assert said(running) == ["next"]
    assert line.forms("/done") == []
    assert [form["RecordingStatus"] for form in line.forms("/rec")] == ["absent"]


def test_a_message_ends_by_silence_and_its_recording_is_announced() -> None:
    document = "<Record action='/done' timeout='2' recordingStatusCallback='/rec'/>"
    _, line = call({"/voice": document, "/done": "<Hangup/>"}, KeyingLeg({}, speaks=range(30, 130)))
    [done] = line.forms("/done")
    assert int(done["RecordingDuration"]) in (4, 5)
    [announced] = line.forms("/rec")
    assert announced["RecordingUrl"] == done["RecordingUrl"]
    assert announced["RecordingStatus"] == "completed"


def test_a_message_that_ends_with_the_hang_up_is_still_told() -> None:
    document = "<Record action='/done' timeout='5'/>"
    _, line = call({"/voice": document}, KeyingLeg({}, speaks=range(30, 80), hangs_up_at=100))
    [done] = line.forms("/done")
    assert (done["Digits"], done["CallStatus"]) == ("hangup", "completed")


def test_the_caller_s_hang_up_ends_everything() -> None:
    running, line = call(
        {"/voice": "<Pause length='30'/><Redirect>/more</Redirect>"}, SilentLeg(2), status_callback="/s"
    )
    assert line.forms("/more") == []
    assert running.call.log.of("ended")[0].details["by"] == "caller"
    assert len(line.forms("/s")) == 1


@pytest.mark.parametrize(
    ("party", "status"),
    [
        (Party(after_s=2, talk_s=3), "completed"),
        (Party("busy", after_s=1), "busy"),
        (Party("no-answer"), "no-answer"),
        (Party("failed", after_s=0), "failed"),
        (Party(after_s=40), "no-answer"),
    ],
)
def test_dial_tells_how_it_went(party: Party, status: str) -> None:
    document = f"<Dial timeout='20' action='/after'><Number>{CLERK}</Number></Dial>"
    _, line = call({"/voice": document, "/after": "<Hangup/>"}, parties={CLERK: party})
    [form] = line.forms("/after")
    assert form["DialCallStatus"] == status
    assert form["DialBridged"] == ("true" if status == "completed" else "false")
    assert form["DialCallSid"].startswith("CA")


def test_a_whisper_that_hangs_up_declines() -> None:
    document = f"<Dial action='/after'><Number url='/whisper'>{CLERK}</Number></Dial>"
    _, line = call(
        {"/voice": document, "/whisper": "<Say>a call</Say><Hangup/>", "/after": "<Hangup/>"},
        parties={CLERK: Party(after_s=1)},
    )
    [whisper] = line.forms("/whisper")
    assert (whisper["Direction"], whisper["To"]) == ("outbound-dial", CLERK)
    assert line.forms("/after")[0]["DialCallStatus"] == "no-answer"


def test_answer_on_bridge_keeps_ringing_until_the_far_end_answers() -> None:
    document = f"<Dial answerOnBridge='true'><Number>{CLERK}</Number></Dial>"
    running, _ = call({"/voice": document}, parties={CLERK: Party(after_s=4, talk_s=1)})
    assert running.call.log.of("status")[0].at_ms >= 3_900


def test_the_wait_document_is_asked_for_again_and_leave_goes_on_behind_the_queue() -> None:
    documents = {
        "/voice": "<Enqueue waitUrl='/wait' action='/after'>desk</Enqueue>",
        "/wait": ["<Say>you are number one</Say>", "<Say>still</Say>", "<Leave/>"],
        "/after": "<Hangup/>",
    }
    running, line = call(documents)
    assert said(running) == ["you are number one", "still"]
    assert [form["QueuePosition"] for form in line.forms("/wait")] == ["1", "1", "1"]
    assert line.forms("/after")[0]["QueueResult"] == "leave"


def test_violations_are_kept_and_the_call_goes_on() -> None:
    running, _ = call({"/voice": "<Say voice='x' colour='red'>hello</Say><Sing/>"})
    assert said(running) == ["hello"]
    assert [violation.where for violation in running.violations] == ["Response/Say", "Response/Sing"]


def test_a_document_that_leads_to_itself_for_ever_is_noticed() -> None:
    running, _ = call({"/voice": f"<Redirect>{ORIGIN}/voice</Redirect>"})
    assert "more than 500 documents" in str(running.violations[0])


def test_status_callbacks_can_come_twice() -> None:
    _, line = call({"/voice": "<Say>x</Say>"}, options=CarrierOptions(status_doubled=True), status_callback="/s")
    first, second = line.forms("/s")
    assert first == second
