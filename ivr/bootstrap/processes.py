"""All processes of the line under one supervisor, and a whole line on free ports for demonstrations and tests."""

from __future__ import annotations

import ctypes
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from ivr.bootstrap import rules
from ivr.bootstrap.readiness import MAY_BE_AWAY
from ivr.bootstrap.stores import open_stores
from ivr.errors import IvrError, SettingsError
from ivr.settings import Settings, load_settings
from ivr.store.schema import upgrade
from ivr.understanding.training import MODEL, rasa_command

READY_WITHIN_S = 300.0
"""Rasa takes 25 s on two quiet cores, and was seen to take 150 s on busy ones."""
STOP_WITHIN_S = 20.0
SPARE_THREADS = 32
"""Of a web process, beside one for each call: webhooks, internal routes, health."""
INNER_PORTS = 40
PR_SET_PDEATHSIG = 1
"""prctl(2)."""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that is open."""

    settings: Settings
    voice_url: str
    auth_token: str
    operator_token: str
    phone_url: str
    supervisor: subprocess.Popen[bytes]

    def process_ids(self) -> Mapping[str, int]:
        """Name of each process -> its id, as the supervisor knows them."""
        shown = _control(self.settings, "status")
        lines = [line.split() for line in shown.splitlines() if " RUNNING " in line]
        return {words[0]: int(words[3].rstrip(",")) for words in lines}


def server_command(settings: Settings, name: str, number: int) -> list[str]:
    """gunicorn's command line for one of the Flask processes."""
    ports = settings.ports
    port = {"agency": ports.agency, "voice": ports.voice, "phone": ports.phone}.get(name)
    bind = f"127.0.0.1:{ports.private[number] if port is None else port}"
    threads = settings.most_calls + SPARE_THREADS if name in ("web", "phone") else 8
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1"]
    command += ["--threads", str(threads), "--graceful-timeout", "5", "--timeout", "60", "--keep-alive", "15"]
    command += ["--no-control-socket", "--log-level", "warning", "--reuse-port", "--bind", bind]
    if port is None:
        command += ["--config", "python:ivr.bootstrap.public_port"]
    return [*command, f"ivr.bootstrap.{name}:app()"]


def process_command(settings: Settings, name: str) -> tuple[list[str], dict[str, str]]:
    """Command line of a process (agency, web-0 …), and what it adds to the environment. Raises SettingsError."""
    kind, _, number = name.partition("-")
    if kind == "worker":
        return [sys.executable, "-m", "ivr.bootstrap.worker"], {}
    if kind == "rules":
        return rules.rules_command(settings.root, settings.ports.rules), {}
    if kind == "dialogue":
        port, token, database = settings.ports.rasa, settings.secrets.rasa, settings.var / "dialogues.db"
        command = rasa_command(settings.root, port, token, database)
        return list(command.argv), dict(command.environment)
    return server_command(settings, kind, int(number or 0)), {"OPENLINE_PROCESS_NUMBER": number or "0"}


def process_names(settings: Settings) -> list[str]:
    """What runs, in the order of starting."""
    names = [] if settings.agency_url else ["agency"]
    names += ["rules"] if rules.is_installed(settings.root) else []
    names += ["dialogue", "voice", *(f"web-{number}" for number in range(settings.web_processes))]
    names += ["phone"] if settings.carrier == "simulator" else []
    return [*names, "worker"]


def write_supervision(settings: Settings) -> Path:
    """The supervisor's configuration; a process that dies is started again."""
    folder = settings.var
    (folder / "log").mkdir(parents=True, exist_ok=True)
    lines = ["[supervisord]", "nodaemon=true", f"logfile={folder}/log/supervisor.log"]
    lines += [f"pidfile={folder}/supervisor.pid", f"childlogdir={folder}/log", "loglevel=info", ""]
    lines += ["[unix_http_server]", f"file={_socket_path(folder)}", "chmod=0700", ""]
    lines += ["[rpcinterface:supervisor]"]
    lines += ["supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface", ""]
    lines += ["[supervisorctl]", f"serverurl=unix://{_socket_path(folder)}", ""]
    for name in process_names(settings):
        command, environment = process_command(settings, name)
        lines += [f"[program:{name}]", f"command={shlex.join(command)}"]
        lines += ["environment=" + ",".join(f'{key}="{value}"' for key, value in environment.items())]
        lines += [f"directory={settings.root}", "autorestart=true", "startsecs=1", "startretries=100"]
        lines += ["stopasgroup=true", "killasgroup=true", "stopwaitsecs=10"]
        lines += [f"stderr_logfile={folder}/log/{name}.log", f"stdout_logfile={folder}/log/{name}.out", ""]
    path = folder / "supervisord.conf"
    path.touch(mode=0o600)  # it names the token of the dialogue process
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _socket_path(folder: Path) -> Path:
    """A socket's path holds 107 characters at most, a deep folder does not fit."""
    path = folder / "supervisor.sock"
    return path if len(str(path)) < 90 else Path(tempfile.gettempdir()) / f"openline-{abs(hash(str(folder))):x}.sock"


def start(settings: Settings) -> subprocess.Popen[bytes]:
    """Start the supervisor. Raises SettingsError where a port is taken or a model is missing."""
    if not (settings.root / MODEL).exists():
        raise SettingsError("Rasa is not trained yet; run `openline set-up` (or `make run`)")
    for name, port in _ports(settings).items():
        if not _is_free(port):
            raise SettingsError(
                f"port {port} ({name}) is taken; stop what uses it, or set line.port in config.yml or OPENLINE_PORT"
            )
    upgrade(open_stores(settings).database.engine)
    path = write_supervision(settings)
    return subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-s", "-c", str(path)],
        env=_environment(settings),
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def _end_with_parent() -> None:
    """In the child: whoever opened the line was killed, so nobody is left to close it (Linux; elsewhere no effect)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _environment(settings: Settings) -> dict[str, str]:
    """What the processes must agree on, also where it came from a parent's arguments."""
    given = {
        "OPENLINE_ROOT": str(settings.root),
        "OPENLINE_VAR": str(settings.var),
        "OPENLINE_PORT": str(settings.ports.web),
        "OPENLINE_INNER_PORTS": str(settings.ports.rasa - 1),
        "OPENLINE_PUBLIC_URL": settings.public_url,
    }
    return {**os.environ, **given}


def _ports(settings: Settings) -> dict[str, int]:
    ports = settings.ports
    named = {"web": ports.web, "Rasa": ports.rasa, "voice": ports.voice, "agency": ports.agency, "phone": ports.phone}
    named["rules"] = ports.rules
    return named | {f"web {number}": port for number, port in enumerate(ports.private)}


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def wait_until_ready(settings: Settings, supervisor: subprocess.Popen[bytes]) -> None:
    """Until both web processes, Rasa, voice and agency answer. Raises SettingsError with where to look."""
    deadline = time.monotonic() + READY_WITHIN_S
    waiting = [f"http://127.0.0.1:{port}/readyz" for port in settings.ports.private]
    with httpx.Client(trust_env=False, timeout=2.0) as client:
        while waiting and time.monotonic() < deadline and supervisor.poll() is None:
            waiting = [url for url in waiting if not _all_well(client, url)]
            time.sleep(0.25)
    if waiting:
        raise SettingsError(f"the line did not open in {READY_WITHIN_S:.0f} s; see {settings.var}/log")


def _all_well(client: httpx.Client, url: str) -> bool:
    try:
        answer = client.get(url)
        parts = answer.json()["parts"]
        needed = [well for name, well in parts.items() if name not in MAY_BE_AWAY]
        return bool(answer.status_code == httpx.codes.OK and all(needed))
    except (httpx.HTTPError, ValueError, KeyError):
        return False


def stop(supervisor: subprocess.Popen[bytes]) -> None:
    """Ask the supervisor to end everything; kill what does not."""
    supervisor.send_signal(signal.SIGTERM)
    try:
        supervisor.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(supervisor.pid, signal.SIGKILL)
        supervisor.wait()


def _control(settings: Settings, *arguments: str) -> str:
    command = [sys.executable, "-m", "supervisor.supervisorctl", "-c", str(settings.var / "supervisord.conf")]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603
    return done.stdout


def opened(settings: Settings, supervisor: subprocess.Popen[bytes]) -> OpenLine:
    """How to reach a line that was started."""
    return OpenLine(
        settings=settings,
        voice_url=f"{settings.public_url}/voice",
        auth_token=settings.secrets.carrier_token,
        operator_token=settings.secrets.operator,
        phone_url=f"http://127.0.0.1:{settings.ports.phone}/phone",
        supervisor=supervisor,
    )


@contextmanager
def line_on_free_ports(extra: Mapping[str, str] | None = None) -> Iterator[OpenLine]:
    """A whole line with a store of its own, open until the block ends. extra: environment for its processes.

    Raises SettingsError where it cannot be opened.
    """
    with tempfile.TemporaryDirectory(prefix="openline-") as folder:
        base = _free_range()
        given = {"OPENLINE_VAR": folder, "OPENLINE_PORT": str(base), "OPENLINE_INNER_PORTS": str(base + 1)}
        given |= {"OPENLINE_PUBLIC_URL": f"http://127.0.0.1:{base}", **(extra or {})}
        before = dict(os.environ)
        os.environ.update(given)
        try:
            settings = load_settings()
            supervisor = start(settings)
            try:
                wait_until_ready(settings, supervisor)
                yield opened(settings, supervisor)
            except IvrError:
                _show_logs(settings)
                raise
            finally:
                stop(supervisor)
        finally:
            os.environ.clear()
            os.environ.update(before)


def _show_logs(settings: Settings) -> None:
    """The last words of each process, for whoever sees the failure."""
    for path in sorted((settings.var / "log").glob("*.log")):
        tail = path.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
        sys.stderr.write("\n".join([f"--- {path.name}", *tail, ""]))


def _free_range() -> int:
    """The first of INNER_PORTS free ports in a row, below the ephemeral range."""
    start_at: int = 20_000 + os.getpid() % 200 * 50
    bases: list[int] = [*range(start_at, 32_000, 50), *range(20_000, start_at, 50)]
    for base in bases:
        if all(_is_free(port) for port in range(base, base + INNER_PORTS)):
            return base
    raise SettingsError("no 40 free ports in a row between 20000 and 32000")
