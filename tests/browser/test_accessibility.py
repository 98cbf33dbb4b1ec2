"""WCAG 2.2 AA on the web phone: axe's rules, and what axe cannot see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ivr.simulator.softphone import LIVE
from tests.browser.conftest import open_page
from tests.browser.test_web_phone import TOLD, call
from tests.simulator.phone.loop_back import LoopBackCarrier, telling
from tests.simulator.phone.served import ServedPhone, serve

pytestmark = pytest.mark.browser

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL_SCREEN = {"width": 320, "height": 640}
"""CSS pixels: WCAG 2.2, criterion 1.4.10 (reflow); also what 1280 pixels are at 400 % zoom."""


@pytest.fixture(scope="module")
def telling_phone() -> Iterator[ServedPhone]:
    """A line that tells what it says."""
    yield from serve(telling(*TOLD), LoopBackCarrier())


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": STANDARD, "resultTypes": ["violations"]})
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found.response["violations"]]


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, SMALL_SCREEN], ids=["desk", "pocket"])
def test_axe_finds_nothing_before_and_in_a_call(
    browser: Browser, telling_phone: ServedPhone, colors: str, viewport: dict[str, int]
) -> None:
    for page in open_page(browser, telling_phone.url, color_scheme=colors, viewport=viewport, reduced_motion="reduce"):
        page.get_by_text("Settings").click()
        page.get_by_label("A recording instead of the microphone").check()
        assert violations(page) == []

        call(page)
        page.mouse.move(0, 0)
        expect(page.get_by_role("log").locator(".bubble")).to_have_count(4, timeout=10_000)
        assert violations(page) == []


def test_axe_finds_nothing_on_the_refusal(browser: Browser) -> None:
    for phone in serve(telling(), LoopBackCarrier(), live_credentials=True):
        context = browser.new_context()
        page = context.new_page()
        page.goto(phone.url)

        expect(page.get_by_text(LIVE)).to_be_visible()
        assert violations(page) == []
        context.close()


def test_nothing_is_cut_off_on_a_small_screen(browser: Browser, telling_phone: ServedPhone) -> None:
    for page in open_page(browser, telling_phone.url, viewport=SMALL_SCREEN):
        call(page)
        expect(page.get_by_role("log").locator(".bubble")).to_have_count(4, timeout=10_000)

        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_SCREEN["width"]


def test_letters_of_double_size_are_not_cut_off(browser: Browser, telling_phone: ServedPhone) -> None:
    for page in open_page(browser, telling_phone.url, viewport={"width": 1280, "height": 900}):
        page.evaluate("document.documentElement.style.fontSize = '200%'")

        cut: list[str] = page.evaluate(
            """() => [...document.querySelectorAll("button, p, li, label, h1, h2, h3")]
                .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
                .map((element) => element.outerHTML)"""
        )
        assert cut == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_everything_to_press_is_large_enough_for_an_unsteady_hand(browser: Browser, telling_phone: ServedPhone) -> None:
    for page in open_page(browser, telling_phone.url, viewport=SMALL_SCREEN):
        page.get_by_text("Settings").click()
        page.get_by_label("A recording instead of the microphone").check()
        targets = page.locator("button:visible, summary, label.choice:visible, input[type=range], input[type=file]")

        boxes: list[dict[str, Any] | None] = [target.bounding_box() for target in targets.all()]

        assert len(boxes) > 18
        assert all(box is not None and box["height"] >= 44 and box["width"] >= 44 for box in boxes)


def test_whoever_wants_no_motion_gets_none(browser: Browser, telling_phone: ServedPhone) -> None:
    for page in open_page(browser, telling_phone.url, reduced_motion="reduce"):
        call(page)

        moving: int = page.evaluate("document.getAnimations().length")
        assert moving == 0


def test_focus_is_always_to_be_seen(page: Page) -> None:
    page.keyboard.press("Tab")
    seen = []
    for _ in range(17):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))

    assert set(seen) == {"solid"}


def test_the_form_controls_and_the_log_have_names(page: Page) -> None:
    page.get_by_text("Settings").click()

    for role, name in [
        ("group", "Keypad"), ("slider", "Volume"), ("switch", "Microphone"), ("meter", "Your loudness"),
        ("log", "Live captions"), ("timer", "Length of the call"), ("radio", "My microphone"),
    ]:  # fmt: skip
        expect(page.get_by_role(role, name=name, exact=True)).to_have_count(1)  # type: ignore[arg-type]
