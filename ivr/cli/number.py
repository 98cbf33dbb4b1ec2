"""`openline number`: point a telephone number at the line; print the document for when the line's host is away."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import click

import dialogues
from ivr.conversation.prompt_files import load_prompts
from ivr.errors import SettingsError
from ivr.telephony import numbers, twiml
from ivr.telephony.ports import NO_CALL, StaffNumber
from ivr.telephony.rest import Account
from ivr.telephony.wording import PromptWording
from ivr.vocabulary import Language

PROMPTS = Path(dialogues.__file__).parent / "prompts"


@click.group()
def command() -> None:
    """Connect a telephone number, print the fallback document."""


@command.command()
@click.argument("number")
@click.option("--url", required=True, help="How the carrier reaches the line: https://ivr.example.org")
@click.option("--fallback-url", default="", help="A document on another host (`openline number fallback` prints it).")
@click.option("--dry-run", is_flag=True, help="Check everything, change nothing, need no account.")
@click.option("--json", "as_json", is_flag=True, help="Print what was set as JSON.")
@click.option("--api-url", default="", envvar="OPENLINE_CARRIER_API", hidden=True)
def connect(number: str, url: str, fallback_url: str, dry_run: bool, as_json: bool, api_url: str) -> None:
    """Point a number of the Twilio account at the line.

    The account is read from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.

    \b
    Example:
      openline number connect +15551234567 --url https://ivr.example.org --fallback-url https://static.example.net/f.xml
    """
    connection = numbers.plan(number, url, fallback_url)
    if connection.shares_host:
        click.echo("warning: the fallback is on the line's own host and is away whenever the line is", err=True)
    if not connection.fallback_url:
        click.echo("warning: without --fallback-url callers hear an error message when the line is away", err=True)
    if not dry_run:
        numbers.apply(_account(api_url), number, connection)
    if as_json:
        click.echo(json.dumps({"number": number, "changed": not dry_run, **asdict(connection)}))
        return
    click.echo(f"{number} {'would ask' if dry_run else 'asks'} {connection.voice_url}")
    click.echo(f"  when that is away: {connection.fallback_url or 'nothing'}")
    click.echo(f"  end of a call:     {connection.status_url}")


@command.command()
@click.option("--dial", default="", help="A person's number: +15557654321. Without it callers leave a message.")
@click.option("--language", default="en", show_default=True)
def fallback(dial: str, language: str) -> None:
    """Print the document that another host serves while the line is away.

    \b
    Example:
      openline number fallback --dial +15557654321 > fallback.xml
    """
    staff = StaffNumber(numbers.valid_number(dial)) if dial else None
    wording = PromptWording(load_prompts(PROMPTS), lambda _: Language(language))
    prompts = ("fallback_apology", "keypad_person" if staff else "fallback_message")
    click.echo(twiml.static_fallback([wording.phrase(NO_CALL, prompt) for prompt in prompts], staff))


def _account(api_url: str) -> Account:
    names = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise SettingsError(f"{' and '.join(missing)}: not set in the environment; the Twilio console shows both")
    return Account(os.environ[names[0]], os.environ[names[1]], api_url)
