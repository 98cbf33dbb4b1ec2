"""`openline call`: call a line as the telephone network would, and say whether the call went as it should."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import httpx

from ivr.bootstrap.hearing import transcriber
from ivr.bootstrap.processes import line_on_free_ports
from ivr.errors import ScenarioError
from ivr.settings import Settings, load_settings
from ivr.simulator.play import PlayedCall, ScenarioPlayer, Target, save
from ivr.simulator.scenario import Scenario
from ivr.simulator.scenario_file import read_recording, read_scenario
from ivr.simulator.timeline import TimelineEntry
from ivr.vocabulary import Language, Samples

Tell = Callable[[str], None]
"""Where a line of the conversation goes."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.argument("what", type=click.Path(path_type=Path), metavar="SCENARIO.yml|AUDIO.wav")
@click.option(
    "--to", metavar="URL", help="The line's voice webhook, https://…/voice. Without it: the line on this machine."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the conversation.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where sound, log and timeline go.")
@click.option("--seed", default=1, show_default=True, help="Of noise, jitter and names.")
def command(what: Path, to: str | None, as_json: bool, out: Path | None, seed: int) -> None:
    """Call a line as the telephone network would.

    Requests are signed with TWILIO_AUTH_TOKEN, or with this machine's own token. OPENLINE_OPERATOR_TOKEN opens the
    timeline of a line elsewhere; without it the caller goes by ear.

    \b
    Example:
      openline call tests/scenarios/demo/payment_by_voice.yml --out results/calls
    """
    settings = load_settings()
    with _target(settings, to) as target:
        played = play_and_print(what, target, settings, out or settings.var / "calls", seed, quiet=as_json)
    if as_json:
        click.echo(json.dumps(_as_one(played), ensure_ascii=False, indent=2))
    sys.exit(1 if any(call.problems for call in played) else 0)


def play_and_print(
    what: Path,
    target: Target,
    settings: Settings,
    out: Path,
    seed: int = 1,
    quiet: bool = False,
    tell: Tell = click.echo,
) -> list[PlayedCall]:
    """Play a scenario (or a recording), telling the conversation as it happens unless `quiet`; sound goes to `out`."""
    scenario = _scenario(what)
    told = None if quiet else partial(_tell_entry, tell)
    player = ScenarioPlayer(target, settings.root / "audio_samples", _listen, told, seed)
    played = []
    for number, call in enumerate(player.play(scenario), start=1):
        save(call, out, f"{what.stem}.{number}" if len(scenario.calls) > 1 else what.stem)
        played.append(call)
        if not quiet:
            _tell_call(tell, call)
    return played


def _scenario(what: Path) -> Scenario:
    if what.suffix.lower() == ".wav":
        return read_recording(what)
    return read_scenario(what, invented_people())


@cache
def invented_people() -> Mapping[str, Mapping[str, str]]:
    """Invented person -> the values that `{name}` stands for in a scenario: customer_number, pin, case_number …"""
    testers: dict[str, dict[str, Any]] = json.loads(
        files("ivr.services.demo_agency").joinpath("testers.json").read_text("utf-8")
    )["testers"]
    people = {}
    for key, tester in testers.items():
        values = {name: value for name, value in tester.items() if isinstance(value, str)}
        year, month, day = values["birth_date"].split("-")
        values["birth_date_keys"] = f"{day}{month}{year}"
        if tester.get("case_numbers"):
            values["case_number"] = tester["case_numbers"][0]
        people[key] = values
    return people


@contextmanager
def _target(settings: Settings, to: str | None) -> Iterator[Target]:
    """The line to call: the one named, the one that runs here, or one opened for this call alone."""
    secrets = settings.secrets
    if to is not None:
        is_here = (urlsplit(to).hostname or "") in LOOPBACK
        operator = os.environ.get("OPENLINE_OPERATOR_TOKEN", secrets.operator if is_here else "")
        yield Target(to, secrets.carrier_token, operator, secrets.carrier_account)
        return
    origin = f"http://127.0.0.1:{settings.ports.web}"
    if _answers(origin):
        yield Target(f"{origin}/voice", secrets.carrier_token, secrets.operator, secrets.carrier_account)
        return
    with line_on_free_ports() as line:
        yield Target(line.voice_url, line.auth_token, line.operator_token, line.settings.secrets.carrier_account)


def _answers(origin: str) -> bool:
    try:
        return httpx.get(f"{origin}/healthz", timeout=1.0, trust_env=False).is_success
    except httpx.HTTPError:
        return False


@cache
def _transcriber() -> Any:
    return transcriber()


def _listen(samples: Samples, language: Language) -> str:
    """What a recognizer hears; it is loaded when the first words have to be checked."""
    text: str = _transcriber()(samples, language)
    return text


def _tell_entry(tell: Tell, entry: TimelineEntry) -> None:
    """A line of the conversation as it happens."""
    details = entry.details
    match entry.kind:
        case "prompt_started":
            tell(f"  line    {details.get('text') or details.get('prompt')}")
        case "caller_spoke":
            tell(f"  caller  “{details.get('text', '')}” ({details.get('confidence', 0):.2f})")
        case "keys":
            tell(f"  caller  [{details.get('count')} keys]")
        case "facts":
            for fact in details.get("facts", []):
                tell(f"  fact    {fact.get('name')} = {fact.get('value')}  ({fact.get('source')})")
        case _:
            pass


def _tell_call(tell: Tell, call: PlayedCall) -> None:
    """The turns with their times, the result, what was not as expected."""
    report = call.report
    tell("")
    for number, turn in enumerate(report["turns"]):
        caller = turn["caller"] or {}
        what = caller.get("said") or (f"[{caller['keys']}]" if caller.get("keys") else "(greeting)")
        times = ", ".join(f"{name} {value} ms" for name, value in turn["times_ms"].items() if value is not None)
        tell(f"  turn {number}: {what}" + (f": {times}" if times else ""))
    tell(f"  result: {report['result']}; heard: {report['line_heard_wav']}")
    for problem in call.problems:
        tell(click.style(f"  not as expected: {problem}", fg="red"))


def _as_one(played: list[PlayedCall]) -> dict[str, Any]:
    """The last call, with all of them beside it where the scenario holds several."""
    if not played:
        raise ScenarioError("no call was made")
    last = dict(played[-1].report)
    if len(played) > 1:
        last["problems"] = [problem for call in played for problem in call.problems]
        last["calls"] = [call.report for call in played]
    return last
