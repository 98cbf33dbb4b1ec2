"""`openline db`: the store's schema and keys."""

from __future__ import annotations

import click

from ivr.settings import load_settings
from ivr.store import schema
from ivr.store.database import open_engine
from ivr.store.encryption import Keyring


@click.group()
def command() -> None:
    """The store's schema and keys.

    Example: openline db upgrade
    """


@command.command()
@click.option("--url", default="", help="Another store than the settings': sqlite:///var/store.db or postgresql://…")
def upgrade(url: str) -> None:
    """Bring the store to the newest schema; nothing where it is there already.

    Example: openline db upgrade
    """
    engine = open_engine(url or load_settings().store_url)
    before = schema.version(engine) or "empty"
    schema.upgrade(engine)
    click.echo(f"store: {before} -> {schema.version(engine)}")


@command.command("new-key")
def new_key() -> None:
    """Print a new key for the store; docs/data-protection.md says how keys are changed.

    Example: openline db new-key
    """
    click.echo(Keyring.generate())
