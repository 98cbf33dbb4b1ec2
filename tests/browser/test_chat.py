"""The chat of the web phone in a real browser: by keyboard, for screen readers, and nothing of a PIN to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ivr.simulator.phone.chat import Typed
from tests.browser.conftest import open_page
from tests.browser.test_accessibility import SMALL_SCREEN, violations
from tests.simulator.phone.loop_back import LoopBackCarrier, telling
from tests.simulator.phone.served import ServedPhone, serve

pytestmark = pytest.mark.browser

PIN = "434835"
CONVERSATION = "CH" + "0" * 32


class Line:
    """Answers a chat: a question with choices, then the PIN, then the end."""

    def __init__(self) -> None:
        self.typed: list[Typed] = []

    def __call__(self, typed: Typed) -> dict[str, Any]:
        self.typed.append(typed)
        paragraphs, wants_pin, is_over = (
            (["Good-bye."], False, True)
            if typed.secret
            else (["Now type your secret PIN."], True, False)
            if typed.body
            else (["What do you need?", "1 My payment", "2 My claim"], False, False)
        )
        return {"conversation": CONVERSATION, "paragraphs": paragraphs, "wants_pin": wants_pin, "is_over": is_over}


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def chat_phone(line: Line) -> Iterator[ServedPhone]:
    yield from serve(telling(), LoopBackCarrier(), chat=line)


@pytest.fixture
def chat(browser: Browser, chat_phone: ServedPhone) -> Iterator[Page]:
    yield from open_page(browser, chat_phone.url)


def log(page: Page) -> Any:
    return page.get_by_role("log", name="Or write")


def begin(page: Page) -> None:
    page.get_by_role("button", name="Begin a chat").focus()
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("What do you need?", timeout=10_000)


def test_by_keyboard_alone_from_the_first_word_to_good_bye(chat: Page, line: Line) -> None:
    begin(chat)
    expect(chat.get_by_label("Your message")).to_be_focused()
    chat.keyboard.type("when does my money come? 1")
    chat.keyboard.press("Enter")
    expect(chat.get_by_label("Your PIN")).to_be_focused()
    chat.keyboard.type(PIN)
    expect(chat.get_by_label("Your PIN")).to_have_attribute("type", "password")
    chat.keyboard.press("Enter")
    expect(log(chat)).to_contain_text("Good-bye.")
    expect(chat.get_by_role("button", name="Begin a new chat")).to_be_focused()
    assert [(typed.body, typed.secret) for typed in line.typed] == [
        ("", ""),
        ("when does my money come? 1", ""),
        ("", PIN),
    ]
    assert {typed.conversation for typed in line.typed[1:]} == {CONVERSATION}


def test_the_pin_is_nowhere_on_the_page_once_it_is_sent(chat: Page) -> None:
    begin(chat)
    chat.get_by_role("button", name="1 My payment").click()
    chat.get_by_label("Your PIN").fill(PIN)
    chat.keyboard.press("Enter")
    expect(log(chat)).to_contain_text("(PIN, hidden)")
    assert PIN not in chat.content()
    assert PIN not in chat.evaluate("[...document.querySelectorAll('input')].map((field) => field.value).join(' ')")
    assert PIN not in chat.url


def test_a_choice_can_be_pressed(chat: Page, line: Line) -> None:
    begin(chat)
    chat.get_by_role("button", name="2 My claim").click()
    expect(log(chat)).to_contain_text("Now type your secret PIN.")
    assert line.typed[-1].body == "2"
    expect(chat.get_by_role("button", name="2 My claim")).to_have_count(0)


def test_what_is_typed_there_is_no_key_of_the_telephone(chat: Page) -> None:
    begin(chat)
    chat.keyboard.type("0123")
    expect(chat.get_by_label("Your message")).to_have_value("0123")


def test_words_of_the_line_are_text_and_never_markup(browser: Browser) -> None:
    evil = {
        "conversation": CONVERSATION,
        "paragraphs": ["<img src=x onerror=alert(1)>"],
        "wants_pin": False,
        "is_over": False,
    }
    for phone in serve(telling(), LoopBackCarrier(), chat=lambda typed: evil):
        for page in open_page(browser, phone.url):
            page.get_by_role("button", name="Begin a chat").click()
            expect(log(page)).to_contain_text("<img src=x")
            assert log(page).locator("img").count() == 0


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, SMALL_SCREEN], ids=["desk", "pocket"])
def test_axe_finds_nothing_in_a_chat(
    browser: Browser, chat_phone: ServedPhone, colors: str, viewport: dict[str, int]
) -> None:
    for page in open_page(browser, chat_phone.url, color_scheme=colors, viewport=viewport):
        assert violations(page) == []
        begin(page)
        assert violations(page) == []
        page.get_by_role("button", name="1 My payment").click()
        expect(page.get_by_label("Your PIN")).to_be_focused()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_everything_to_press_in_the_chat_is_large_enough(browser: Browser, chat_phone: ServedPhone) -> None:
    for page in open_page(browser, chat_phone.url, viewport=SMALL_SCREEN):
        begin(page)
        targets = page.locator(".chat button:visible, .chat input:visible").all()
        boxes = [target.bounding_box() for target in targets]
        assert len(boxes) == 4
        assert all(box is not None and box["height"] >= 44 and box["width"] >= 44 for box in boxes)
