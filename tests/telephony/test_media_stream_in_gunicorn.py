"""The stream in the server that runs in production: a process of its own, a thread for each stream."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.telephony.scripted_socket import mark, media
from tests.telephony.test_media_stream import PATIENCE_S, SIGNED, closed, start

pytestmark = pytest.mark.line


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a gunicorn with one gthread worker."""
    arguments = ["-m", "gunicorn", "--bind", "127.0.0.1:0", "--worker-class", "gthread", "--threads", "8"]
    target = "tests.telephony.echo_application:application()"
    process = subprocess.Popen([sys.executable, *arguments, target], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for text in process.stderr:
        if "Listening at" in text:
            break
    yield int(text.split("Listening at: http://127.0.0.1:")[1].split()[0])
    process.terminate()
    process.communicate(timeout=40)


def test_three_streams_at_once_echo_and_close(port: int) -> None:
    headers = {"X-Twilio-Signature": SIGNED}
    url = f"ws://127.0.0.1:{port}/media"
    with (
        connect(url, additional_headers=headers) as first,
        connect(url, additional_headers=headers) as second,
        connect(url, additional_headers=headers) as third,
    ):
        clients = (first, second, third)
        for client in clients:
            client.send(start("good"))
            client.send(media(2, 80))
        for client in clients:
            assert json.loads(client.recv(PATIENCE_S))["event"] == "media"
            name = json.loads(client.recv(PATIENCE_S))["mark"]["name"]
            client.send(mark(3, name))
            assert closed(client) == (1000, "")


def test_an_unsigned_upgrade_is_refused(port: int) -> None:
    with pytest.raises(InvalidStatus) as refused, connect(f"ws://127.0.0.1:{port}/media"):
        pass
    assert refused.value.response.status_code == 403


def test_a_wrong_token_closes_the_stream(port: int) -> None:
    with connect(f"ws://127.0.0.1:{port}/media", additional_headers={"X-Twilio-Signature": SIGNED}) as client:
        client.send(start("bad"))
        assert closed(client)[0] == 1008
        with pytest.raises(ConnectionClosed):
            client.send("more")
