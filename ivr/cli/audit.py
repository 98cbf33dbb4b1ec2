"""`openline audit`: is the trail of all calls still as it was written?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from ivr.bootstrap.settled import utc
from ivr.bootstrap.worker import ages
from ivr.settings import load_settings
from ivr.store import schema
from ivr.store.audit import Audit, Verdict
from ivr.store.database import Database, open_engine
from ivr.store.encryption import Keyring


@click.group()
def command() -> None:
    """The audit trail of all calls.

    Example: openline audit verify
    """


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--head", default="", help="Digest of the newest seal as somebody noted it; it must be in the trail.")
def verify(as_json: bool, head: str) -> None:
    """Look at every entry of every call, and at every day's seal. Exit status 1 where anything was changed.

    Example: openline audit verify --head 5f0c…
    """
    settings = load_settings()
    database = Database(open_engine(settings.store_url), Keyring.parse(settings.secrets.store))
    schema.require_newest(database.engine)
    audit = Audit(database, utc, ages(settings).calls)
    verdict = audit.verify()
    knows_head = not head or audit.has_seal(head)
    database.close()
    click.echo(json.dumps({**asdict(verdict), "knows_head": knows_head}) if as_json else _told(verdict, knows_head))
    sys.exit(0 if knows_head and not verdict.flaws else 1)


def _told(verdict: Verdict, knows_head: bool) -> str:
    lines = [f"audit: {verdict.calls} calls, {verdict.entries} entries, {verdict.seals} days sealed"]
    lines += [f"  {flaw}" for flaw in verdict.flaws]
    if not knows_head:
        lines.append(
            "  the digest that was noted is in no seal: the trail was written anew, or the digest is another's"
        )
    lines.append(f"  newest seal: {verdict.head or 'none yet'}")
    lines.append(
        "  nothing was changed" if knows_head and not verdict.flaws else "  the trail is NOT as it was written"
    )
    return "\n".join(lines)
