"""Enqueue: the caller waits, the wait document is asked for again and again, a scripted clerk may come."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ivr.simulator.air import CallerGone
from ivr.simulator.call import SimulatedCall
from ivr.simulator.documents import Document, HangUp, Leave, Outcome, Request, taken_over
from ivr.simulator.g711 import SILENCE
from ivr.simulator.silent_leg import SilentLeg

DEFAULT_SIZE = 1_000


def enqueue(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Wait until a clerk comes, the wait document leaves or hangs up; then the action, or the next verb."""
    call.answer()
    name = (verb.text or "").strip()
    waiting = call.world.queues.setdefault(name, [])
    began = call.world.clock.now()
    if len(waiting) >= int(verb.get("maxQueueSize", str(DEFAULT_SIZE))):
        result = "queue-full"
    else:
        waiting.append(call.sid)
        try:
            result = _wait(call, verb, document, name, began)
        finally:
            waiting.remove(call.sid)
    call.log.write("left_queue", queue=name, result=result)
    if result == "hangup":
        return HangUp()
    waited = round(call.world.clock.now() - began)
    fields = {"QueueResult": result, "QueueSid": _queue_sid(call, name), "QueueTime": str(waited)}
    return taken_over(document, verb, fields)


def _queue_sid(call: SimulatedCall, name: str) -> str:
    return f"QU{call.world.random('queue:' + name).getrandbits(128):032x}"


def _wait(call: SimulatedCall, verb: Element, document: Document, name: str, began: float) -> str:
    wait_url = verb.get("waitUrl", "")
    while not _clerk_is_there(call, name, began):
        if not wait_url:
            call.silence(1.0)
            continue
        outcome = _wait_once(call, verb, document.address(wait_url), name, began)
        if isinstance(outcome, Leave):
            return "leave"
        if isinstance(outcome, HangUp):
            return "hangup"
    return _bridge(call, name)


def _wait_once(call: SimulatedCall, verb: Element, url: str, name: str, began: float) -> Outcome:
    waiting = call.world.queues[name]
    waited = str(round(call.world.clock.now() - began))
    fields = {
        "QueuePosition": str(waiting.index(call.sid) + 1), "QueueSid": _queue_sid(call, name), "QueueTime": waited,
        "AvgQueueTime": waited, "CurrentQueueSize": str(len(waiting)),
        "MaxQueueSize": verb.get("maxQueueSize", str(DEFAULT_SIZE)),
    }  # fmt: skip
    assert call.play_document is not None  # noqa: S101 - the interpreter sets it before any verb runs
    before = call.air.frames
    outcome = call.play_document(call, Request(url, verb.get("waitUrlMethod", "POST"), fields), "wait")
    if call.air.frames == before:
        call.silence(1.0)  # an empty wait document must not spin
    return outcome


def _clerk_is_there(call: SimulatedCall, name: str, began: float) -> bool:
    clerk = call.world.queue_answers.get(name)
    is_first = call.world.queues[name][0] == call.sid
    return clerk is not None and is_first and call.world.clock.now() - began >= clerk.after_s


def _bridge(call: SimulatedCall, name: str) -> str:
    clerk = call.world.queue_answers[name]
    leg = clerk.leg() if clerk.leg else SilentLeg(clerk.talk_s)
    call.log.write("bridged", queue=name)
    from_clerk = SILENCE
    try:
        while not leg.wants_to_hang_up():
            leg.hears(call.air.tick(from_clerk).frame)
            from_clerk = leg.frame()
    except CallerGone:
        leg.ended("line")
        raise
    return "bridged"
