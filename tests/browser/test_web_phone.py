"""The web phone in a real browser, its far end an echo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from ivr.simulator.g711 import decode
from ivr.vocabulary import Samples
from tests.browser.conftest import open_page, write_bursts
from tests.simulator.phone.loop_back import LoopBackCall, LoopBackCarrier, telling
from tests.simulator.phone.served import ServedPhone, serve

pytestmark = pytest.mark.browser

SOUNDS = "() => Number(getComputedStyle(voice).getPropertyValue('--voice')) > 0.1"
"""True while the loudspeaker plays something that can be heard."""


def state(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_have_text(text, timeout=10_000)


def call(page: Page) -> None:
    page.get_by_role("button", name="Call", exact=True).click()
    state(page, "Connected")


def hang_up(page: Page, phone: ServedPhone) -> LoopBackCall:
    page.get_by_role("button", name="Hang up").click()
    state(page, "You hung up")
    placed = phone.carrier.call()
    assert placed.over.wait(5)
    return placed


def said(placed: LoopBackCall) -> Samples:
    return decode(b"".join(placed.said))


def loudest_hertz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples.astype(float)))
    return float(np.fft.rfftfreq(len(samples), 1 / 8_000)[np.argmax(spectrum)])


def test_the_page_is_ready_without_asking_for_anything(page: Page) -> None:
    expect(page).to_have_title("Web phone · Openline")
    state(page, "Ready to call")
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_enabled()


def test_a_call_carries_the_microphone_and_plays_the_line(page: Page, phone: ServedPhone) -> None:
    call(page)

    page.wait_for_function(SOUNDS, timeout=10_000)
    placed = hang_up(page, phone)

    assert placed.ended == "caller"
    assert loudest_hertz(said(placed)) == pytest.approx(700, abs=40)


def test_the_callers_sound_keeps_up_with_the_telephone(page: Page, phone: ServedPhone) -> None:
    call(page)
    page.wait_for_function("() => timer.textContent === '0:03'", timeout=10_000)

    frames = hang_up(page, phone).said

    # The microphone bursts for 0.3 s in every 0.8 s: a call that lost or doubled sound would miss or add bursts.
    loud = np.array([np.abs(decode(frame).astype(int)).max() > 500 for frame in frames])
    assert 3 <= np.count_nonzero(np.diff(loud.astype(int)) == 1) <= 6


def test_a_microphone_that_is_off_sends_silence(page: Page, phone: ServedPhone) -> None:
    page.get_by_role("switch", name="Microphone").click()
    call(page)
    page.wait_for_function("() => timer.textContent === '0:02'", timeout=10_000)

    assert not said(hang_up(page, phone)).any()


def test_keys_by_pointer_and_by_keyboard_reach_the_line_in_order(page: Page, phone: ServedPhone) -> None:
    call(page)

    page.keyboard.type("47*")
    for name in ("0 person", "pound slower", "star again"):
        page.get_by_role("button", name=name).click()

    expect(page.locator("#keyed")).to_have_text("••••••")
    assert hang_up(page, phone).keys == "47*0#*"


def test_the_computers_keyboard_can_be_kept_for_other_things(page: Page, phone: ServedPhone) -> None:
    page.get_by_text("Settings").click()
    page.get_by_label("My keyboard's digits").uncheck()
    call(page)

    page.keyboard.type("123")

    assert hang_up(page, phone).keys == ""


def test_keys_before_the_call_say_what_to_do(page: Page) -> None:
    page.get_by_role("button", name="5 why?").click()

    expect(page.locator("#hint")).to_have_text("The keys work during a call. Press Call first.")


def test_a_whole_call_needs_no_pointer(page: Page, phone: ServedPhone) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the call button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    state(page, "Connected")
    page.keyboard.press("1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("switch", name="Microphone")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("switch", name="Microphone")).not_to_be_checked()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")

    state(page, "You hung up")
    placed = phone.carrier.call()
    assert placed.over.wait(5)
    assert placed.keys == "1"


def test_a_recording_replaces_the_microphone(page: Page, phone: ServedPhone, tmp_path: Path) -> None:
    write_bursts(tmp_path / "caller.wav", hertz=1_200)
    page.get_by_text("Settings").click()
    page.get_by_label("A recording instead of the microphone").check()
    page.get_by_label("Recording (WAV file)").set_input_files(tmp_path / "caller.wav")
    call(page)

    page.get_by_role("button", name="Speak the recording").click()
    page.wait_for_function(SOUNDS, timeout=10_000)
    expect(page.get_by_role("button", name="Speak the recording")).to_be_enabled()

    assert loudest_hertz(said(hang_up(page, phone))) == pytest.approx(1_200, abs=40)


def test_a_file_without_sound_is_said_to_be_none(page: Page, phone: ServedPhone, tmp_path: Path) -> None:
    (tmp_path / "letter.wav").write_bytes(b"Dear citizen")
    page.get_by_text("Settings").click()
    page.get_by_label("A recording instead of the microphone").check()
    page.get_by_label("Recording (WAV file)").set_input_files(tmp_path / "letter.wav")
    call(page)

    page.get_by_role("button", name="Speak the recording").click()

    expect(page.get_by_role("alert")).to_contain_text("holds no sound")


def test_without_a_microphone_the_keys_still_work(browser: Browser, phone: ServedPhone) -> None:
    for page in open_page(browser, phone.url):
        page.evaluate(
            """() => { navigator.mediaDevices.getUserMedia = async () => {
                 throw new DOMException("none", "NotFoundError"); }; }"""
        )
        call(page)

        expect(page.get_by_role("alert")).to_contain_text("No microphone (NotFoundError)")
        page.keyboard.press("4")
        assert hang_up(page, phone).keys == "4"


def test_leaving_the_page_hangs_up(page: Page, phone: ServedPhone) -> None:
    call(page)

    page.goto("about:blank")

    assert phone.carrier.call().over.wait(10)
    assert phone.carrier.call().ended == "caller"


def test_a_second_call_follows_the_first(page: Page, phone: ServedPhone) -> None:
    call(page)
    hang_up(page, phone)

    call(page)

    assert phone.carrier.call(1).ended == ""


TOLD: list[dict[str, Any]] = [
    {"kind": "prompt_started", "prompt": "greeting", "text": "Good day. This is the agency's assistant."},
    {"kind": "prompt_finished", "prompt": "greeting"},
    {"kind": "caller_spoke", "text": "when is my <b>payment</b>", "intent": "ask_payment_date"},
    {"kind": "keys", "count": 8},
    {"kind": "prompt_started", "prompt": "ask_for_pin", "text": "Please key in your telephone PIN."},
    {"kind": "listening", "expect": "digits:8"},
]


@pytest.fixture
def telling_phone() -> Iterator[ServedPhone]:
    """A line that tells what it says; its far end hangs up at 9."""
    yield from serve(telling(*TOLD), LoopBackCarrier(hangs_up_on="9"))


@pytest.fixture
def told(browser: Browser, telling_phone: ServedPhone) -> Iterator[Page]:
    """A call in which all of it was told."""
    for page in open_page(browser, telling_phone.url):
        call(page)
        expect(page.locator("#hint")).to_have_text("Listening: 8 digits, spoken or by keys.", timeout=10_000)
        yield page


def test_captions_show_what_was_said_and_mark_what_was_only_heard(told: Page) -> None:
    bubbles = told.get_by_role("log").locator(".bubble")

    expect(bubbles).to_have_text(
        [
            "OpenlineGood day. This is the agency's assistant.",
            "You, as it was heardProvisionalwhen is my <b>payment</b>",
            "Youpressed 8 keys",
            "OpenlinePlease key in your telephone PIN.",
        ]
    )


def test_captions_are_read_aloud_only_where_that_is_wished(told: Page) -> None:
    log = told.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "off")

    told.get_by_text("Settings").click()
    told.get_by_label("My screen reader reads the captions").check()

    expect(log).to_have_attribute("aria-live", "polite")


def test_the_newest_caption_stays_in_sight_when_the_page_changes_its_shape(told: Page) -> None:
    newest = told.get_by_role("log").locator(".bubble").last

    for height in (900, 500):
        told.set_viewport_size({"width": 360, "height": height})
        told.wait_for_function("() => captions.scrollHeight - captions.scrollTop - captions.clientHeight < 2")

    expect(newest).to_contain_text("telephone PIN")


def test_inside_a_number_the_keys_are_digits_and_are_shown(told: Page) -> None:
    expect(told.get_by_role("button", name="pound finished")).to_be_visible()

    told.keyboard.type("471")

    expect(told.locator("#keyed")).to_have_text("471")


def test_the_line_may_hang_up_first(told: Page) -> None:
    told.keyboard.press("9")

    state(told, "The line has ended the call")
    expect(told.get_by_role("button", name="Call", exact=True)).to_be_visible()


def test_a_pin_is_never_shown(browser: Browser) -> None:
    timeline = telling({"kind": "listening", "expect": "pin:6"})
    for phone in serve(timeline, LoopBackCarrier()):
        for page in open_page(browser, phone.url):
            call(page)
            expect(page.locator("#hint")).to_contain_text("Key in the PIN", timeout=10_000)

            page.keyboard.type("471108")

            expect(page.locator("#keyed")).to_have_text("••••••")
