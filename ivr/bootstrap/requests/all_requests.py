"""Name of a request -> how it is done. Runs on the services pool; raises the errors of ivr/errors.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.bootstrap.requests import letter, pre_check
from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.vocabulary import CallId

Perform = Callable[[Services, CallId, Request], object]
"""Brings a record of ivr/records.py."""

REQUESTS: Mapping[str, Perform] = {**letter.REQUESTS, **pre_check.REQUESTS}
