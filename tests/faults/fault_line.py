"""A line whose processes are killed: who runs, who owns a call, kill -9, and waiting until all is well again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import psutil

from ivr.bootstrap.processes import OpenLine, wait_until_ready
from ivr.bootstrap.stores import open_stores
from ivr.bootstrap.web import understander
from ivr.cli.call import invented_people
from ivr.simulator.caller import ScriptedCaller
from ivr.simulator.measure import Sounding, longest_silence_ms
from ivr.simulator.play import PlayedCall, ScenarioPlayer, Target, save
from ivr.simulator.scenario_file import read_scenario
from ivr.simulator.stream_socket import StreamSocket
from ivr.simulator.timeline import TimelineEntry
from ivr.store.call_log import CallRecord
from ivr.store.drafts import Draft
from ivr.vocabulary import CallId

ROOT = Path(__file__).parents[2]
BACK_WITHIN_S = 90.0
"""Rasa takes 25 s on two quiet cores."""
LONGEST_SILENCE_MS = 4_000
"""Service rule 29; neither the line nor the caller is heard."""


class FaultLine:
    """An open line and the means to break it."""

    def __init__(self, opened: OpenLine, folder: Path) -> None:
        self.opened, self._folder = opened, folder
        self.stores = open_stores(opened.settings)
        self._rasa = understander(opened.settings)
        self._is_whole = True
        self.sockets: list[StreamSocket] = []
        """Streams opened by hand; broken off at the end of the test."""
        self.learn_processes()

    @property
    def origin(self) -> str:
        return self.opened.settings.public_url

    def private(self, number: int) -> str:
        """A web process's own address."""
        return f"http://127.0.0.1:{self.opened.settings.ports.private[number]}"

    def call(
        self, scenario: str, told: Callable[[TimelineEntry], None] | None = None, name: str = "call"
    ) -> list[PlayedCall]:
        """Play a scenario's calls; sound, log and timeline go to the test's folder."""
        path = self._folder / f"{name}.yml"
        path.write_text(scenario, encoding="utf-8")
        secrets = self.opened.settings.secrets
        target = Target(self.opened.voice_url, secrets.carrier_token, secrets.operator, secrets.carrier_account)
        player = ScenarioPlayer(target, ROOT / "audio_samples", told=told)
        played = list(player.play(read_scenario(path, invented_people())))
        for number, one in enumerate(played):
            save(one, self._folder, f"{name}.{number}")
        return played

    def call_of(self, number: str) -> CallRecord:
        """The call that goes on from this calling number."""
        return next(record for record in self.stores.calls.live() if record.caller == number)

    def owner_of(self, number: str) -> str:
        """Name of the web process that owns the call of this calling number."""
        port = int(self.call_of(number).owner.rpartition(":")[2])
        return f"web-{self.opened.settings.ports.private.index(port)}"

    def draft_of(self, number: str) -> Draft | None:
        """The open draft of a calling number."""
        return self.stores.drafts.newest(self.stores.calls.calling_hash(number))

    def begun(self, number: str, **answers: str) -> Draft:
        """A pension application that this calling number has begun before."""
        drafts = self.stores.drafts
        draft = drafts.open("old_age_pension", self.stores.calls.calling_hash(number), f"earlier call {number}")
        return drafts.change(draft.reference, answers)

    def journal(self, call_id: str) -> list[str]:
        """The kinds of a call's journal entries."""
        return [entry.kind for entry in self.stores.journal.timeline(CallId(call_id))]

    def hang_up(self) -> None:
        """Break off all streams that were opened by hand."""
        while self.sockets:
            with suppress(OSError):  # broken off already
                self.sockets.pop().reset()

    def close(self) -> None:
        """Give connections back."""
        self._rasa.close()

    def learn_processes(self) -> None:
        """Ask the supervisor once more who runs."""
        self._ids = dict(self.opened.process_ids())

    def kill(self, name: str, worker_only: bool = False) -> None:
        """kill -9, gunicorn's worker and its master; or the worker alone, as the kernel does where memory ends."""
        self._is_whole = False
        master = psutil.Process(self._ids[name])
        children = master.children(recursive=True)
        for process in children if worker_only else [master, *children]:
            process.kill()

    def supervise(self, *arguments: str) -> None:
        """supervisorctl: a process that must stay away is stopped, not killed, since it would be started again."""
        self._is_whole = False
        configuration = self.opened.settings.var / "supervisord.conf"
        command = [sys.executable, "-m", "supervisor.supervisorctl", "-c", str(configuration), *arguments]
        subprocess.run(command, check=False, capture_output=True, timeout=30)

    def come_back(self) -> None:
        """Start what was stopped; wait until the supervisor has started what was killed, and everything answers."""
        if self._is_whole:
            return
        self.supervise("start", "all")
        deadline = time.monotonic() + BACK_WITHIN_S
        while not self._all_answer() and time.monotonic() < deadline:
            time.sleep(0.3)
        self.learn_processes()
        time.sleep(2.5)  # the web processes look at the others every 2.2 s
        wait_until_ready(self.opened.settings, self.opened.supervisor)
        self._is_whole = True

    def _all_answer(self) -> bool:
        ports = self.opened.settings.ports
        return (
            self._rasa.ready()
            and is_alive(f"http://127.0.0.1:{ports.agency}/agency/v1/health")
            and all(is_alive(f"http://127.0.0.1:{port}/healthz") for port in (ports.voice, *ports.private))
        )


def is_alive(url: str) -> bool:
    """Whether somebody answers there."""
    try:
        return httpx.get(url, timeout=1.0, trust_env=False).is_success
    except httpx.HTTPError:
        return False


class When:
    """Told of each timeline entry: acts once, so many seconds after the line begins to listen behind a prompt."""

    def __init__(self, prompt: str, act: Callable[[], None], after_s: float = 0.0, kind: str = "listening") -> None:
        """kind: of the entry behind the prompt's start; prompt_started: as soon as it is said."""
        self._prompt, self._act, self._after_s, self._kind = prompt, act, after_s, kind
        self._armed = False
        self.done = False
        self.failure: BaseException | None = None

    def __call__(self, entry: TimelineEntry) -> None:
        if entry.kind == "prompt_started" and entry.details.get("prompt") == self._prompt:
            self._armed = True
        if self._armed and not self.done and entry.kind == self._kind:
            self.done = True
            threading.Timer(self._after_s, self._run).start()

    def _run(self) -> None:
        try:
            self._act()
        except BaseException as error:  # handed to the test
            self.failure = error

    def happened(self) -> bool:
        """True where it was done and worked."""
        return self.done and self.failure is None


def said(played: PlayedCall) -> list[str]:
    """The prompts the line began to say, in order."""
    return [str(entry.details["prompt"]) for entry in played.entries or () if entry.kind == "prompt_started"]


def silence_ms(played: PlayedCall) -> int:
    """The longest time in which neither the line nor the caller was heard, on the recording."""
    leg = played.running.call.leg
    assert isinstance(leg, ScriptedCaller)
    return longest_silence_ms(Sounding.of(played.running.air.heard()), leg.diary.acts)
