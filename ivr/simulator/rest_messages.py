"""Messages.json of the carrier's REST interface: the line sends texts, with the real one's paths and errors."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request

from ivr.simulator.rest_answers import error, page
from ivr.simulator.texts import SimulatedTexts, Text, TextRefused
from ivr.simulator.world import World


class MessagesResource:
    """Messages.json and Messages/{sid}.json."""

    def __init__(self, world: World, texts: SimulatedTexts) -> None:
        self._world = world
        self._texts = texts

    def create(self) -> Response:
        """Send a text."""
        form = request.form
        if not form.get("To"):
            return error(400, 21604, "A 'To' phone number is required.")
        if not form.get("From") and not form.get("MessagingServiceSid"):
            return error(400, 21603, "A 'From' phone number is required.")
        try:
            text = self._texts.send(
                form["To"], form.get("From", ""), form.get("Body", ""), form.get("StatusCallback", "")
            )
        except TextRefused as refused:
            return error(400, refused.code, str(refused))
        answer = jsonify(self._object(text) | {"status": "queued", "error_code": None})
        answer.status_code = 201
        return answer

    def fetch(self, sid: str) -> Response:
        """How it stands."""
        text = self._texts.texts.get(sid)
        if text is None:
            return error(404, 20404, f"The requested resource /Messages/{sid}.json was not found")
        return jsonify(self._object(text))

    def list(self) -> Response:
        """Newest first; by To and From."""
        wanted = {"to": request.args.get("To"), "sender": request.args.get("From")}
        found = [
            text
            for text in reversed(list(self._texts.texts.values()))
            if all(value in (None, getattr(text, name)) for name, value in wanted.items())
        ]
        return jsonify(page("messages", [self._object(text) for text in found]))

    def _object(self, text: Text) -> dict[str, Any]:
        account = self._world.account_sid
        return {
            "sid": text.sid,
            "account_sid": account,
            "from": text.sender,
            "to": text.to,
            "body": text.body,
            "status": text.status,
            "direction": text.direction,
            "num_segments": str(text.segments),
            "num_media": "0",
            "error_code": text.error or None,
            "error_message": None,
            "date_created": text.created,
            "date_sent": text.created,
            "date_updated": text.created,
            "price": None,
            "price_unit": "USD",
            "messaging_service_sid": None,
            "api_version": "2010-04-01",
            "subresource_uris": {},
            "uri": f"/2010-04-01/Accounts/{account}/Messages/{text.sid}.json",
        }
