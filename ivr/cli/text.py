"""`openline text`: write to a line as somebody's telephone would, and read what it answers."""

from __future__ import annotations

import json
import sys

import click

from ivr.settings import load_settings
from ivr.simulator.carrier import SimulatedCarrier
from ivr.simulator.texts import SimulatedTexts
from ivr.simulator.webhooks import WebhookFailed


@click.command()
@click.argument("message", nargs=-1, metavar="[MESSAGE]…")
@click.option("--from", "sender", default="+351910000042", show_default=True, help="Who writes; an invented number.")
@click.option(
    "--to", metavar="URL", help="The line's messaging webhook, https://…/sms. Without it: the line that runs here."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a message instead of the conversation.")
def command(message: tuple[str, ...], sender: str, to: str | None, as_json: bool) -> None:
    """Write text messages to a line, one for each argument; without any, type them (Ctrl-D ends).

    Requests are signed with TWILIO_AUTH_TOKEN, or with this machine's own token.

    \b
    Example:
      openline text "which papers do I need for a pension?"
    """
    settings = load_settings()
    url = to or f"{settings.public_url}/sms"
    with SimulatedCarrier(settings.secrets.carrier_token, account_sid=settings.secrets.carrier_account) as carrier:
        texts = SimulatedTexts(carrier.world, url)
        for body in message or iter(_typed, ""):
            try:
                replies = texts.write(sender, body)
            except WebhookFailed as error:
                click.echo(f"openline: the line at {url} has no answer ({error})", err=True)
                sys.exit(1)
            _tell(body, replies, as_json, bool(message))
        for violation in texts.violations:
            click.echo(f"openline: {violation}", err=True)
    sys.exit(1 if texts.violations else 0)


def _typed() -> str:
    try:
        return input("> ") or " "
    except EOFError:
        return ""


def _tell(body: str, replies: list[str], as_json: bool, was_given: bool) -> None:
    if as_json:
        click.echo(json.dumps({"sent": body, "answers": replies}, ensure_ascii=False))
        return
    if was_given:
        click.echo(f"> {body}")
    for reply in replies:
        click.echo("\n".join(f"  {line}" for line in reply.splitlines()))
