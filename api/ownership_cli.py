"""`clew ownership`: who is caught through its owners, under every regime side by side, with reasons and proofs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError, NotFoundError
from .words import share

if TYPE_CHECKING:
    from .ownership_answer import Asked

_CODES = {"clear": 0, "findings": 1, "undetermined": 3}
_COLOURS = {"caught": "red", "possibly": "yellow", "review": "magenta", "clear": "green"}


@click.command()
@click.argument("subject", metavar="FILE|ENTITY")
@click.option("--regime", "regimes", multiple=True, help="Only this ownership regime; may be given several times.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day that is asked about.")
@click.option("--case", "case_id", default=None, help="Only the case with this id.")
@click.option("--sweep", "swept", is_flag=True, help="Tell each day on which an answer changed, and why.")
@click.option("--json", "form", flag_value="json", help="Print JSON, with every proof.")
@click.option("--svg", "form", flag_value="svg", help="Print the picture.")
@click.option("--graphml", "form", flag_value="graphml", help="Print the graph as GraphML.")
@click.option("--bods", "form", flag_value="bods", help="Print the graph as BODS 0.4 statements.")
@click.pass_context
def ownership(
    context: click.Context,
    subject: str,
    regimes: tuple[str, ...],
    as_of: datetime | None,
    case_id: str | None,
    swept: bool,
    form: str | None,
) -> None:
    """Tell what the ownership regimes say of an entity, or of every company of a case file, and why.

    Example: clew ownership us-sdn:24228 --as-of 2019-01-15 --regime us-ofac-50
    """
    from .ownership_answer import answer_of

    outcomes = set()
    day = as_of.date() if as_of else None
    for name, asking in _questions(context.obj, subject, regimes, day, case_id):
        with asking as asked:
            if form in ("svg", "graphml", "bods"):
                click.echo(_drawn(asked, form))
                continue
            answer = {"id": name, **answer_of(asked, swept=swept)}
            click.echo(json.dumps(answer, ensure_ascii=False, sort_keys=True)) if form else _say(answer)
            outcomes.add(_outcome(answer))
    context.exit(next((_CODES[one] for one in ("findings", "undetermined") if one in outcomes), 0))


def _questions(home: Any, subject: str, regimes: tuple[str, ...], as_of: date | None, case_id: str | None) -> Any:
    """Yield each case of a file, or the one entity, with what answers it."""
    from ..loaders.case import read_cases, with_as_of
    from ..ontology import uncurie
    from ..release import open_release
    from .ownership_answer import of_case, of_entity
    from .service import Service

    path = Path(subject)
    if not path.is_file() and (path.suffix.lower() in (".yaml", ".yml", ".json") or ":" not in subject):
        raise InputError(f"`{subject}` is no file and no id", help="give a case file, or an id such as us-sdn:24228")
    service = Service(open_release(home.releases))
    if not path.is_file():
        day = as_of or date.fromisoformat(service.release.manifest.as_of)
        yield subject, _held(of_entity(service, uncurie(subject), day, regimes))
        return
    cases = [case for case in read_cases(path) if case_id in (None, case.id)]
    if not cases:
        raise NotFoundError(f"`{subject}` holds no case `{case_id}`", help="leave --case out to ask about all of them")
    for case in cases:
        yield case.id, of_case(service, with_as_of(case, as_of) if as_of else case, regimes)


@contextmanager
def _held(asked: Asked) -> Iterator[Asked]:
    yield asked


def _outcome(answer: dict[str, Any]) -> str:
    from .ownership_answer import gravest_of

    found = gravest_of({row["status"] for party in answer["parties"] for row in party["regimes"]})
    return "undetermined" if found == "clear" and answer["problems"] else found


def _drawn(asked: Asked, form: str) -> str:
    """Return the holdings around the party with most above it, or of all parties, in a form for other programs."""
    from ..reasoner.ownership import view
    from ..reasoner.ownership.export_bods import bods
    from ..reasoner.ownership.graphml import graphml
    from .picture import draw

    known = [party for party in asked.parties if party in asked.graph.index]
    if not known:
        raise NotFoundError("no statement on ownership names a party asked about", help="load its holdings")
    views = [view(asked.graph, asked.assessment, party) for party in known]
    widest = max(views, key=lambda one: len(one.nodes))
    if form == "svg":
        return draw(widest)
    if form == "graphml":
        return graphml(widest)
    shown = {asked.graph.index[node.iri] for one in views for node in one.nodes}
    return json.dumps(bods(asked.graph, shown), ensure_ascii=False, indent=1)


def _say(answer: dict[str, Any]) -> None:
    for party in answer["parties"]:
        name = party["label"] if party["label"] == party["id"] else f"{party['label']} ({party['id']})"
        listed = f", listed on {', '.join(party['lists'])}" if party["lists"] else ""
        click.secho(f"{name} as of {answer['as_of']}{listed}", bold=True)
        quiet = [row for row in party["regimes"] if row["status"] == "clear" and not row["maximum"]]
        for row in party["regimes"]:
            if row not in quiet:
                _say_regime(row)
        _say_quiet(quiet)
        for one in party["ultimate"]:
            _say_owner(one)
        for change in party.get("changes", ()):
            causes = f": {'; '.join(change['causes'])}" if change["causes"] else ""
            click.echo(f"  {change['day'] or 'before'}  {change['regime']}  {change['status']}{causes}")
    for problem in answer["problems"]:
        click.echo(f"  left out: {problem}")


def _say_quiet(rows: list[dict[str, Any]]) -> None:
    """Tell in one place what regimes say that find nothing held by anybody who counts."""
    if rows:
        names = ", ".join(row["regime"] for row in rows)
        click.echo(
            f"  {click.style('clear', fg=_COLOURS['clear'])} under {names}: listed or caught parties hold nothing"
        )
        said = [why for row in rows for why in row["reasons"] if not why.startswith("listed or caught parties hold")]
        for why in dict.fromkeys(said):
            click.echo(f"      {why}")


def _say_regime(row: dict[str, Any]) -> None:
    state = click.style(f"{row['status']:13}", fg=_COLOURS.get(row["status"]))
    click.echo(f"  {row['regime']:18} {state} {row['asks']}" + (f", held {row['held']}" if row["asks"] else ""))
    for reason in row["reasons"]:
        click.echo(f"      {reason}")
    margin = row.get("margin")
    if margin and (margin["most"] or row["status"] != "clear"):
        tau = f"; caught under any threshold up to {share(margin['tau'], margin['tau'])}" if margin["tau"] else ""
        click.echo(f"      {margin['says']}{tau}")
    for line in filter(None, (row.get("terms_say"), *row.get("missing", ()))):
        click.echo(f"      {line}")
    if row["status"] in ("caught", "possibly", "review"):
        for line in row["sentences"]:
            click.echo(f"      {line}")


def _say_owner(one: dict[str, Any]) -> None:
    multiplied = one["integrated"]["share"] if one["integrated"] else "not computed"
    alone: dict[str, list[str]] = {}
    for name, says in one["alone"].items():
        if says["maximum"]:
            alone.setdefault(f"{says['status']} with {says['held']}", []).append(name)
    cascade = "; ".join(f"{said} under {', '.join(names)}" for said, names in alone.items()) or "it would not count"
    lists = f" [{', '.join(one['lists'])}]" if one["lists"] else ""
    click.echo(f"  behind it: {one['label']}{lists}: {multiplied} along all chains; listed alone: {cascade}")
