"""The web phone's page and socket: who gets one, what a socket may do, and that nothing is left running."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR
from typing import Any

import pytest
from flask.testing import FlaskClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from ivr.simulator.softphone import Phone, phone_app
from tests.simulator.phone.loop_back import LoopBackCarrier, telling
from tests.simulator.phone.served import RUTH, ServedPhone, serve

VOICE = bytes(range(160))


def client(**changes: Any) -> FlaskClient:
    settings: dict[str, Any] = {"live_credentials": False, "examples": (RUTH,)} | changes
    return phone_app(Phone(LoopBackCarrier().place_call, telling(), **settings)).test_client()


# The page


def test_the_page_offers_an_invented_person() -> None:
    page = client().get("/phone")

    assert page.status_code == 200
    assert "Ruth Invented" in page.text


def test_the_page_allows_its_own_files_and_nothing_inline() -> None:
    policy = client().get("/phone").headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_page_holds_no_script_style_or_address_of_its_own() -> None:
    text = client().get("/phone").text

    assert "<style" not in text
    assert " style=" not in text
    assert "://" not in text
    assert text.count("<script") == text.count('<script type="module" src="/phone/static/')


def test_beside_live_credentials_there_is_no_phone_and_the_page_says_why() -> None:
    answer = client(live_credentials=True).get("/phone")

    assert answer.status_code == 403
    assert "connected to a real carrier" in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:5000", "[::1]:5000"])
def test_this_computer_gets_the_phone(host: str) -> None:
    assert client().get("/phone", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"Host": "rebound.example"}),
        ("127.0.0.1", {"Host": "127.0.0.1.example"}),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}),
    ],
)
def test_other_computers_and_borrowed_names_get_none(peer: str, headers: dict[str, str]) -> None:
    answer = client().get("/phone", headers=headers, environ_base={"REMOTE_ADDR": peer})

    assert answer.status_code == 403
    assert "this computer only" in answer.text


def test_behind_a_sign_in_the_sign_in_decides() -> None:
    phone = client(may_use=lambda asked: asked.headers.get("X-Staff") == "ana")

    assert phone.get("/phone", headers={"X-Staff": "ana"}, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200
    assert phone.get("/phone").status_code == 403


# The socket


@pytest.fixture
def phone() -> Iterator[ServedPhone]:
    yield from serve(telling({"kind": "listening", "expect": "open"}), LoopBackCarrier(hangs_up_on="9"))


def socket(phone: ServedPhone, origin: str | None = None) -> ClientConnection:
    address = phone.url.replace("http", "ws", 1) + "/socket"
    return connect(address, origin=origin or phone.url.removesuffix("/phone"), compression=None)  # type: ignore[arg-type]


def tell(connection: ClientConnection, **message: str) -> None:
    connection.send(json.dumps(message))


def told(connection: ClientConnection, until: str) -> list[dict[str, Any]]:
    """Messages of the socket up to the first whose state, kind or type is `until`; sound is passed over."""
    seen: list[dict[str, Any]] = []
    while not seen or until not in (seen[-1].get("state"), seen[-1].get("kind"), seen[-1]["type"]):
        received = connection.recv(timeout=10)
        if isinstance(received, str):
            seen.append(json.loads(received))
    return seen


@contextmanager
def dial(phone: ServedPhone) -> Iterator[ClientConnection]:
    """A socket whose call the far end has answered."""
    with socket(phone) as connection:
        tell(connection, type="dial", language="en")
        told(connection, until="answered")
        yield connection


def closed(connection: ClientConnection) -> bool:
    """Read until the phone closes the socket; TimeoutError where it does not."""
    with suppress(ConnectionClosed):
        while True:
            connection.recv(timeout=10)
    return True


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost:1", "null"])
def test_a_page_from_elsewhere_cannot_open_the_socket(phone: ServedPhone, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refusal, socket(phone, origin):
        pass

    assert refusal.value.response.status_code == 403


def test_beside_live_credentials_there_is_no_socket_either() -> None:
    for phone in serve(telling(), LoopBackCarrier(), live_credentials=True):
        with pytest.raises(InvalidStatus) as refusal, socket(phone):
            pass

        assert refusal.value.response.status_code == 403


def test_a_call_rings_is_answered_and_carries_sound_both_ways(phone: ServedPhone) -> None:
    with dial(phone) as connection:
        connection.send(VOICE * 3)
        while connection.recv(timeout=10) != VOICE:
            pass

    assert VOICE in phone.carrier.call().said


def test_keys_reach_the_carrier_in_order(phone: ServedPhone) -> None:
    with dial(phone) as connection:
        for key in "471108#9":
            tell(connection, type="key", key=key)
        told(connection, until="ended")

    assert phone.carrier.call().keys == "471108#9"


def test_captions_come_over_the_same_socket(phone: ServedPhone) -> None:
    with socket(phone) as connection:
        tell(connection, type="dial", language="en")

        assert told(connection, until="listening")[-1] == {
            "type": "timeline", "kind": "listening", "expect": "open",
        }  # fmt: skip


def test_a_browser_that_hangs_up_ends_the_carriers_call(phone: ServedPhone) -> None:
    with dial(phone) as connection:
        tell(connection, type="hang_up")

        assert told(connection, until="ended")[-1]["reason"] == "caller"
        assert closed(connection)


def test_a_browser_that_vanishes_ends_the_carriers_call(phone: ServedPhone) -> None:
    with dial(phone) as connection:
        connection.socket.shutdown(SHUT_RDWR)

    assert phone.carrier.call().over.wait(10)
    assert phone.carrier.call().ended == "caller"


def test_a_line_that_hangs_up_closes_the_socket(phone: ServedPhone) -> None:
    with dial(phone) as connection:
        tell(connection, type="key", key="9")
        assert told(connection, until="ended")[-1]["reason"] == "line"

        connection.send(VOICE)
        assert closed(connection)


@pytest.mark.parametrize(
    "sent",
    [
        [json.dumps({"type": "dial", "language": "en"})],
        ["nonsense"],
        [b"\xff" * 161],
        [json.dumps({"type": "key", "key": "1"})] * 60,
        [b"\xff" * 1_600] * 300,
    ],
    ids=["a second call", "nonsense", "half a frame", "a flood of keys", "a flood of sound"],
)
def test_a_socket_that_misbehaves_is_closed_and_its_call_hung_up(phone: ServedPhone, sent: list[str | bytes]) -> None:
    with dial(phone) as connection:
        with suppress(ConnectionClosed):
            for message in sent:
                connection.send(message)

        assert closed(connection)

        assert phone.carrier.call().over.wait(10)
        assert phone.carrier.call().ended == "caller"


def test_a_message_too_large_for_any_call_closes_the_socket(phone: ServedPhone) -> None:
    with dial(phone) as connection:
        connection.send(b"\xff" * 100_000)

        assert closed(connection)
    assert phone.carrier.call().over.wait(10)


def test_a_language_that_is_not_offered_places_no_call(phone: ServedPhone) -> None:
    with socket(phone) as connection:
        tell(connection, type="dial", language="xx")

        assert told(connection, until="refused")[-1]["type"] == "refused"
    assert phone.carrier.calls == []


def test_one_browser_too_many_is_told_so_and_a_place_is_free_again_after_a_call(phone: ServedPhone) -> None:
    with dial(phone) as first, dial(phone):
        with socket(phone) as third:
            assert "in use" in told(third, until="refused")[-1]["reason"]
        tell(first, type="hang_up")
        assert closed(first)

        with dial(phone):
            assert len(phone.carrier.calls) == 3


def test_a_carrier_that_breaks_is_an_ended_call_for_the_page() -> None:
    class BrokenCall:
        call_id = "CA" + "2" * 32
        is_answered = False
        trouble = "broken"

        def run(self) -> None:
            raise RuntimeError("the simulator broke")

    class BrokenCarrier(LoopBackCarrier):
        def place_call(self, leg: object, language: str) -> Any:
            return BrokenCall()

    for phone in serve(telling(), BrokenCarrier()):
        with socket(phone) as connection:
            tell(connection, type="dial", language="en")

            assert told(connection, until="note")[-1]["text"].startswith("The line did not answer")
            assert told(connection, until="ended")[-1]["reason"] == "failed"
