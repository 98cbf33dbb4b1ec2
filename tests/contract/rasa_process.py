"""The real Rasa with the trained model on a free port, for tests that carry the marker `rasa`."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from ivr.understanding.rasa_understander import RasaUnderstander
from ivr.understanding.training import rasa_command, train_when_changed

ROOT = Path(__file__).parents[2]
TOKEN = "contract"
LONGEST_START = 300
"""Seconds; 22 on a quiet machine, 150 with ten other busy processes."""


@dataclass(frozen=True)
class RasaProcess:
    """Where it listens."""

    address: str
    database: Path

    def understander(self) -> RasaUnderstander:
        """A client with time enough for a machine that runs other tests as well."""
        return RasaUnderstander(self.address, TOKEN, parse_seconds=10, turn_seconds=10)

    def client(self, token: str = TOKEN) -> httpx.Client:
        """A bare client, for what the understander would never send."""
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=f"{self.address}/webhooks/ivr", headers=headers, timeout=10, trust_env=False)


@contextmanager
def running_rasa(folder: Path) -> Iterator[RasaProcess]:
    """Train if something changed, start, wait until it is ready, end it. `folder` gets its database and its log."""
    train_when_changed(ROOT)
    port = _free_port()
    command = rasa_command(ROOT, port, TOKEN, folder / "dialogues.db")
    with (folder / "rasa.log").open("wb") as log:
        process = subprocess.Popen(
            command.argv, cwd=ROOT, env={**os.environ, **command.environment}, stdout=log, stderr=log
        )
        try:
            running = RasaProcess(f"http://127.0.0.1:{port}", folder / "dialogues.db")
            _wait_until_ready(running, process, folder / "rasa.log")
            yield running
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_ready(running: RasaProcess, process: subprocess.Popen[bytes], log: Path) -> None:
    understander, until = running.understander(), time.monotonic() + LONGEST_START
    while not understander.ready():
        assert process.poll() is None, log.read_text()[-2000:]
        assert time.monotonic() < until, "Rasa did not become ready"
        threading.Event().wait(0.2)
    understander.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
