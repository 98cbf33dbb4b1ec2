"""The line's settings: read once, typed, refused at start with the path of the key.

From config.yml, section `line:`, and for secrets and addresses from the environment. Secrets that are not given are
made once and kept in <var>/secrets.json, readable by its owner alone.
"""

from __future__ import annotations

import base64
import json
import os
import secrets as random_secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from ivr.errors import SettingsError

Value = TypeVar("Value")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SIMULATED_ACCOUNT = "AC" + "0123456789abcdef" * 2
"""The simulated carrier's account; a real one comes from TWILIO_ACCOUNT_SID."""
LANGUAGES_EXPECTED = "a list of two-letter languages, the first one greets"
Hours = tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class Ports:
    """Loopback ports of the processes."""

    web: int
    private: tuple[int, ...]
    """One for each web process: its own address for the others."""
    rasa: int
    voice: int
    agency: int
    phone: int
    rules: int


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only our own processes know. The repr says nothing."""

    carrier_account: str
    carrier_token: str
    carrier_token_next: str
    operator: str
    rasa: str
    voice: str
    agency: str
    store: str
    """Keyring text of ivr/store/encryption.py."""

    def __repr__(self) -> str:
        return "Secrets(***)"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    root: Path
    """The project's folder: config.yml, dialogues/, audio_samples/."""
    var: Path
    """What the line writes: store, sockets, kept sounds, logs."""
    agency_names: Mapping[str, str]
    emergency_numbers: Mapping[str, str]
    """emergency, crisis -> digits; what is missing is said as labels.yml has it."""
    """By language, one for each of the line's."""
    public_url: str
    zone: ZoneInfo
    currency: str
    languages: tuple[str, ...]
    region: str
    carrier: str
    """simulator or twilio."""
    staff_number: str
    line_number: str
    """E.164: what people see when the line calls or writes; empty: it does neither."""
    missed_call_number: str
    """E.164: whose calls are declined and rung back; empty: none."""
    carrier_api: str
    """Base address of a mock of the carrier's REST interface; empty: the carrier's own."""
    week: Mapping[int, Hours]
    exceptions: Mapping[date, Hours]
    most_calls: int
    web_processes: int
    act_from: float
    ask_from: float
    answer_from: float
    recognizer: str
    """auto, whisper, vosk or together."""
    recognition_threads: int
    store_url: str
    agency_url: str
    """The agency's own system; empty: the demo agency."""
    retention_days: Mapping[str, int]
    ports: Ports
    secrets: Secrets


def load_settings(root: Path | None = None, given: Mapping[str, str] | None = None) -> Settings:
    """Read config.yml and the environment. Raises SettingsError naming the key and what was expected.

    given: laid over the environment, from a command's options.
    """
    env = {**os.environ, **(given or {})}
    root = (root or Path(env.get("OPENLINE_ROOT", Path.cwd()))).resolve()
    line = _Section("config.yml: line", _read(root / "config.yml"))
    var = Path(env.get("OPENLINE_VAR", root / "var")).resolve()
    ports = _ports(line, env)
    return Settings(
        root=root,
        var=var,
        agency_names=_agency_names(line),
        emergency_numbers=line.section("emergency_numbers").take_all(
            _emergency_numbers, 'digits such as crisis: "116123"'
        ),
        public_url=env.get("OPENLINE_PUBLIC_URL", line.text("public_url", f"http://127.0.0.1:{ports.web}")).rstrip("/"),
        zone=line.take("time_zone", _zone, "a time zone such as Europe/Lisbon"),
        currency=line.take("currency", _currency, "three capital letters such as EUR"),
        languages=line.take("languages", _languages, LANGUAGES_EXPECTED),
        region=line.text("region", "PT"),
        carrier=env.get("OPENLINE_CARRIER", line.one_of("carrier", ("simulator", "twilio"), "simulator")),
        staff_number=env.get("OPENLINE_STAFF_NUMBER", line.text("staff_number", "")),
        line_number=env.get("OPENLINE_NUMBER", line.text("line_number", "")),
        missed_call_number=env.get("OPENLINE_MISSED_CALL_NUMBER", line.text("missed_call_number", "")),
        carrier_api=env.get("OPENLINE_CARRIER_API", "").rstrip("/"),
        week=_always(env) or line.section("opening_hours").take_all(_week, 'days such as monday: ["08:00-18:00"]'),
        exceptions=line.section("closed_days").take_all(_exceptions, "dates such as 2026-12-25, or a date with hours"),
        most_calls=line.whole("most_calls", 1, 500, 20),
        web_processes=line.whole("web_processes", 1, 16, 2),
        act_from=line.share("understanding.act_from", 0.6),
        ask_from=line.share("understanding.ask_from", 0.4),
        answer_from=line.share("understanding.answer_from", 0.75),
        recognizer=line.one_of("recognition.engine", ("auto", "whisper", "vosk", "together"), "auto"),
        recognition_threads=line.whole("recognition.threads", 1, 64, 1),
        store_url=env.get("OPENLINE_STORE_URL", f"sqlite:///{var / 'openline.db'}"),
        agency_url=env.get("OPENLINE_AGENCY_URL", line.text("agency_url", "")).rstrip("/"),
        retention_days=line.section("retention_days").take_all(_retention, "whole days by table"),
        ports=ports,
        secrets=_secrets(var, env),
    )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(
            f"there is no {path.name} in {path.parent}; start openline in the project's folder"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"config.yml cannot be read: {' '.join(str(error).split())}") from None
    line = read.get("line") if isinstance(read, dict) else None
    if not isinstance(line, dict):
        raise SettingsError("config.yml: line is missing; expected a section with the line's settings")
    return line


class _Section:
    """One mapping of the file, and how its keys are taken."""

    def __init__(self, path: str, values: Mapping[str, Any]) -> None:
        self._path = path
        self._values = values

    def section(self, key: str) -> _Section:
        found = self._values.get(key, {})
        if not isinstance(found, dict):
            raise SettingsError(f"{self._path}.{key} is {found!r}; expected a section")
        return _Section(f"{self._path}.{key}", found)

    def take(self, key: str, read: Callable[[Any], Value], expected: str, default: Any = None) -> Value:
        found: Any = self._values
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        found = default if found is None else found
        try:
            return read(found)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise SettingsError(f"{self._path}.{key} is {found!r}; expected {expected}") from None

    def take_all(self, read: Callable[[Mapping[str, Any]], Value], expected: str) -> Value:
        try:
            return read(self._values)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise SettingsError(f"{self._path} is {dict(self._values)!r}; expected {expected}") from None

    def text(self, key: str, default: str | None = None) -> str:
        return self.take(key, _text, "a text", default)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        return self.take(key, lambda found: allowed[allowed.index(found)], f"one of {', '.join(allowed)}", default)

    def whole(self, key: str, least: int, most: int, default: int) -> int:
        return self.take(key, lambda found: _whole(found, least, most), f"a whole number, {least} to {most}", default)

    def share(self, key: str, default: float) -> float:
        return self.take(key, _share, "a number from 0 to 1", default)


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found


def _emergency_numbers(found: Mapping[str, Any]) -> Mapping[str, str]:
    if set(found) - {"emergency", "crisis"} or not all(_text(number).isdigit() for number in found.values()):
        raise ValueError
    return dict(found)


def _whole(found: Any, least: int, most: int) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
        raise ValueError
    return found


def _share(found: Any) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1:
        raise ValueError
    return float(found)


def _agency_names(line: _Section) -> Mapping[str, str]:
    """One name for all languages, or {en: …, es: …}; each language of the line has one."""
    offered = line.take("languages", _languages, LANGUAGES_EXPECTED)

    def read(found: Any) -> Mapping[str, str]:
        names = found if isinstance(found, dict) else dict.fromkeys(offered, _text(found))
        return {language: _text(names[language]) for language in offered}

    return line.take("agency_name", read, "a text, or one for each language")


def _zone(found: Any) -> ZoneInfo:
    try:
        return ZoneInfo(_text(found))
    except ZoneInfoNotFoundError:
        raise ValueError from None


def _currency(found: Any) -> str:
    if len(found) != 3 or not found.isalpha() or not found.isupper():
        raise ValueError
    return str(found)


def _languages(found: Any) -> tuple[str, ...]:
    if not found or not all(isinstance(one, str) and len(one) == 2 for one in found):
        raise ValueError
    return tuple(found)


def _hours(found: Any) -> Hours:
    spans = [span.split("-") for span in found]
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)


def _week(found: Mapping[str, Any]) -> Mapping[int, Hours]:
    return {DAYS.index(day): _hours(spans) for day, spans in found.items()}


def _always(env: Mapping[str, str]) -> Mapping[int, Hours]:
    """OPENLINE_OPENING_HOURS=always: a demonstration must not depend on the hour it is run at."""
    if env.get("OPENLINE_OPENING_HOURS") != "always":
        return {}
    return dict.fromkeys(range(7), ((time(0), time(23, 59, 59)),))


def _exceptions(found: Mapping[str, Any]) -> Mapping[date, Hours]:
    return {date.fromisoformat(str(day)): _hours(spans or []) for day, spans in found.items()}


def _retention(found: Mapping[str, Any]) -> Mapping[str, int]:
    return {str(table): _whole(days, 1, 36_500) for table, days in found.items()}


def _ports(line: _Section, env: Mapping[str, str]) -> Ports:
    base = line.whole("port", 1, 60_000, 8_000)
    if "OPENLINE_PORT" in env:
        base = _Section("environment", {"OPENLINE_PORT": _number(env["OPENLINE_PORT"])}).whole(
            "OPENLINE_PORT", 1, 60_000, base
        )
    inner = _number(env["OPENLINE_INNER_PORTS"]) if "OPENLINE_INNER_PORTS" in env else base + 10
    if not isinstance(inner, int):
        raise SettingsError(f"environment: OPENLINE_INNER_PORTS is {inner!r}; expected the first of 40 free ports")
    processes = line.whole("web_processes", 1, 16, 2)
    private = tuple(range(inner + 10, inner + 10 + processes))
    return Ports(
        web=base, private=private, rasa=inner + 1, voice=inner + 2, agency=inner + 3, phone=inner + 4, rules=inner + 5
    )


def _number(text: str) -> Any:
    return int(text) if text.isdigit() else text


def _secrets(var: Path, env: Mapping[str, str]) -> Secrets:
    kept = _kept_secrets(var / "secrets.json")
    return Secrets(
        carrier_account=env.get("TWILIO_ACCOUNT_SID", kept["carrier_account"]),
        carrier_token=env.get("TWILIO_AUTH_TOKEN", kept["carrier_token"]),
        carrier_token_next=env.get("TWILIO_AUTH_TOKEN_NEXT", ""),
        operator=env.get("OPENLINE_OPERATOR_TOKEN", kept["operator"]),
        rasa=env.get("IVR_RASA_TOKEN", kept["rasa"]),
        voice=env.get("OPENLINE_VOICE_TOKEN", kept["voice"]),
        agency=env.get("OPENLINE_AGENCY_TOKEN", kept["agency"]),
        store=env.get("OPENLINE_STORE_KEY", kept["store"]),
    )


def _kept_secrets(path: Path) -> Mapping[str, str]:
    """Made at the first start; of two processes that make them at once the first one's stand."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = {name: random_secrets.token_hex(32) for name in ("operator", "rasa", "voice", "agency")}
        made |= {"carrier_account": SIMULATED_ACCOUNT, "carrier_token": random_secrets.token_hex(16)}
        made["store"] = base64.urlsafe_b64encode(random_secrets.token_bytes(32)).decode()
        mine = path.with_suffix(f".{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(json.dumps(made), encoding="utf-8")
        with suppress(FileExistsError):
            os.link(mine, path)
        mine.unlink()
    kept: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return kept
