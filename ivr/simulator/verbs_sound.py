"""Say, Play, Pause: what the caller hears outside a stream."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import numpy as np

from ivr.simulator.call import SimulatedCall
from ivr.simulator.documents import Document, Outcome
from ivr.simulator.g711 import FRAME, SILENCE, encode
from ivr.simulator.sound_files import NotPlayable, to_telephone
from ivr.simulator.webhooks import WebhookFailed
from ivr.vocabulary import Samples


def tone(frequencies: tuple[float, ...], milliseconds: int, level: int = 3_000) -> bytes:
    """µ-law of sine waves together; level: peak of the sum, of 32 768."""
    moments = np.arange(8 * milliseconds) / 8_000
    waves = np.sin(2 * np.pi * np.outer(frequencies, moments))
    samples: Samples = (waves.mean(axis=0) * level).astype(np.int16)
    return encode(samples)


KEY_TONES = {
    key: tone((row, column), 100)
    for keys, row in (("123", 697), ("456", 770), ("789", 852), ("*0#", 941))
    for key, column in zip(keys, (1209, 1336, 1477), strict=True)
}
"""Key -> 100 ms of its two tones. Source: ITU-T Q.23."""
BEEP = tone((1_000,), 500)


def frames(sound: bytes) -> Iterator[bytes]:
    """Cut into 160-byte frames, the last one filled with silence."""
    for start in range(0, len(sound), FRAME):
        piece = sound[start : start + FRAME]
        yield piece + SILENCE[len(piece) :]


def sound_of(call: SimulatedCall, verb: Element, document: Document) -> bytes:
    """The µ-law of one Say, Play or Pause, loops included; logged as heard. Never raises: what fails is silence."""
    loops = max(1, int(verb.get("loop", "1")))
    if verb.tag == "Pause":
        return SILENCE * (50 * int(verb.get("length", "1")))
    if verb.tag == "Say":
        text = " ".join("".join(verb.itertext()).split())
        call.log.write("heard_say", text=text, language=verb.get("language", ""))
        return _spoken(call, text, verb.get("language", "")) * loops
    if "digits" in verb.attrib:
        return b"".join(KEY_TONES.get(key, SILENCE * 25) + SILENCE * 5 for key in verb.attrib["digits"])
    address = document.address((verb.text or "").strip())
    call.log.write("heard_play", url=address)
    return _file(call, address) * loops


def _spoken(call: SimulatedCall, text: str, language: str) -> bytes:
    options = call.world.options
    if options.say_voice is not None:
        return options.say_voice(text, language)
    return tone((180.0, 360.0), max(20, len(text) * options.say_ms_per_character), level=600)


def _file(call: SimulatedCall, address: str) -> bytes:
    try:
        return to_telephone(call.fetch_file(address).body)
    except WebhookFailed as error:
        call.violated(error.code, "Response/Play", str(error))
    except NotPlayable as error:
        call.violated(12300, "Response/Play", f"{address}: {error}")
    return b""


def play(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Say, Play or Pause at the top of a document. A leading Pause does not answer the call."""
    if verb.tag != "Pause":
        call.answer()
    for frame in frames(sound_of(call, verb, document)):
        call.air.tick(frame)
    return None
