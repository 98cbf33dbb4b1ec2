"""A web phone on a free port in front of a loop-back carrier, in threads as under gunicorn."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server

from ivr.simulator.phone.captions import Follow
from ivr.simulator.phone.chat import Chat
from ivr.simulator.phone.examples import Example
from ivr.simulator.softphone import Phone, phone_app
from tests.simulator.phone.loop_back import LoopBackCarrier

RUTH = Example("Ruth Invented", "1234 5670", "471108", "When is my next payment?")


@dataclass(frozen=True)
class ServedPhone:
    """A web phone that answers."""

    url: str
    carrier: LoopBackCarrier


class OneSocket(WSGIRequestHandler):
    """Does not wait for another request on a connection that was a WebSocket, as gunicorn does not."""

    def connection_dropped(self, error: BaseException, environ: WSGIEnvironment | None = None) -> None:
        self.close_connection = True


def without_answer_after_socket(app: WSGIApplication) -> WSGIApplication:
    """As under gunicorn, which serves the line: Werkzeug's server would write an HTTP answer behind a socket's end."""

    def serve_as_gunicorn_does(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_UPGRADE" in environ:
            environ["gunicorn.socket"] = environ.pop("werkzeug.socket")
        try:
            return app(environ, start_response)
        except StopIteration as end:
            raise ConnectionError("the socket is closed") from end

    return serve_as_gunicorn_does


def serve(
    follow: Follow, carrier: LoopBackCarrier, *, live_credentials: bool = False, chat: Chat | None = None
) -> Iterator[ServedPhone]:
    """Serve a phone until the test is over."""
    phone = Phone(carrier.place_call, follow, live_credentials, examples=(RUTH,), calls_at_most=2, chat=chat)
    server = make_server(
        "127.0.0.1", 0, without_answer_after_socket(phone_app(phone)), threaded=True, request_handler=OneSocket
    )
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield ServedPhone(f"http://127.0.0.1:{server.server_port}/phone", carrier)
    server.shutdown()
    server.server_close()
    thread.join()
