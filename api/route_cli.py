"""The commands about routes: whether one route is clear, and which chains of shipments may be diversion.

Exit codes are those of the other commands: 0 clear, 1 findings, 2 error, 3 undetermined.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ..errors import NotFoundError
from ..ontology import CLEW, uncurie

CLEAR, FINDINGS, UNDETERMINED = 0, 1, 3
CONVENTIONS = ("fifo", "pro_rata", "any_taint")
Json = dict[str, Any]
_DAY = click.DateTime(["%Y-%m-%d"])
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")


@click.command()
@click.argument("subject")
@_as_json
@click.pass_context
def route(context: click.Context, subject: str, as_json: bool) -> None:
    """Tell for each leg, stop, craft and party of a route whether it is clear, and why not.

    SUBJECT is a case file, or the id of a consignment or transaction of the release.

    Example: clew route case.yaml; clew route demo:S1#consignment
    """
    answers = list(
        _of_file(context.obj, Path(subject)) if Path(subject).is_file() else _of_release(context.obj, subject)
    )
    for answer in answers:
        _print(answer) if as_json else _say(answer)
    context.exit(max((_exit_code(answer) for answer in answers), default=CLEAR))


@click.command()
@click.option("--from", "since", type=_DAY, default=None, help="First day on which the last shipment may arrive.")
@click.option("--to", "until", type=_DAY, default=None, help="Last day on which it may.")
@click.option("--goods", default="", help="Digits that the customs code of the goods begins with, such as 8542.")
@click.option(
    "--window", type=click.IntRange(0), default=None, help="Longest time that goods lie at one party, in days."
)
@click.option(
    "--convention",
    type=click.Choice(CONVENTIONS),
    default=CONVENTIONS[0],
    help="How goods that lie together are told apart.",
)
@_as_json
@click.pass_context
def diversion(
    context: click.Context,
    since: datetime | None,
    until: datetime | None,
    goods: str,
    window: int | None,
    convention: str,
    as_json: bool,
) -> None:
    """Tell which chains of shipments of the release go from the reach of a law to a place under its embargo.

    Example: clew diversion --goods 8542 --from 2015-01-01 --window 60
    """
    from ..reasoner.routes import Asked, Convention, Trade, diversions
    from ..release import open_release
    from .route_answer import found_json

    release = open_release(context.obj.releases)
    as_of = date.fromisoformat(release.manifest.as_of)
    trade = Trade(release.data, as_of)
    asked = Asked(since and since.date(), until and until.date(), goods, window, Convention(convention))
    found = diversions(trade, asked)
    answer = {**found_json(trade, found), "release": release.id, "as_of": as_of.isoformat()}
    _print(answer) if as_json else _say_found(answer)
    context.exit(_diversion_code(answer["diversions"]))


def _of_file(home: Any, file: Path) -> Iterator[Json]:
    """Yield the answer to each case of a file that states a deal."""
    from ..loaders.case import read_cases
    from ..release import open_release
    from .route_answer import answer_of
    from .service import Service, question

    service = Service(open_release(home.releases))
    for case in read_cases(file):
        asked = question(case)
        if asked.transaction is None:
            continue
        with service.checker.bench.lay(asked.statements, asked.graph, asked.refs) as laid:
            yield answer_of(laid.data, asked.transaction, asked.as_of, case.id)


def _of_release(home: Any, subject: str) -> Iterator[Json]:
    """Yield the answer about one consignment or transaction of the release.

    Raises:
        NotFoundError: The release has no such consignment or transaction.
    """
    from ..dataset import iri
    from ..release import open_release
    from .route_answer import answer_of

    release = open_release(home.releases)
    node, data = uncurie(subject), release.data
    rows = data.rows("SELECT DISTINCT ?t WHERE { ?t ?has ?c }", has=CLEW.hasConsignment)
    carried = data.rows("SELECT DISTINCT ?t WHERE { ?t ?has ?c }", has=CLEW.hasConsignment, c=node)
    found = [iri(row, "t") for row in carried] or [iri(row, "t") for row in rows if row["t"] == node]
    if not found:
        raise NotFoundError(
            f"the release has no consignment `{subject}`", help="name a case file, or a transaction of the release"
        )
    stated = [day for day in data.objects(found[0], CLEW.asOf) if isinstance(day, date)]
    yield answer_of(data, found[0], max(stated, default=date.fromisoformat(release.manifest.as_of)), subject)


def _exit_code(answer: Json) -> int:
    weights, chained = {reason["weight"] for reason in answer["reasons"]}, _diversion_code(answer["chains"])
    if "certain" in weights or chained == FINDINGS:
        return FINDINGS
    return UNDETERMINED if weights or chained else CLEAR


def _diversion_code(chains: Sequence[Json]) -> int:
    sure = {"certain", "strong"}
    if any(one["strength"] in sure for one in chains):
        return FINDINGS
    return UNDETERMINED if chains else CLEAR


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _say(answer: Json) -> None:
    click.secho(f"{answer['id']} as of {answer['as_of']}: {len(answer['reasons'])} reasons", bold=True)
    for reason in answer["reasons"]:
        click.echo(f"  {reason['ground']} [{reason['weight']}] {reason['sentence']}")
        click.echo(f"    {' -> '.join(reason['path'])}")
    for one in answer["chains"]:
        _say_chain(one)


def _say_found(answer: Json) -> None:
    bounds = answer["bounds"]
    click.secho(f"{len(answer['diversions'])} chains among {answer['shipments']} shipments", bold=True)
    click.echo(f"  at most {bounds['steps']} shipments, {bounds['window']} days at one party")
    for one in answer["diversions"]:
        _say_chain(one)
    for what, count in answer["not_stated"].items():
        click.echo(f"  {what}: {count} shipments")
    for law, says in answer["left_out"].items():
        click.echo(f"  {law}: {says}")


def _say_chain(one: Json) -> None:
    click.echo(f"  {one['law']} [{one['strength']}] {one['sentence']}")
    click.echo(f"    {' -> '.join(one['path'])}")
    for each in one["contradictions"]:
        click.echo(f"    {each['kind']}: {each['sentence']}")
    for each in one["quantities"]:
        traced = f"{each['convention']} gives {each['traced']} (millionths of a unit)"
        click.echo(f"    {each['party']}: from {each['lower']} to {each['upper']}; {traced}")
    if not one["all_looked_at"]:
        click.echo("    not every chain was looked at")
