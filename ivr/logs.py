"""Log set-up: one JSON object a line on standard error; `call_id` is bound once a call; personal values go.

A keyword that begins with `pii_` is dropped unless OPENLINE_LOG_PERSONAL=1 (a developer's own machine),
and so is the text of an exception: its class and the place it was raised at stay.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

EventDict = MutableMapping[str, Any]


def set_up(process: str, level: str = "info") -> None:
    """Configure logging for this process; called once, by the command line."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_personal_values,
            places_of_exceptions,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(process=process)


def logger() -> Any:
    """The log; events are constants, values are keywords."""
    return structlog.get_logger()


def bind_call(call_id: str) -> None:
    """All that this thread logs belongs to a call."""
    structlog.contextvars.bind_contextvars(call_id=call_id)


def without_personal_values(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop what names a person."""
    if os.environ.get("OPENLINE_LOG_PERSONAL") != "1":
        for key in [key for key in event if key.startswith("pii_")]:
            del event[key]
    return event


def places_of_exceptions(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Class and places instead of a text that may quote a caller."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        event["exception"] = info[0].__name__
        event["places"] = _places(info[2])
    return event


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-6:]
    return [f"{frame.filename.rsplit('/ivr/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
