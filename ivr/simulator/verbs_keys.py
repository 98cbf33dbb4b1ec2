"""Gather and Record: what the caller keys in, what they leave behind."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ivr.simulator.air import CallerGone
from ivr.simulator.call import SimulatedCall
from ivr.simulator.documents import Document, Outcome, taken_over
from ivr.simulator.g711 import SILENCE, sounds
from ivr.simulator.recordings_made import announce_recording, keep_recording
from ivr.simulator.verbs_sound import BEEP, frames, sound_of


class Collected:
    """Keys of one Gather. Pure."""

    def __init__(self, finish_on_key: str, length: int | None) -> None:
        self._finish, self._length = finish_on_key, length
        self.digits = ""
        self.is_complete = False

    def press(self, keys: str) -> bool:
        """Take keys in; True where any counted. What is pressed after the end is lost."""
        before = len(self.digits), self.is_complete
        for key in keys:
            if self.is_complete:
                break
            if self._finish and key == self._finish:
                self.is_complete = True
            else:
                self.digits += key
                self.is_complete = len(self.digits) == self._length
        return (len(self.digits), self.is_complete) != before


def gather(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Play what is nested, a key stops it; then wait `timeout` seconds from the end of it or from the last key."""
    call.answer()
    length = int(verb.attrib["numDigits"]) if "numDigits" in verb.attrib else None
    collected = Collected(verb.get("finishOnKey", "#"), length)
    takes_keys = "dtmf" in verb.get("input", "dtmf")
    if not _prompt(call, verb, document, collected, takes_keys):
        _wait(call, collected, int(verb.get("timeout", "5")), takes_keys)
    call.log.write("gathered", digits=len(collected.digits))
    if collected.digits:
        return taken_over(document, verb, {"Digits": collected.digits}, default=document.url)
    if verb.get("actionOnEmptyResult") != "true":
        return None
    # Both shapes of an empty result are seen at the carrier; the line has to take either.
    call.gathers_left_empty += 1
    fields = {"Digits": ""} if call.gathers_left_empty % 2 else {}
    return taken_over(document, verb, fields, default=document.url)


def _prompt(call: SimulatedCall, verb: Element, document: Document, collected: Collected, takes_keys: bool) -> bool:
    """Play the nested prompts; True where the answer is complete already. A key ends the playing."""
    for nested in verb:
        for frame in frames(sound_of(call, nested, document)):
            said = call.air.tick(frame)
            if takes_keys and collected.press(said.keys):
                if not collected.is_complete:
                    _wait(call, collected, int(verb.get("timeout", "5")), takes_keys)
                return True
    return False


def _wait(call: SimulatedCall, collected: Collected, timeout: int, takes_keys: bool) -> None:
    quiet = 0
    while not collected.is_complete and quiet < timeout * 50:
        said = call.air.tick(SILENCE)
        quiet = 0 if takes_keys and collected.press(said.keys) else quiet + 1


def record(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Record the caller until silence, a key, the longest time or the hang-up. An empty one falls to the next verb."""
    call.answer()
    if verb.get("playBeep") != "false":
        for frame in frames(BEEP):
            call.air.tick(frame)
    try:
        sound, ended_by = _recorded(call, verb)
    except CallerGone as gone:
        # The action still hears of a message that ended with the hang-up; its answer plays to nobody.
        _left_behind(call, verb, document, gone)
        raise
    recording = keep_recording(call, sound, "RecordVerb")
    announce_recording(call, verb, document, recording)
    if not any(sounds(frame) for frame in frames(sound)):
        return None
    return taken_over(document, verb, _result(call, recording.sid, recording.seconds, ended_by), default=document.url)


def _recorded(call: SimulatedCall, verb: Element) -> tuple[bytes, str]:
    """µ-law and the key that ended it; silence ends it too, with ""."""
    sound = bytearray()
    quiet, patience = 0, int(verb.get("timeout", "5")) * 50
    finish = verb.get("finishOnKey", "1234567890*#")
    try:
        while len(sound) < int(verb.get("maxLength", "3600")) * 8_000 and quiet < patience:
            said = call.air.tick(SILENCE)
            sound += said.frame
            quiet = 0 if sounds(said.frame) else quiet + 1
            ending = [key for key in said.keys if key in finish]
            if ending:
                return bytes(sound), ending[0]
    except CallerGone as gone:
        gone.args = (bytes(sound),)
        raise
    return bytes(sound), ""


def _left_behind(call: SimulatedCall, verb: Element, document: Document, gone: CallerGone) -> None:
    sound = gone.args[0] if gone.args else b""
    recording = keep_recording(call, sound, "RecordVerb")
    announce_recording(call, verb, document, recording)
    if any(sounds(frame) for frame in frames(sound)):
        request = taken_over(
            document, verb, _result(call, recording.sid, recording.seconds, "hangup"), default=document.url
        )
        assert request is not None  # noqa: S101 - there is always a default
        fields = call.fields() | {"CallStatus": "completed"} | dict(request.fields)
        call.tell(request.url, request.method, fields)


def _result(call: SimulatedCall, sid: str, seconds: int, ended_by: str) -> dict[str, str]:
    url = f"{call.world.rest_url}/2010-04-01/Accounts/{call.world.account_sid}/Recordings/{sid}"
    return {"RecordingUrl": url, "RecordingSid": sid, "RecordingDuration": str(seconds), "Digits": ended_by}
