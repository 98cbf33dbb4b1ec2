"""`openline db`: the store's schema and keys."""

from __future__ import annotations

import click

from ivr.store import schema
from ivr.store.database import open_engine
from ivr.store.encryption import Keyring

_url = click.option(
    "--url",
    envvar="OPENLINE_STORE_URL",
    required=True,
    help="sqlite:///var/store.db or postgresql://…; also as OPENLINE_STORE_URL.",
)


@click.group()
def command() -> None:
    """The store's schema and keys.

    Example: openline db upgrade
    """


@command.command()
@_url
def upgrade(url: str) -> None:
    """Bring the store to the newest schema; nothing where it is there already.

    Example: openline db upgrade --url sqlite:///var/store.db
    """
    engine = open_engine(url)
    before = schema.version(engine) or "empty"
    schema.upgrade(engine)
    click.echo(f"store: {before} -> {schema.version(engine)}")


@command.command("new-key")
def new_key() -> None:
    """Print a new key for the setting store.key. Who loses it loses what is kept.

    Example: openline db new-key
    """
    click.echo(Keyring.generate())
