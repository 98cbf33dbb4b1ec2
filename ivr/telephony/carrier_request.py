"""One request of the carrier's, read: who calls, at which step, which keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ivr.errors import BadMessage
from ivr.vocabulary import CallId

_CALL_SID = re.compile(r"CA[0-9a-f]{32}")
_RECORDING_SID = re.compile(r"RE[0-9a-f]{32}")
_KEYS = re.compile(r"[0-9*#]{0,40}")
_WORD = re.compile(r"[a-z_]{1,30}")
_LONGEST_STEP = 200


@dataclass(frozen=True, slots=True)
class CarrierRequest:
    """What the carrier tells us, and where in the script it stands (the query, which we wrote and it signed)."""

    call_id: CallId
    step: str
    """Route and query: names this request among all of the call; a repeat has the same."""
    keys: str
    """Keys pressed; empty: none, or not asked."""
    form: Mapping[str, str]
    query: Mapping[str, str]

    @property
    def caller(self) -> str:
        """The person's number as the carrier names it; may be a word (anonymous), a SIP address, or empty.

        In a call that the line made it is the number that was rung.
        """
        return self.form.get("To" if self.is_ours else "From", "")

    @property
    def called(self) -> str:
        """The line's own number."""
        return self.form.get("From" if self.is_ours else "To", "")

    @property
    def is_ours(self) -> bool:
        """The line has made this call."""
        return self.form.get("Direction", "").startswith("outbound")

    @property
    def number(self) -> int:
        """How many documents this call had before; makes each step's address its own."""
        return self.count("n")

    def count(self, name: str) -> int:
        """A small counter of the query; 0 where there is none."""
        text = self.query.get(name, "")
        return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0

    def word(self, name: str) -> str:
        """A word of the query; empty where there is none."""
        text = self.query.get(name, "")
        return text if _WORD.fullmatch(text) else ""

    @property
    def recording_id(self) -> str:
        """The recording's name; empty where there is none."""
        sid = self.form.get("RecordingSid", "")
        if not sid:
            # <Record action> is documented to carry the address alone; its last part is the name.
            sid = self.form.get("RecordingUrl", "").rpartition("/")[2]
        return sid if _RECORDING_SID.fullmatch(sid) else ""

    def seconds(self, name: str) -> int:
        """A duration of the form; 0 where there is none."""
        text = self.form.get(name, "")
        return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0


def read_request(path: str, form: Mapping[str, str], query: Mapping[str, str]) -> CarrierRequest:
    """Read a request whose signature was checked. Raises BadMessage where it names no call."""
    call_id = form.get("CallSid", "")
    if not _CALL_SID.fullmatch(call_id):
        raise BadMessage("CallSid: expected CA and 32 hex digits")
    keys = form.get("Digits", "")
    step = path + "".join(f"&{name}={query[name]}" for name in sorted(query))
    if len(step) > _LONGEST_STEP:
        raise BadMessage("a step that is none of ours")
    # "hangup" comes instead of a key when the caller puts the handset down while recording.
    return CarrierRequest(CallId(call_id), step, keys if _KEYS.fullmatch(keys) else "", form, query)
