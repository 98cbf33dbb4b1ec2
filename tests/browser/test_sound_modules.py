"""The page's pure modules, run where they run: in the browser."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ivr.simulator.g711 import decode
from tests.browser.conftest import open_page
from tests.simulator.phone.loop_back import LoopBackCarrier, telling
from tests.simulator.phone.served import serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all tests: what they call keeps nothing."""
    for phone in serve(telling(), LoopBackCarrier()):
        yield from open_page(browser, phone.url)


def in_page(page: Page, body: str, argument: object = None) -> Any:
    """Run JavaScript that may import the page's modules."""
    return page.evaluate(f"async (given) => {{ {body} }}", argument)


def test_the_page_reads_every_byte_as_the_simulator_does(page: Page) -> None:
    read = in_page(
        page,
        """const { decode } = await import("/phone/static/mulaw.js");
        return Array.from(decode(Uint8Array.from({ length: 256 }, (_, code) => code)), (value) => value * 32768);""",
    )

    assert read == decode(bytes(range(256))).tolist()


def test_every_level_is_written_as_the_byte_it_was_read_from(page: Page) -> None:
    written = in_page(
        page,
        """const { decode, encode } = await import("/phone/static/mulaw.js");
        return Array.from(encode(decode(Uint8Array.from({ length: 256 }, (_, code) => code))));""",
    )

    # 0x7F and 0xFF are both nothing; it is written 0xFF.
    assert written == [*range(127), 0xFF, *range(128, 256)]


FIRST_OF_SEGMENT = {16_252: 0x8F, 8_060: 0x9F, 3_964: 0xAF, 1_916: 0xBF, 892: 0xCF, 380: 0xDF, 124: 0xEF}
"""ITU-T G.711, table 2a: the decision value (here for 16 bits) where each segment begins, and its first code."""


def test_segments_begin_where_g711_lets_them_begin(page: Page) -> None:
    samples = [value for first in FIRST_OF_SEGMENT for value in (first, first - 1, -first, -first + 1)]

    written = in_page(
        page,
        """const { encode } = await import("/phone/static/mulaw.js");
        return Array.from(encode(Float32Array.from(given, (value) => value / 32768)));""",
        samples,
    )

    codes = FIRST_OF_SEGMENT.values()
    assert written == [code for first in codes for code in (first, first + 1, first - 0x80, first + 1 - 0x80)]


@pytest.mark.parametrize("rates", [(48_000, 8_000), (44_100, 8_000), (8_000, 48_000), (8_000, 44_100), (16_000, 8_000)])
@pytest.mark.parametrize(
    ("hertz", "quietest", "loudest"),
    [(100, 0.0, 0.02), (600, 0.97, 1.03), (1_000, 0.97, 1.03), (3_000, 0.97, 1.03)],
)
def test_the_telephone_band_passes_and_the_rest_does_not(
    page: Page, rates: tuple[int, int], hertz: int, quietest: float, loudest: float
) -> None:
    assert quietest <= gain(page, *rates, hertz) <= loudest


@pytest.mark.parametrize("hertz", [3_900, 5_000, 7_400])
def test_what_lies_above_does_not_fold_back_into_the_band(page: Page, hertz: int) -> None:
    assert gain(page, 48_000, 8_000, hertz) < 0.01


def gain(page: Page, from_rate: int, to_rate: int, hertz: int) -> float:
    """How loud a steady tone leaves the resampler, in uneven blocks, against how loud it came in."""
    root_mean_square = in_page(
        page,
        """const { Resampler } = await import("/phone/static/resampler.js");
        const { from, to, hertz } = given;
        const tone = Float32Array.from({ length: from }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / from));
        const resampler = new Resampler(from, to);
        const out = [];
        for (let at = 0, length = 1; at < tone.length; at += length, length = (length * 7) % 251 + 1) {
          out.push(...resampler.process(tone.subarray(at, at + length)));
        }
        if (out.length !== to) throw new Error(`${out.length} samples came out`);
        const middle = out.slice(out.length / 4, (out.length * 3) / 4);
        return Math.sqrt(middle.reduce((sum, value) => sum + value * value, 0) / middle.length);""",
        {"from": from_rate, "to": to_rate, "hertz": hertz},
    )
    return float(root_mean_square) * math.sqrt(2)


def test_blocks_of_any_length_give_the_same_sound(page: Page) -> None:
    same = in_page(
        page,
        """const { Resampler } = await import("/phone/static/resampler.js");
        const noise = Float32Array.from({ length: 9000 }, (_, n) => Math.sin(n * n * 0.001));
        const whole = new Resampler(44100, 8000).process(noise);
        const pieces = new Resampler(44100, 8000);
        const joined = [0, 1, 128, 127, 1000, 0, 7744].reduce(({ at, out }, length) => (
          { at: at + length, out: [...out, ...pieces.process(noise.subarray(at, at + length))] }), { at: 0, out: [] });
        const same = joined.out.every((value, n) => value === whole[n]);
        return joined.at === 9000 && joined.out.length === whole.length && same;""",
    )

    assert same


def test_playing_begins_once_enough_is_there_and_begins_anew_after_a_gap(page: Page) -> None:
    blocks = in_page(
        page,
        """const { Playout } = await import("/phone/static/playout.js");
        const playout = new Playout(4, 8);
        const pull = () => { const block = new Float32Array(3); playout.pull(block); return Array.from(block); };
        const heard = [];
        playout.push([1, 2, 3]); heard.push(pull());
        playout.push([4]); heard.push(pull(), pull(), pull());
        playout.push([5, 6]); heard.push(pull());
        playout.push([7, 8]); heard.push(pull());
        return heard;""",
    )

    assert blocks == [[0, 0, 0], [1, 2, 3], [4, 0, 0], [0, 0, 0], [0, 0, 0], [5, 6, 7]]


def test_sound_that_piled_up_is_dropped_down_to_the_lead(page: Page) -> None:
    heard = in_page(
        page,
        """const { Playout } = await import("/phone/static/playout.js");
        const playout = new Playout(2, 5);
        playout.push([1, 2, 3, 4, 5, 6]);
        const block = new Float32Array(4); playout.pull(block); return Array.from(block);""",
    )

    assert heard == [4, 5, 6, 0]


@pytest.mark.parametrize(
    ("expected", "hint"),
    [
        ("yes_no", "Listening: yes or no, or key 1 or 2."),
        ("digits:8", "Listening: 8 digits, spoken or by keys."),
        ("digits", "Listening: digits, then the pound key."),
        ("pin:6", "Key in the PIN. It is not spoken, shown or kept."),
        ("nothing", ""),
        ("a kind of tomorrow", "Listening: speak in your own words."),
    ],
)
def test_the_hint_says_what_the_line_waits_for(page: Page, expected: str, hint: str) -> None:
    assert in_page(page, 'return (await import("/phone/static/hints.js")).hintFor(given);', expected) == hint
