"""Leads a call from the first request to the hang-up: documents in, verbs carried out, failures landed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, SubElement

from ivr.simulator import verbs_dial, verbs_flow, verbs_keys, verbs_queue, verbs_sound
from ivr.simulator.air import CallerGone, Redirected
from ivr.simulator.call import SimulatedCall
from ivr.simulator.documents import Document, HangUp, Outcome, Request
from ivr.simulator.sound_files import NotPlayable, to_telephone
from ivr.simulator.twiml_checker import check, parse
from ivr.simulator.verbs_sound import frames
from ivr.simulator.webhooks import Answer, WebhookFailed

Verb = Callable[[SimulatedCall, Element, Document], Outcome]
VERBS: Mapping[str, Verb] = {
    "Say": verbs_sound.play,
    "Play": verbs_sound.play,
    "Pause": verbs_sound.play,
    "Gather": verbs_keys.gather,
    "Record": verbs_keys.record,
    "Redirect": verbs_flow.redirect,
    "Reject": verbs_flow.reject,
    "Hangup": verbs_flow.hang_up,
    "Leave": verbs_flow.leave,
    "Connect": verbs_flow.connect,
    "Start": verbs_flow.start,
    "Dial": verbs_dial.dial,
    "Enqueue": verbs_queue.enqueue,
}
SORRY = "We are sorry, an application error has occurred. Goodbye."
"""What the carrier itself says where no document can be had and no fallback is set."""
LONGEST_ROUND = 500
"""Documents in one call; more is a loop that the test should hear of."""


def run(call: SimulatedCall, first: Request | Document | None = None) -> None:
    """Play the whole call, from its Voice URL or `first`. Returns when it is over; violations stand in the call."""
    call.play_document = play_elsewhere
    status, by = "completed", "line"
    try:
        status = _follow(call, first or Request(call.plan.voice_url, call.plan.voice_method))
    except CallerGone:
        by = "caller"
        if call.status == "ringing":
            status = "canceled" if call.plan.direction != "inbound" else "no-answer"
    finally:
        for work in call.at_end:
            work()
        call.change_status(status, "completed")
        call.log.write("ended", by=by, status=status)
        call.leg.ended(by)


def _follow(call: SimulatedCall, first: Request | Document) -> str:
    """From document to document; the final CallStatus."""
    step: Request | Document = first
    for _ in range(LONGEST_ROUND):
        try:
            document = _fetched(call, step) if isinstance(step, Request) else step
            outcome = _play(call, document) if document else HangUp("completed" if call.seconds else "failed")
        except Redirected:
            if isinstance(call.new_document, Document):
                step = call.new_document
                continue
            outcome = call.new_document
        if not isinstance(outcome, Request):
            return outcome.status if isinstance(outcome, HangUp) else "completed"
        step = outcome
    call.violated(0, "Response", f"leads through more than {LONGEST_ROUND} documents")
    return "failed"


def _play(call: SimulatedCall, document: Document) -> Outcome:
    """Verb after verb; the outcome of the one that leads elsewhere, None at the end of the document."""
    for verb in document.root:
        if verb.tag not in VERBS:
            continue  # the checker has said so
        call.log.write("verb", verb=verb.tag)
        outcome = VERBS[verb.tag](call, verb, document)
        if outcome is not None:
            return outcome
    return None


def play_elsewhere(call: SimulatedCall, request: Request, context: str) -> Outcome:
    """Play a wait or whisper document and those it leads to, on a leg of its own; ends with its last verb."""
    step: Outcome = request
    while isinstance(step, Request):
        document = _fetched(call, step, context)
        step = _play(call, document) if document else HangUp()
    return step


def _fetched(call: SimulatedCall, request: Request, context: str = "call") -> Document | None:
    """The document, or the fallback's; None after the carrier's own apology."""
    failed: WebhookFailed
    try:
        return _read(call, call.ask(request), request.method, context)
    except WebhookFailed as error:
        failed = error
        call.log.write("webhook_failed", code=error.code, url=error.url, why=str(error))
    fallback = call.plan.fallback_url
    if fallback and context == "call":
        fields = {"ErrorCode": str(failed.code), "ErrorUrl": failed.url}
        try:
            return _read(call, call.ask(Request(fallback, "POST", fields)), "POST", context)
        except WebhookFailed as error:
            call.log.write("webhook_failed", code=error.code, url=error.url, why=str(error))
    call.answer()
    call.log.write("heard_error_message", text=SORRY)
    call.silence(3.0)
    return None


def _read(call: SimulatedCall, answer: Answer, method: str, context: str) -> Document:
    """Judge an answer by its content type. Raises WebhookFailed 12100, 12300."""
    root = parse(answer.text) if not answer.content_type.startswith("audio/") else None
    if root is None:
        root = _other_than_twiml(call, answer)
    else:
        for violation in check(root, context):
            call.violated(violation.code, violation.where, violation.what)
    return Document(root, answer.url, method, context)


def _other_than_twiml(call: SimulatedCall, answer: Answer) -> Element:
    root = Element("Response")
    if answer.content_type.startswith("audio/"):
        try:
            sound = to_telephone(answer.body)
        except NotPlayable as error:
            raise WebhookFailed(12300, answer.url, str(error)) from error
        call.answer()
        for frame in frames(sound):
            call.air.tick(frame)
    elif answer.content_type == "text/plain":
        SubElement(root, "Say").text = answer.text
    elif answer.content_type in ("text/xml", "application/xml", "text/html"):
        raise WebhookFailed(12100, answer.url, "is no TwiML")
    else:
        raise WebhookFailed(12300, answer.url, f"has the content type {answer.content_type!r}")
    return root
