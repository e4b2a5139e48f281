"""API keys on the command line; every change of keys is written into the audit log."""

from __future__ import annotations

import json
from datetime import datetime

import click

from .keys import SCOPES, Key, Keys
from .store import Home

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")


@click.group()
def keys() -> None:
    """Make, list and revoke API keys.

    Example: clew keys add "order desk" --scope check
    """


@keys.command()
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="What it may do.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The first day on which it no longer works.")
@as_json
@click.pass_obj
def add(home: Home, name: str, scopes: tuple[str, ...], until: datetime | None, as_json: bool) -> None:
    """Make a key and show it once.

    Example: clew keys add "order desk" --scope check --scope read
    """
    key, text = Keys(home.keys).add(name, scopes, until.date() if until else None)
    _note(home, "added", key)
    click.echo(json.dumps({**_shown(key), "key": text}, ensure_ascii=False) if as_json else text)
    if not as_json:
        click.echo("keep it now: it cannot be shown again", err=True)


@keys.command("list")
@as_json
@click.pass_obj
def list_keys(home: Home, as_json: bool) -> None:
    """List the keys, without their secrets.

    Example: clew keys list
    """
    for key in Keys(home.keys).all():
        shown = _shown(key)
        if as_json:
            click.echo(json.dumps(shown, ensure_ascii=False))
            continue
        state = f"revoked {key.revoked}" if key.revoked else f"until {key.until}" if key.until else "works"
        click.echo(f"{key.id}  {','.join(key.scopes)}  made {key.made}  {state}  {key.name}")


@keys.command()
@click.argument("id")
@click.pass_obj
def revoke(home: Home, id: str) -> None:
    """Make a key useless at once.

    Example: clew keys revoke 4f1d0c2a9b3e
    """
    key = Keys(home.keys).revoke(id)
    _note(home, "revoked", key)
    click.echo(f"revoked {key.id} ({key.name})")


def _note(home: Home, change: str, key: Key) -> None:
    from .audit import KEY, Ledger

    Ledger(home.audit).note(KEY, {"change": change, **_shown(key)})


def _shown(key: Key) -> dict[str, object]:
    shown = {"id": key.id, "name": key.name, "scopes": list(key.scopes), "made": key.made}
    return {**shown, "until": key.until, "revoked": key.revoked}
