"""The line by keys alone, walked as a caller walks it: recognizer, dialogue and voice are all away."""

from pathlib import Path

import pytest

import dialogues
from ivr.conversation.prompt_files import load_prompts
from ivr.telephony.call_back import readable_number
from ivr.telephony.ports import StaffNumber
from ivr.telephony.wording import PromptWording
from ivr.vocabulary import Language
from tests.telephony.line_under_test import CALL, CALLER, Document, LineUnderTest

STAFF = StaffNumber("+15550001111")


@pytest.fixture
def line() -> LineUnderTest:
    line = LineUnderTest()
    line.switches.ready = False
    return line


def press(line: LineUnderTest, document: Document, keys: str, **fields: str) -> Document:
    return line.document(document.action, Digits=keys, **fields)


def silence(line: LineUnderTest, document: Document) -> Document:
    """The carrier sends Digits empty or not at all."""
    return line.document(document.action)


def test_zero_dials_a_person(line: LineUnderTest) -> None:
    line.switches.staff = STAFF
    document = press(line, line.document("/voice"), "0")
    assert document.said == ["keypad_person"]
    assert document.verbs == ["Say", "Dial", "Redirect"]


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed", "canceled", ""])
def test_a_person_who_cannot_be_reached_calls_back(line: LineUnderTest, status: str) -> None:
    line.switches.staff = STAFF
    dialed = press(line, line.document("/voice"), "0")
    document = line.document(dialed.action, DialCallStatus=status)
    assert document.said[0] == "keypad_not_reached"
    booked = press(line, press(line, document, "1"), "2")
    assert booked.said == ["keypad_call_back_booked 0 0 0 0 0 0 1"]
    assert line.call_backs.booked == {CALL: (CALLER, "afternoon", "staff_not_reached")}


@pytest.mark.parametrize("status", ["completed", "answered"])
def test_after_a_talk_with_a_person_the_call_ends(line: LineUnderTest, status: str) -> None:
    line.switches.staff = STAFF
    dialed = press(line, line.document("/voice"), "0")
    assert line.document(dialed.action, DialCallStatus=status).verbs == ["Hangup"]


def test_one_takes_a_message_once(line: LineUnderTest) -> None:
    record = press(line, line.document("/voice"), "1")
    assert record.verbs == ["Say", "Record", "Redirect"]
    recording = "RE" + "e" * 32
    told = {"RecordingUrl": f"https://api.example.org/Recordings/{recording}", "RecordingDuration": "17"}
    kept = line.document(record.action, Digits="#", **told)
    assert line.document(record.action, Digits="#", **told).text == kept.text
    assert kept.said == ["keypad_message_kept"]
    assert line.voice_messages.lengths == {recording: 17}
    assert line.post("/voice/record/status", RecordingSid=recording, RecordingStatus="completed").status_code == 204
    assert line.voice_messages.states == {recording: "completed"}
    assert silence(line, kept).verbs == ["Say", "Hangup"]


def test_hanging_up_ends_a_message_and_loses_nothing(line: LineUnderTest) -> None:
    record = press(line, line.document("/voice"), "1")
    line.document(record.action, Digits="hangup", RecordingSid="RE" + "e" * 32, RecordingDuration="4")
    assert line.voice_messages.lengths == {"RE" + "e" * 32: 4}


def test_an_empty_message_leads_back_to_the_menu(line: LineUnderTest) -> None:
    record = press(line, line.document("/voice"), "1")
    assert line.document(record.redirect).said == ["keypad_menu_again"]


def test_after_a_message_any_key_leads_to_the_menu(line: LineUnderTest) -> None:
    kept = line.document(press(line, line.document("/voice"), "1").action, RecordingSid="RE" + "e" * 32)
    onward = press(line, kept, "4")
    assert onward.verbs == ["Redirect"]
    assert line.document(onward.redirect).said == ["keypad_menu"]


def test_a_call_back_for_the_number_that_rings(line: LineUnderTest) -> None:
    confirm = press(line, line.document("/voice"), "2")
    assert confirm.said == ["keypad_call_back_confirm + 1 5 5 5 2 3 4 5 6 7 8"]
    window = press(line, confirm, "1")
    assert window.said == ["keypad_call_back_window"]
    booked = press(line, window, "1")
    assert line.call_backs.booked == {CALL: (CALLER, "morning", "keys")}
    again = press(line, booked, "*")
    assert again.said == booked.said
    assert silence(line, again).verbs == ["Say", "Hangup"]


def test_a_booking_that_is_repeated_is_one_booking_with_one_reference(line: LineUnderTest) -> None:
    window = press(line, press(line, press(line, line.document("/voice"), "2"), "1"), "3")
    assert press(line, window, "5").said == window.said
    assert len(line.call_backs.booked) == 1


def test_another_number_is_keyed_read_back_and_corrected(line: LineUnderTest) -> None:
    number = press(line, press(line, line.document("/voice"), "2"), "2")
    gather = number.root.find("Gather")
    assert gather is not None
    assert gather.attrib["finishOnKey"] == "#"
    assert "numDigits" not in gather.attrib
    assert number.said == ["keypad_call_back_number"]
    wrong = press(line, number, "2025550143")
    assert wrong.said == ["keypad_call_back_confirm + 1 2 0 2 5 5 5 0 1 4 3"]
    again = press(line, wrong, "2")
    right = press(line, again, "99*2025550144")
    assert right.said == ["keypad_call_back_confirm + 1 2 0 2 5 5 5 0 1 4 4"]
    press(line, press(line, right, "1"), "3")
    assert line.call_backs.booked == {CALL: ("+12025550144", "any", "keys")}


@pytest.mark.parametrize("caller", ["anonymous", "", "sip:ruth@example.org", "+266696687"])
def test_a_caller_without_a_number_is_asked_for_one(line: LineUnderTest, caller: str) -> None:
    document = line.document(line.document("/voice", From=caller).action, Digits="2", From=caller)
    assert document.said == ["keypad_call_back_number"]


def test_star_twice_inside_a_number_asks_for_a_person(line: LineUnderTest) -> None:
    line.switches.staff = STAFF
    number = press(line, press(line, line.document("/voice"), "2"), "2")
    onward = press(line, number, "55**")
    assert "Dial" in line.document(onward.redirect).verbs


@pytest.mark.parametrize("route_to_question", [["2"], ["2", "1"]])
def test_zero_asks_for_a_person_in_every_question_of_a_call_back(
    line: LineUnderTest, route_to_question: list[str]
) -> None:
    line.switches.staff = STAFF
    document = line.document("/voice")
    for keys in route_to_question:
        document = press(line, document, keys)
    assert "Dial" in line.document(press(line, document, "0").redirect).verbs


def test_no_number_ever_stands_in_an_address(line: LineUnderTest) -> None:
    number = press(line, press(line, line.document("/voice"), "2"), "2")
    confirm = press(line, number, "2025550143")
    assert "5550143" not in confirm.action
    assert CALLER.removeprefix("+1") not in press(line, confirm, "1").action


def test_office_hours_are_said_and_the_menu_again(line: LineUnderTest) -> None:
    assert press(line, line.document("/voice"), "3").said == ["keypad_office_hours", "keypad_menu"]


@pytest.mark.parametrize("key", ["4", "*", "7", "#"])
def test_any_other_key_says_the_menu_again_and_blames_nobody(line: LineUnderTest, key: str) -> None:
    assert press(line, line.document("/voice"), key).said == ["keypad_menu"]


def test_silence_is_met_by_more_time_and_then_by_a_person(line: LineUnderTest) -> None:
    line.switches.staff = STAFF
    document = line.document("/voice")
    for _ in range(2):
        document = silence(line, document)
        assert document.said == ["keypad_menu_again"]
        gather = document.root.find("Gather")
        assert gather is not None
        assert gather.attrib["timeout"] == "15"
    assert silence(line, document).verbs == ["Say", "Dial", "Redirect"]


def test_whoever_never_presses_a_key_is_called_back_and_no_loop_is_endless(line: LineUnderTest) -> None:
    document, steps = line.document("/voice"), 0
    while document.verbs[-1] != "Hangup":
        document, steps = silence(line, document), steps + 1
        assert steps < 20
    assert line.call_backs.booked == {CALL: (CALLER, "any", "nobody_there_unconfirmed")}


def test_a_silent_caller_without_a_number_is_let_go_kindly(line: LineUnderTest) -> None:
    document = line.document("/voice", From="anonymous")
    document = line.document(document.action, Digits="2", From="anonymous")
    for _ in range(2):
        document = line.document(document.action, From="anonymous", Digits="")
        assert document.said == ["keypad_call_back_number_again"]
    end = line.document(document.action, From="anonymous")
    assert (end.said, end.verbs) == (["keypad_goodbye"], ["Say", "Hangup"])
    assert "line_silent" in line.notes.events()


def test_every_question_goes_on_at_its_answer_when_the_carrier_falls_through(line: LineUnderTest) -> None:
    document = line.document("/voice")
    for keys in ["2", "2", "2025550143", "1", "1"]:
        assert document.redirect == document.action
        document = press(line, document, keys)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2025550143", "+12025550143"),
        ("12025550143", "+12025550143"),
        ("011442079460123", "+442079460123"),
        ("+442079460123", "+442079460123"),
        ("0", ""),
        ("12", ""),
        ("99999999999999999999", ""),
        ("anonymous", ""),
        ("", ""),
    ],
)
def test_numbers_are_read_as_people_key_them(text: str, number: str) -> None:
    assert readable_number(text, "US") == number


def test_the_whole_line_speaks_the_words_of_the_prompt_files(line: LineUnderTest) -> None:
    prompts = load_prompts(Path(dialogues.__file__).parent / "prompts")
    line.switches.staff = STAFF
    line.speak_with(PromptWording(prompts, lambda _: Language("en")))
    document = line.document("/voice")
    said = document.said
    for keys in ["3", "", "2", "2", "2025550143", "1", "1"]:
        document = press(line, document, keys)
        said = said + document.said
    assert "press zero" in said[1]
    assert "1 2 0 2 5 5 5 0 1 4 3" in " ".join(said)
    assert "0 0 0 0 0 0 1" in said[-1]
    assert "Dial" in press(line, line.document("/voice?n=90"), "0").verbs
