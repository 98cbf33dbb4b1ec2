"""The web phone in a real browser, its far end an echo."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.simulator.phone.served import ServedPhone

pytestmark = pytest.mark.browser


def call(page: Page) -> None:
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Connected", timeout=10_000)


def test_the_page_is_ready_without_asking_for_anything(page: Page) -> None:
    expect(page).to_have_title("Web phone · Openline")
    expect(page.get_by_role("status")).to_have_text("Ready to call")
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_enabled()


def test_a_call_carries_the_microphone_and_plays_the_line(page: Page, phone: ServedPhone) -> None:
    call(page)

    page.wait_for_function("() => Number(getComputedStyle(voice).getPropertyValue('--voice')) > 0.1", timeout=10_000)
    page.get_by_role("button", name="Hang up").click()
    expect(page.get_by_role("status")).to_have_text("You hung up")

    placed = phone.carrier.call()
    assert placed.over.wait(5)
    assert placed.ended == "caller"
    assert any(frame != b"\xff" * 160 for frame in placed.said)
