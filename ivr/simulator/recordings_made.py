"""Recordings that the carrier keeps, and how it tells of them."""

from __future__ import annotations

from email.utils import formatdate
from xml.etree.ElementTree import Element

from ivr.simulator.call import SimulatedCall
from ivr.simulator.documents import Document
from ivr.simulator.g711 import FRAME, sounds
from ivr.simulator.world import Recording


def keep_recording(call: SimulatedCall, sound: bytes, source: str) -> Recording:
    """Store a recording; it can be fetched after a while, as at the carrier. Silent ones are not stored (16102)."""
    world = call.world
    ready_at = world.clock.now() + world.options.recording_late_s
    recording = Recording(world.identifiers.new("RE"), call.sid, sound, ready_at, source, formatdate(usegmt=True))
    if is_audible(recording):
        with world.lock:
            world.recordings[recording.sid] = recording
    call.log.write("recorded", recording=recording.sid, seconds=recording.seconds, audible=is_audible(recording))
    return recording


def record_call(call: SimulatedCall) -> str:
    """Record what the caller says from here to the end of the call; returns the recording's SID at once."""
    sid, start = call.world.identifiers.new("RE"), len(call.air.said())

    def keep() -> None:
        world = call.world
        ready_at = world.clock.now() + world.options.recording_late_s
        made = formatdate(usegmt=True)
        with world.lock:
            world.recordings[sid] = Recording(
                sid, call.sid, call.air.said()[start:], ready_at, "StartCallRecordingAPI", made
            )

    call.at_end.append(keep)
    return sid


def is_audible(recording: Recording) -> bool:
    """False where nothing was said."""
    return any(sounds(recording.sound[start : start + FRAME]) for start in range(0, len(recording.sound), FRAME))


def announce_recording(call: SimulatedCall, verb: Element, document: Document, recording: Recording) -> None:
    """Post `completed`, or `absent` for silence, to recordingStatusCallback, late."""
    callback = verb.get("recordingStatusCallback", "")
    status = "completed" if is_audible(recording) else "absent"
    if not callback or status not in verb.get("recordingStatusCallbackEvent", "completed").split():
        return
    world = call.world
    fields = {
        "AccountSid": world.account_sid,
        "CallSid": call.sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": f"{world.rest_url}/2010-04-01/Accounts/{world.account_sid}/Recordings/{recording.sid}",
        "RecordingStatus": status,
        "RecordingDuration": str(recording.seconds),
        "RecordingChannels": "1",
        "RecordingStartTime": recording.created,
        "RecordingSource": recording.source,
        "RecordingTrack": "inbound",
    }
    method = verb.get("recordingStatusCallbackMethod", "POST")
    call.tell(document.address(callback), method, fields, world.options.recording_late_s)
