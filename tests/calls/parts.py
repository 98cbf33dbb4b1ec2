"""Honest small parts for calls: a line that counts, a pool that works at once, a store in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np

from ivr.calls.line import Audio, Ended, Flushed, Heard, KeyPressed, Played
from ivr.conversation.events import Hint
from ivr.vocabulary import CallId, Milliseconds, Samples

FRAME = 160
QUIET: Samples = np.zeros(FRAME, np.int16)
LOUD: Samples = (6_000 * np.sin(np.arange(FRAME) * 0.9)).astype(np.int16)


class AtOnce(Executor):
    """Runs what is submitted before it returns, so that a test needs no waiting."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Never(Executor):
    """Takes work and never does it: a part that hangs."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return Future()


class CountingLine:
    """A line that plays in real audio time: each frame heard plays a frame of what is queued and returns marks."""

    def __init__(self, script: list[Heard] | None = None) -> None:
        self.script: deque[Heard] = deque(script or [])
        self.queued: deque[tuple[str, Any]] = deque()
        self.played: list[Samples] = []
        self.flushes = 0
        self.left = False
        self.most_ahead = 0
        self._back: deque[Heard] = deque()
        self._at = 0

    @property
    def ahead(self) -> int:
        """Milliseconds queued and not played."""
        return sum(len(item) for kind, item in self.queued if kind == "sound") // 8

    def hear(self, wait: Milliseconds) -> Iterator[Heard]:
        if self.left or not self.script:
            yield Ended("us" if self.left else "caller")
            return
        heard = self.script.popleft()
        if isinstance(heard, Audio):
            self._at += 20
            self._play_frame()
            heard = Audio(heard.samples, Milliseconds(self._at))
        yield heard
        while self._back:
            yield self._back.popleft()

    def play(self, samples: Samples) -> None:
        self.queued.append(("sound", samples))
        self.most_ahead = max(self.most_ahead, self.ahead)

    def mark(self, token: str) -> None:
        self.queued.append(("mark", token))

    def flush(self) -> None:
        self.flushes += 1
        self._back.extend(Flushed(token) for kind, token in self.queued if kind == "mark")
        self.queued.clear()

    def leave(self) -> None:
        self.left = True

    def _play_frame(self) -> None:
        wanted = FRAME
        while self.queued:
            kind, item = self.queued[0]
            if kind == "mark":
                self._back.append(Played(self.queued.popleft()[1]))
                continue
            if not wanted:
                return
            taken, rest = item[:wanted], item[wanted:]
            self.played.append(taken)
            wanted -= len(taken)
            if len(rest):
                self.queued[0] = ("sound", rest)
            else:
                self.queued.popleft()


class Kept:
    """A CallStore that remembers."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self.entries: list[tuple[str, Mapping[str, Any]]] = []
        self.drafts: dict[str, dict[str, str]] = {}
        self.steps: list[tuple[str, str]] = []
        self.hints: list[Hint] = []

    def keep(self, call_id: CallId, state: str, entries: list[tuple[str, Mapping[str, Any]]]) -> None:
        self.states.append(state)
        self.entries += entries

    def keep_draft(self, reference: str, answers: Mapping[str, str]) -> None:
        self.drafts[reference] = dict(answers)

    def keep_hint(self, call_id: CallId, hint: Hint, person: str) -> None:
        self.hints.append(hint)

    def set_next_step(self, call_id: CallId, step: str, reason: str) -> None:
        self.steps.append((step, reason))

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        return [contents for name, contents in self.entries if name == kind]


def quiet(ms: int) -> list[Heard]:
    """So much silence."""
    return [Audio(QUIET, Milliseconds(0)) for _ in range(ms // 20)]


def speech(ms: int) -> list[Heard]:
    """So much sound that the test's detector takes for speech."""
    return [Audio(LOUD, Milliseconds(0)) for _ in range(ms // 20)]


def keys(pressed: str) -> list[Heard]:
    """Keys, one each 200 ms."""
    return [heard for key in pressed for heard in (KeyPressed(key), *quiet(200))]
