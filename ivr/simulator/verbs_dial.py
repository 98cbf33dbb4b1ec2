"""Dial: somebody else is called and joined to the caller."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ivr.simulator.air import Air, CallerGone, Redirected
from ivr.simulator.call import CallPlan, SimulatedCall
from ivr.simulator.documents import Document, HangUp, Outcome, Request, taken_over
from ivr.simulator.g711 import SILENCE
from ivr.simulator.leg import CallerLeg
from ivr.simulator.silent_leg import SilentLeg
from ivr.simulator.verbs_sound import frames, tone
from ivr.simulator.world import Party

RINGING = tone((425.0,), 1_000, level=1_500) + SILENCE * 200
"""One round of the European ringing tone: 1 s on, 4 s off (ITU-T E.180, supplement 2)."""


def dial(call: SimulatedCall, verb: Element, document: Document) -> Outcome:
    """Call the first <Number> that answers, one after the other; join it; then the action, or the next verb."""
    if verb.get("answerOnBridge") != "true":
        call.answer()
    numbers = verb.findall("Number") or ([verb] if (verb.text or "").strip() else [])
    if verb.find("Queue") is not None or verb.find("Conference") is not None:
        call.violated(0, "Response/Dial", "Queue and Conference are not played by the simulator")
    fields: dict[str, str] = {"DialCallStatus": "failed", "DialBridged": "false"}
    for number in numbers:
        fields = _dial_number(call, verb, number, document)
        if fields["DialCallStatus"] in ("completed", "answered"):
            break
    call.log.write("dialed", **{"status": fields["DialCallStatus"]})
    return taken_over(document, verb, fields)


def _dial_number(call: SimulatedCall, verb: Element, number: Element, document: Document) -> dict[str, str]:
    to = (number.text or "").strip()
    party = call.world.party(to)
    leg = party.leg() if party.leg else SilentLeg(party.talk_s)
    callback = number.get("statusCallback", "")
    plan = CallPlan(
        verb.get("callerId", call.plan.from_number), to, number.get("url", ""), "outbound-dial",
        status_callback=document.address(callback) if callback else "",
        status_events=frozenset(number.get("statusCallbackEvent", "completed").split()), parent_sid=call.sid,
    )  # fmt: skip
    far = SimulatedCall(plan, leg, call.world)
    call.log.write("dialing", to=to, call=far.sid)
    status = _ring(call, far, party, int(verb.get("timeout", "30")))
    bridged = 0.0
    if status == "answered":
        status, bridged = _join(call, far, number, document, int(verb.get("timeLimit", "14400")))
    far.leg.ended("line")
    return {
        "DialCallStatus": status,
        "DialCallSid": far.sid,
        "DialCallDuration": str(round(bridged)),
        "DialBridged": "true" if bridged else "false",
    }


def _ring(call: SimulatedCall, far: SimulatedCall, party: Party, timeout: int) -> str:
    """Let it ring; answered, busy, no-answer, failed."""
    far.change_status("queued", "initiated")
    far.change_status("ringing", "ringing")
    limit = timeout + 5 if party.outcome == "no-answer" else min(party.after_s, timeout + 5)
    tones = frames(RINGING * (int(limit) // 5 + 1))
    try:
        for _ in range(round(limit * 50)):
            call.air.tick(next(tones))
    except (CallerGone, Redirected):
        far.change_status("canceled", "completed")
        raise
    if party.outcome == "answer" and party.after_s <= timeout + 5:
        far.answer()
        return "answered"
    status = "no-answer" if party.outcome == "answer" else party.outcome
    far.change_status(status, "completed")
    return status


def _join(
    call: SimulatedCall, far: SimulatedCall, number: Element, document: Document, limit: int
) -> tuple[str, float]:
    """The whisper on the far leg, then both talk. Returns DialCallStatus and the bridged seconds."""
    if far.plan.voice_url and _whisper_declines(call, far, number, document):
        far.change_status("completed", "completed")
        return "no-answer", 0.0
    call.answer()
    call.log.write("bridged", call=far.sid)
    began = call.world.clock.now()
    try:
        _talk(call.air, far.leg, limit)
    finally:
        far.change_status("completed", "completed")
    return "completed", max(0.02, call.world.clock.now() - began)


def _whisper_declines(call: SimulatedCall, far: SimulatedCall, number: Element, document: Document) -> bool:
    request = Request(document.address(far.plan.voice_url), number.get("method", "POST"))
    play = call.play_document
    assert play is not None  # noqa: S101 - the interpreter sets it before any verb runs

    def whisper() -> Outcome:
        try:
            return play(far, request, "whisper")
        except CallerGone:
            return HangUp()

    return isinstance(call.world.clock.run(whisper, call.air.wait_quietly), HangUp)


def _talk(near: Air, far: CallerLeg, limit: int) -> None:
    """Frames cross until the far end hangs up or time is over. Raises CallerGone where the near end does."""
    from_far = SILENCE
    for _ in range(limit * 50):
        said = near.tick(from_far)
        far.hears(said.frame)
        from_far = far.frame()
        if far.wants_to_hang_up():
            return
