"""Golden signatures of the carrier, and every way in which a request is not the carrier's."""

from collections.abc import Mapping
from typing import Any

import flask
import pytest
from flask import Flask, Request
from werkzeug.test import EnvironBuilder

from ivr.telephony import signature
from ivr.telephony.signature import SignatureCheck, body_hash, sign

TOKEN = "0123456789abcdef0123456789abcdef"
ORIGIN = "https://ivr.example.org"
F = {
    "AccountSid": "AC" + "a" * 32,
    "ApiVersion": "2010-04-01",
    "CallSid": "CA" + "b" * 32,
    "CallStatus": "ringing",
    "Called": "+15557654321",
    "Caller": "+15551234567",
    "Direction": "inbound",
    "From": "+15551234567",
    "To": "+15557654321",
    "FromCity": "",
    "FromState": "CA",
    "FromZip": "",
    "FromCountry": "US",
}
SPEECH = {"CallSid": F["CallSid"], "SpeechResult": "Grüße, ich möchte bitte", "Confidence": "0.91"}
MENU = F | {"CallStatus": "in-progress", "Digits": "12#"}
EXAMPLE = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675310",
    "Digits": "1234",
    "From": "+14158675310",
    "To": "+18005551212",
}
JSON_URL = f"{ORIGIN}/hook?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"

VECTORS = [
    ("12345", "https://example.com/myapp.php?foo=1&bar=2", EXAMPLE, "L/OH5YylLD5NRKLltdqwSvS0BnU="),
    (TOKEN, f"{ORIGIN}/voice/incoming", F, "3yuZTr4/fdVKz8MQRIadsxaiI1I="),
    (TOKEN, f"{ORIGIN}/voice/menu?step=2&lang=de-DE", MENU, "OLJebkm1wMgIjbVPB6b1dTjAgJI="),
    (TOKEN, f"{ORIGIN}/voice/speech", SPEECH, "WfH4J4AiFNvhYYKIn6SCXrvUDsw="),
    (TOKEN, JSON_URL, None, "+b0zrhER5RChA69gDmRt7B8WlnU="),
    (TOKEN, f"{ORIGIN}/v?From=%2B15551234567&CallSid=CA1", None, "XDEe42TI4RkmlugnuQ9MflHuBsw="),
    (TOKEN, "wss://ivr.example.org/media", None, "dbuMESoo6mdcbEpsmc5Q5y4rsOs="),
    (TOKEN, "wss://ivr.example.org/media/", None, "chphCMBxuDZAMdvaMq9nbAnaPiI="),
]


class Checked:
    """A check that remembers why it refused."""

    def __init__(self, *tokens: str, origin: str = ORIGIN) -> None:
        self.refusals: list[str] = []
        self.check = SignatureCheck(tokens or (TOKEN,), origin, self.refusals.append)


def request_for(target: str, signed: str | None, method: str = "POST", **how: Any) -> Request:
    """A request as a server behind a proxy sees it: plain HTTP, an inner host name, the raw target kept."""
    headers = {} if signed is None else {"X-Twilio-Signature": signed}
    path, _, query = target.partition("?")
    builder = EnvironBuilder(
        path=path, query_string=query, method=method, headers=headers, base_url="http://10.0.0.7:8000", **how
    )
    environ = builder.get_environ()
    environ["RAW_URI"] = target
    return Request(environ)


def posted(target: str, form: Mapping[str, str], signed: str | None) -> Request:
    return request_for(target, signed, data=dict(form))


@pytest.mark.parametrize(("token", "url", "form", "expected"), VECTORS)
def test_the_golden_vectors_are_signed(token: str, url: str, form: dict[str, str] | None, expected: str) -> None:
    assert sign(token, url, form) == expected


@pytest.mark.parametrize(
    ("target", "form", "signed"),
    [
        ("/voice/incoming", F, "3yuZTr4/fdVKz8MQRIadsxaiI1I="),
        ("/voice/menu?step=2&lang=de-DE", MENU, "OLJebkm1wMgIjbVPB6b1dTjAgJI="),
        ("/voice/speech", SPEECH, "WfH4J4AiFNvhYYKIn6SCXrvUDsw="),
    ],
)
def test_the_golden_forms_are_accepted_behind_a_proxy(target: str, form: dict[str, str], signed: str) -> None:
    checked = Checked()
    assert checked.check.accepts(posted(target, form, signed))
    assert checked.refusals == []


def test_the_golden_get_is_accepted() -> None:
    target = "/v?From=%2B15551234567&CallSid=CA1"
    assert Checked().check.accepts(request_for(target, "XDEe42TI4RkmlugnuQ9MflHuBsw=", method="GET"))


def test_the_golden_json_is_accepted_and_a_changed_body_is_not() -> None:
    target = JSON_URL.removeprefix(ORIGIN)
    signed = "+b0zrhER5RChA69gDmRt7B8WlnU="
    assert body_hash(b'{"a":1}') == target.partition("=")[2]
    good = request_for(target, signed, data=b'{"a":1}', content_type="application/json")
    bad = request_for(target, signed, data=b'{"a":2}', content_type="application/json")
    checked = Checked()
    assert checked.check.accepts(good)
    assert not checked.check.accepts(bad)
    assert checked.refusals == ["forged"]


def test_json_whose_body_is_not_signed_is_refused() -> None:
    signed = sign(TOKEN, f"{ORIGIN}/hook")
    checked = Checked()
    assert not checked.check.accepts(request_for("/hook", signed, data=b"{}", content_type="application/json"))
    assert checked.refusals == ["unsigned_body"]


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_a_body_of_another_type_cannot_ride_on_the_signature_of_an_address(content_type: str) -> None:
    signed = sign(TOKEN, f"{ORIGIN}/voice")
    checked = Checked()
    assert not checked.check.accepts(request_for("/voice", signed, data=b"CallSid=CA1", content_type=content_type))
    assert checked.refusals == ["content_type"]


def test_a_missing_signature_is_refused_and_counted() -> None:
    checked = Checked()
    assert not checked.check.accepts(posted("/voice", F, None))
    assert not checked.check.accepts(posted("/voice", F, ""))
    assert checked.refusals == ["missing", "missing"]


@pytest.mark.parametrize(
    "change",
    [{"From": "+15550000000"}, {"Digits": "0"}, {"FromCity": " "}],
    ids=["another caller", "a field more", "a blank in an empty field"],
)
def test_a_form_that_was_changed_is_forged(change: dict[str, str]) -> None:
    checked = Checked()
    assert not checked.check.accepts(posted("/voice", F | change, sign(TOKEN, f"{ORIGIN}/voice", F)))
    assert checked.refusals == ["forged"]


def test_a_form_without_its_empty_fields_is_forged() -> None:
    shorter = {name: value for name, value in F.items() if name != "FromCity"}
    assert not Checked().check.accepts(posted("/voice", shorter, sign(TOKEN, f"{ORIGIN}/voice", F)))


@pytest.mark.parametrize("wrong", ["", "Zm9yZ2Vk", "ü", "3yuZTr4/fdVKz8MQRIadsxaiI1I", "a" * 5_000])
def test_nonsense_as_signature_is_refused_without_an_error(wrong: str) -> None:
    environ = posted("/voice", F, None).environ | {"HTTP_X_TWILIO_SIGNATURE": wrong}
    assert not Checked().check.accepts(Request(environ))


def test_a_signature_of_another_address_is_forged() -> None:
    assert not Checked().check.accepts(posted("/voice/resume", F, sign(TOKEN, f"{ORIGIN}/voice", F)))
    assert not Checked().check.accepts(posted("/voice", F, sign(TOKEN, "https://other.example.org/voice", F)))


def test_both_tokens_are_accepted_while_one_is_replaced() -> None:
    both = Checked("new-token", TOKEN).check
    assert both.accepts(posted("/voice", F, sign(TOKEN, f"{ORIGIN}/voice", F)))
    assert both.accepts(posted("/voice", F, sign("new-token", f"{ORIGIN}/voice", F)))
    assert not both.accepts(posted("/voice", F, sign("third", f"{ORIGIN}/voice", F)))


@pytest.mark.parametrize("tokens", [(), ("",), ("good", "")])
def test_a_check_without_a_token_cannot_be_made(tokens: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="auth token"):
        SignatureCheck(tokens, ORIGIN, lambda _: None)


@pytest.mark.parametrize("escape", ["%C3%BC", "%7B", "%5B", "%3C", "%2F", "%27", "%20", "a+b"])
def test_escapes_in_an_address_stay_as_the_carrier_wrote_them(escape: str) -> None:
    target = f"/voice/menu?word={escape}"
    assert Checked().check.accepts(posted(target, F, sign(TOKEN, ORIGIN + target, F)))


def test_a_server_that_keeps_no_raw_target_still_yields_the_address() -> None:
    request = posted("/voice/menu?n=2", F, sign(TOKEN, f"{ORIGIN}/voice/menu?n=2", F))
    del request.environ["RAW_URI"]
    request.environ.pop("REQUEST_URI", None)
    assert Checked().check.accepts(request)


def test_headers_cannot_move_the_origin() -> None:
    environ = posted("/voice", F, sign(TOKEN, "https://evil.example/voice", F)).environ
    environ |= {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_HOST": "evil.example"}
    assert not Checked().check.accepts(Request(environ))


def test_a_prefix_that_a_proxy_strips_belongs_to_the_origin() -> None:
    signed = sign(TOKEN, f"{ORIGIN}/openline/voice", F)
    assert Checked(origin=f"{ORIGIN}/openline/").check.accepts(posted("/voice", F, signed))


@pytest.mark.parametrize("signed", ["dbuMESoo6mdcbEpsmc5Q5y4rsOs=", "chphCMBxuDZAMdvaMq9nbAnaPiI="])
@pytest.mark.parametrize("target", ["/media", "/media/", "/media?ignored=1"])
def test_an_upgrade_is_accepted_with_and_without_a_slash(signed: str, target: str) -> None:
    assert Checked().check.accepts_upgrade(request_for(target, signed, method="GET"))


@pytest.mark.parametrize(
    "signed",
    [
        None,
        sign(TOKEN, f"{ORIGIN}/media"),
        sign(TOKEN, "wss://ivr.example.org/other"),
        sign("x", "wss://ivr.example.org/media"),
    ],
    ids=["none", "https", "other path", "other token"],
)
def test_an_upgrade_that_was_not_signed_for_this_socket_is_refused(signed: str | None) -> None:
    checked = Checked()
    assert not checked.check.accepts_upgrade(request_for("/media", signed, method="GET"))
    assert checked.refusals == ["missing" if signed is None else "forged"]


def test_a_simulator_on_this_machine_signs_with_its_port() -> None:
    check = Checked(origin="http://127.0.0.1:8000").check
    assert check.accepts(posted("/voice", F, sign(TOKEN, "http://127.0.0.1:8000/voice", F)))
    assert check.accepts_upgrade(request_for("/media", sign(TOKEN, "ws://127.0.0.1:8000/media"), method="GET"))


def test_flask_keeps_the_raw_target_that_signatures_are_checked_against() -> None:
    app = Flask(__name__)

    @app.get("/voice/<word>")
    def show(word: str) -> str:
        return signature.signed_url(flask.request.environ, ORIGIN)

    assert app.test_client().get("/voice/a%20b?x=%2F").text == f"{ORIGIN}/voice/a%20b?x=%2F"


def test_tokens_are_random_and_only_their_hash_tells_them_apart() -> None:
    tokens = {signature.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert len({signature.token_hash(token) for token in tokens}) == 100
    assert all(token not in signature.token_hash(token) for token in tokens)
