"""Redirect, Reject, Hangup, Leave, Connect, Start: where the call goes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ivr.simulator.call import SimulatedCall
from ivr.simulator.documents import Document, HangUp, Leave, Outcome, Request, taken_over
from ivr.simulator.media_stream import MediaStream, stream_event
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
    attributes = dict(element.attrib)
    if "statusCallback" in attributes:
        attributes["statusCallback"] = document.address(attributes["statusCallback"])
    parameters = {item.get("name", ""): item.get("value", "") for item in element.findall("Parameter")}
    stream = MediaStream(
        call,
        element.get("url", ""),
        parameters,
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


def start(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Begin a one-way stream or a recording beside the call. Not played by this carrier: the harness fails on it."""
    call.violated(0, "Response/Start", "is not played by the simulator")
    return None
