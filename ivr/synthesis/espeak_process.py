"""The parent's end of the espeak worker: started on demand, asked one sentence at a time, killed when it is late."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from ivr.errors import SynthesisFailed

COMMAND = (sys.executable, "-m", "ivr.synthesis.espeak_worker")
START_SECONDS = 10.0
"""Loading Python and the library takes 0.3 s; a busy machine may take several."""


class EspeakProcess:
    """One worker process. Not for several threads: its owner holds a lock.

    now: a monotonic clock in seconds.
    """

    def __init__(self, now: Callable[[], float], command: Sequence[str] = COMMAND) -> None:
        self._now = now
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""

    @property
    def process_id(self) -> int | None:
        """Of the running worker; None where there is none."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def ask(self, request: Mapping[str, object], seconds: float) -> None:
        """Have one sentence written. Raises SynthesisFailed where the worker fails, dies or is late; it then ends."""
        try:
            self._ensure_running()
            self._send(request)
            self._expect_success(seconds)
        except (OSError, ValueError, SynthesisFailed) as error:
            self.close()
            raise SynthesisFailed(f"espeak worker: {error}") from error

    def close(self) -> None:
        """End the worker, if one runs; the next `ask` starts another."""
        process, self._process, self._unread = self._process, None, b""
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _ensure_running(self) -> None:
        if self.process_id is not None:
            return
        self.close()
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._expect_success(START_SECONDS)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise SynthesisFailed("it is not running")
        return self._process

    def _send(self, request: Mapping[str, object]) -> None:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - opened as a pipe
        process.stdin.write(json.dumps(request).encode() + b"\n")

    def _expect_success(self, seconds: float) -> None:
        error = json.loads(self._line(seconds))["error"]
        if error:
            raise SynthesisFailed(str(error))

    def _line(self, seconds: float) -> bytes:
        process = self._running()
        assert process.stdout is not None  # noqa: S101 - opened as a pipe
        pipe, due = process.stdout.fileno(), self._now() + seconds
        while b"\n" not in self._unread:
            ready, _, _ = select.select([pipe], [], [], max(0.0, due - self._now()))
            if not ready:
                raise SynthesisFailed(f"no answer within {seconds} s")
            more = os.read(pipe, 4096)
            if not more:
                raise SynthesisFailed("it died")
            self._unread += more
        line, self._unread = self._unread.split(b"\n", 1)
        return line
