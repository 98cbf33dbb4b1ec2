"""A real Chromium with an invented microphone, and the web phone on a free port in front of a loop-back carrier."""

from __future__ import annotations

import os
import shutil
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.simulator.phone.loop_back import LoopBackCarrier, telling
from tests.simulator.phone.served import ServedPhone, serve


def installed_chromium() -> str | None:
    """Where a Chromium is; None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip here and not in a fixture: pytest then reports all of them in one line."""
    if installed_chromium() is None and os.environ.get("OPENLINE_BROWSER_REQUIRED"):
        pytest.fail("no Chromium found, and this run must not go without")
    if installed_chromium() is None:
        pytest.skip("no Chromium found: install Debian's package `chromium` to run the browser tests")


def write_bursts(path: Path, hertz: int) -> None:
    """A WAV file of 0.8 s: a sound that swells and fades for 0.3 s, then nothing; 48 000 Hz, 16 bits."""
    rate = 48_000
    time = np.arange(rate * 3 // 10) / rate
    burst = 0.5 * np.sin(2 * np.pi * hertz * time) * np.sin(np.pi * time / 0.3)
    samples = np.concatenate([burst, np.zeros(rate // 2)])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((samples * 32767).astype("<i2").tobytes())


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the invented microphone hears, over and over."""
    path = tmp_path_factory.mktemp("microphone") / "bursts.wav"
    write_bursts(path, hertz=700)
    return path


@pytest.fixture(scope="session")
def browser(microphone: Path) -> Iterator[Browser]:
    """One Chromium for all tests of this folder."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=installed_chromium(),
            args=[
                "--no-sandbox",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-audio-capture={microphone}",
            ],
        )
        yield running
        running.close()


@pytest.fixture
def phone() -> Iterator[ServedPhone]:
    """A phone whose far end is the caller's own echo; its line tells nothing."""
    yield from serve(telling(), LoopBackCarrier())


@pytest.fixture
def page(browser: Browser, phone: ServedPhone) -> Iterator[Page]:
    """The phone's page, open; any error in it fails the test."""
    yield from open_page(browser, phone.url)


def open_page(browser: Browser, url: str, **options: object) -> Iterator[Page]:
    """A page in a context of its own, closed at the end."""
    problems: list[str] = []
    context = browser.new_context(permissions=["microphone"], **options)  # type: ignore[arg-type]
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    opened.goto(url)
    yield opened
    context.close()
    assert problems == []
