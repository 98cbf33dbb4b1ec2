"""A newcomer's first call: browser, simulated carrier, and all of the line's processes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, expect

from ivr.simulator.phone.examples import Example, examples_in
from tests.browser.conftest import open_page

pytestmark = [pytest.mark.line, pytest.mark.browser]

ROOT = Path(__file__).parents[2]
QUESTION = ROOT / "audio_samples" / "en" / "callers" / "flite-slt" / "when-is-my-next-payment.wav"
A_TURN = 30_000
"""Milliseconds that a prompt and its answer may take on a machine that runs the whole line and a browser beside it."""


class RunningLine(Protocol):
    """All processes of the line, open."""

    phone_url: str


@pytest.fixture
def page(browser: Browser, running_line: RunningLine) -> Iterator[Page]:
    """The line's own web phone, speaking a recording."""
    for opened in open_page(browser, running_line.phone_url):
        opened.get_by_text("Settings").click()
        opened.get_by_label("A recording instead of the microphone").check()
        opened.get_by_label("Recording (WAV file)").set_input_files(QUESTION)
        yield opened


@pytest.fixture
def ruth() -> Example:
    """A pensioner who is paid on time."""
    return examples_in(ROOT / "ivr" / "services" / "demo_agency" / "testers.json")[0]


def waits_for(page: Page, hint: str) -> None:
    expect(page.locator("#hint")).to_contain_text(hint, timeout=A_TURN)


def line_says(page: Page, words: str) -> None:
    said = page.get_by_role("log").locator(".bubble.line").filter(has_text=re.compile(words, re.IGNORECASE))
    expect(said.first).to_be_visible(timeout=A_TURN)


def test_a_newcomer_asks_for_the_next_payment_and_hears_it(page: Page, ruth: Example) -> None:
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Connected", timeout=A_TURN)
    waits_for(page, "one of the choices")  # in which language
    page.keyboard.press("1")
    waits_for(page, "speak in your own words")

    page.get_by_role("button", name="Speak the recording").click()
    heard = page.get_by_role("log").locator(".bubble.caller").filter(has_text="payment")
    expect(heard.first).to_be_visible(timeout=A_TURN)

    waits_for(page, "digits")
    page.keyboard.type(ruth.customer_number + "#", delay=60)
    waits_for(page, "yes or no")
    page.keyboard.press("1")
    waits_for(page, "Key in the PIN")
    page.keyboard.type(ruth.pin + "#", delay=60)
    waits_for(page, "one of the choices")
    page.keyboard.press("1")
    line_says(page, r"\beuros?\b")

    page.get_by_role("button", name="Hang up").click()
    expect(page.get_by_role("status")).to_have_text("You hung up")
    assert ruth.pin not in json.dumps(page.get_by_role("log").inner_text())
