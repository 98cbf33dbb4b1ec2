"""The JSON that the carrier's REST interface answers with: RFC 2822 dates, durations as strings."""

from __future__ import annotations

import io
import wave
from typing import Any

from flask import Response, jsonify

from ivr.simulator.call import SimulatedCall
from ivr.simulator.g711 import decode
from ivr.simulator.world import Recording, World


def error(status: int, code: int, message: str) -> Response:
    """An error as the carrier words it."""
    answer = jsonify({"code": code, "message": message, "more_info": "", "status": status})
    answer.status_code = status
    return answer


def call_object(call: SimulatedCall) -> dict[str, Any]:
    """A call resource."""
    account = call.world.account_sid
    return {
        "sid": call.sid,
        "account_sid": account,
        "to": call.plan.to_number,
        "from": call.plan.from_number,
        "status": call.status,
        "direction": call.plan.direction,
        "date_created": call.created,
        "date_updated": call.created,
        "start_time": call.created,
        "end_time": None,
        "duration": str(call.seconds) if call.is_over else None,
        "answered_by": call.extra_fields.get("AnsweredBy"),
        "parent_call_sid": call.plan.parent_sid or None,
        "queue_time": "0",
        "api_version": "2010-04-01",
        "uri": f"/2010-04-01/Accounts/{account}/Calls/{call.sid}.json",
    }


def recording_object(world: World, recording: Recording) -> dict[str, Any]:
    """A recording resource."""
    return {
        "sid": recording.sid,
        "account_sid": world.account_sid,
        "call_sid": recording.call_sid,
        "duration": str(recording.seconds),
        "channels": 1,
        "source": recording.source,
        "status": "completed",
        "date_created": recording.created,
        "date_updated": recording.created,
        "start_time": recording.created,
        "api_version": "2010-04-01",
        "uri": f"/2010-04-01/Accounts/{world.account_sid}/Recordings/{recording.sid}.json",
    }


def page(name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """A list, all on one page."""
    return {name: items, "page": 0, "page_size": 50, "next_page_uri": None, "first_page_uri": "", "uri": ""}


def wav_of(recording: Recording) -> bytes:
    """8 000 Hz, 16 bits, mono."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(decode(recording.sound).astype("<i2").tobytes())
    return file.getvalue()
