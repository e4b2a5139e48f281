"""The audit log on the command line: hold it against itself, hand it on, and make a decision again."""

from __future__ import annotations

import json

import click

from ..store import Home

SAME, DIFFERS = 0, 1
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")


@click.group()
def audit() -> None:
    """Look after the log of decisions.

    Example: clew audit verify
    """


@audit.command()
@click.option("--head", default="", metavar="HASH", help="A hash that was noted down before and must be in the log.")
@as_json
@click.pass_obj
def verify(home: Home, head: str, as_json: bool) -> None:
    """Hold every entry of the log against the one before it, and print the newest hash.

    Example: clew audit verify --head 3f2a9c0d...
    """
    from .chain import Chain

    found = Chain(home.audit).verify(head)
    if as_json:
        click.echo(json.dumps({"entries": found.entries, "head": found.head, "torn": found.torn}))
        return
    click.echo(f"holds: {found.entries} entries, head {found.head}")
    if found.torn:
        click.echo(f"the last {found.torn} bytes were cut off by a crash; the next entry sets them aside")


@audit.command()
@click.option("--csv", "form", flag_value="csv", help="A table.")
@click.option("--jsonl", "form", flag_value="jsonl", default="jsonl", help="One line of JSON an entry.")
@click.option("--since", default="", metavar="TIME", help="Only entries from this day or time on.")
@click.pass_obj
def export(home: Home, form: str, since: str) -> None:
    """Print the log.

    Example: clew audit export --csv > decisions.csv
    """
    from .chain import Chain
    from .export import jsonl, table

    entries = (entry for entry in Chain(home.audit).entries() if entry.time >= since)
    for text in (table if form == "csv" else jsonl)(entries):
        click.echo(text, nl=False)


@click.command()
@click.argument("decision_id")
@as_json
@click.pass_context
def replay(context: click.Context, decision_id: str, as_json: bool) -> None:
    """Make a decision of the log again, on its release and by its rules, and tell whether the answer is the same.

    Exit codes: 0 the same to the byte, 1 another answer, 2 it cannot be made again.

    Example: clew replay 3f2a9c0d1e4b5a67
    """
    from .ledger import Ledger
    from .replay import described, replay

    home: Home = context.obj
    done = replay(Ledger(home.audit), home.releases, decision_id)
    click.echo(json.dumps(described(done), ensure_ascii=False) if as_json else done.words())
    context.exit(SAME if done.identical else DIFFERS)
