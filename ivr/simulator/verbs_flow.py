"""Redirect, Reject, Hangup, Leave, Connect, Start: where the call goes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ivr.simulator.call import SimulatedCall
from ivr.simulator.documents import Document, HangUp, Leave, Outcome, Request, taken_over
from ivr.simulator.media_stream import MediaStream, stream_event
from ivr.simulator.one_way_stream import start_stream
from ivr.simulator.recordings_made import announce_recording, record_call
from ivr.simulator.stream_socket import StreamFailed


def redirect(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Never returns to this document."""
    return Request(document.address((verb.text or "").strip()), verb.get("method", "POST"))


def reject(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Decline; the final status of a rejected call is not documented."""
    return HangUp("busy" if verb.get("reason") == "busy" else "failed")


def hang_up(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """End the call."""
    return HangUp()


def leave(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Out of the queue."""
    return Leave()


def connect(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Run the stream to its end, whoever ends it; then the action with the standard parameters, or the next verb."""
    call.answer()
    element = verb.find("Stream")
    if element is not None:
        _stream(call, element, document)
    return taken_over(document, verb, {})


def _stream(call: SimulatedCall, element: Element, document: Document) -> None:
    attributes = _addresses(element, document)
    stream = MediaStream(
        call,
        element.get("url", ""),
        _parameters(element),
        lambda: stream_event(call, attributes, stream.sid, "stream-started"),
    )
    try:
        if element.get("track", "inbound_track") != "inbound_track":
            raise StreamFailed(31941, f'track="{element.get("track")}" of a bidirectional stream')
        stream.run()
    except StreamFailed as failed:
        stream_event(call, attributes, stream.sid, "stream-error", str(failed))
    else:
        stream_event(call, attributes, stream.sid, "stream-stopped")


def _addresses(element: Element, document: Document) -> dict[str, str]:
    """Its attributes, the status callback made absolute."""
    attributes = dict(element.attrib)
    if "statusCallback" in attributes:
        attributes["statusCallback"] = document.address(attributes["statusCallback"])
    return attributes


def _parameters(element: Element) -> dict[str, str]:
    return {item.get("name", ""): item.get("value", "") for item in element.findall("Parameter")}


def start(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Begin one-way streams and recordings beside the call; the next verb follows at once."""
    call.answer()
    for element in verb:
        if element.tag == "Recording":
            _start_recording(call, element, document)
            continue
        attributes = _addresses(element, document)

        def told(sid: str, event: str, error: str, attributes: dict[str, str] = attributes) -> None:
            stream_event(call, attributes, sid, event, error)

        track = element.get("track", "inbound_track")
        start_stream(call, element.get("url", ""), track, _parameters(element), told)
    return None


def _start_recording(call: SimulatedCall, element: Element, document: Document) -> None:
    recording = record_call(call)
    call.at_end.append(lambda: announce_recording(call, element, document, call.world.recordings[recording]))
