"""The command line: the same questions as over HTTP, with the same words.

Exit codes: 0 clear, 1 findings, 2 error, 3 undetermined.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..errors import ClewError, NotFoundError
from .audit.commands import audit, replay
from .key_cli import keys
from .ownership_cli import ownership
from .route_cli import diversion, route
from .store import Home
from .store import home as home_at

CLEAR, FINDINGS, ERROR, UNDETERMINED = 0, 1, 2, 3


class _Day(click.ParamType[date]):
    """A day written as year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is no day; write it as 2026-11-21", param, ctx)


DAY = _Day()
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
as_of_option = click.option("--as-of", type=DAY, default=None, help="The day that is asked about.")


class _Group(click.Group):
    """A group whose commands end with the message of an error and the exit code for it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ClewError as error:
            click.secho(f"error: {error}", fg="red", err=True)
            ctx.exit(ERROR)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="clew")
@click.option("--home", type=click.Path(path_type=Path), default=None, help="Where files and releases are kept.")
@click.pass_context
def main(context: click.Context, home: Path | None) -> None:
    """May this transaction go ahead, on this day, under these laws - and if not, why not?"""
    context.obj = home_at(home)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", required=True, help="Whose format the files are in, such as us-sdn or us-csl.")
@click.option("--taken", required=True, type=DAY, help="The day on which the publisher's files were taken.")
@as_json
@click.pass_obj
def load(home: Home, files: tuple[Path, ...], source: str, taken: date, as_json: bool) -> None:
    """Read the files of one source, keep them for the next build, and tell what they hold.

    Example: clew load sdn.csv add.csv alt.csv --source us-sdn --taken 2024-05-03
    """
    from ..loaders import LOADERS
    from ..loaders.source import Harvest, Snapshot
    from .build import names

    loader = next((one for one in LOADERS if one.source.id == source), None)
    if loader is None:
        known = ", ".join(one.source.id for one in LOADERS)
        raise NotFoundError(f"nothing loads source `{source}`", help=f"use one of {known}")
    harvest = Harvest(Snapshot(loader.source, taken, files))
    with _steps() as watch:
        for seen, _ in enumerate(harvest.statements(loader)):
            if seen % 20_000 == 0:
                watch(source, seen)
    home.keep(source, taken, files)
    _say_harvests(names([harvest]), as_json)
    for bad in harvest.quarantined[:20]:
        click.echo(f"  {bad.file}:{bad.row}: {bad.reason}; {bad.remedy}", err=True)


@main.command()
@as_of_option
@as_json
@click.pass_obj
def build(home: Home, as_of: date | None, as_json: bool) -> None:
    """Build a release from everything that was loaded, reason over it, and swap it in.

    Example: clew build --as-of 2024-05-03
    """
    from .build import build as build_release
    from .build import names

    with _steps() as watch:
        built = build_release(home, as_of or date.today(), watch)
    if as_json:
        _print({"release": built.release.id, "sources": names(built.harvests)})
        return
    _say_harvests(names(built.harvests), as_json)
    click.echo(f"release {built.release.id}: {built.release.manifest.statements:,} statements")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--case", "case_id", default=None, help="Check only the case with this id.")
@as_of_option
@click.option("--proof", type=click.Path(path_type=Path), default=None, help="Write proofs to this file for `verify`.")
@as_json
@click.pass_context
def check(
    context: click.Context, file: Path, case_id: str | None, as_of: date | None, proof: Path | None, as_json: bool
) -> None:
    """Answer each case of a file: may it go ahead, and if not, which facts by which rules say so.

    Example: clew check cases.yaml --case D001
    """
    from ..loaders.case import read_cases, with_as_of
    from ..reasoner.render import answer_json
    from .audit import Decided, Ledger
    from .service import Service

    service: Service = _service(context.obj)
    ledger = Ledger(context.obj.audit)
    cases = [case for case in read_cases(file) if case_id in (None, case.id)]
    if not cases:
        raise NotFoundError(f"`{file}` holds no case `{case_id}`", help="leave --case out to check all of them")
    answers, proofs = [], []
    for case in cases:
        asked = with_as_of(case, as_of) if as_of else case
        answer = answer_json(service.answer(asked))
        made = Decided.now(asked.raw, answer, strict=False)
        ledger.check(made)
        answers.append({**answer, "decision_id": made.id, "problems": [str(problem) for problem in asked.problems]})
        proofs.append(service.proof(asked, answer))
    if proof:
        proof.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in proofs) + "\n", encoding="utf8")
    for answer in answers:
        _print(answer) if as_json else _say_answer(answer)
    context.exit(max(map(_exit_code, answers)))


@main.command()
@click.argument("id")
@as_json
@click.pass_obj
def explain(home: Home, id: str, as_json: bool) -> None:
    """Tell why a finding of the release holds, down to the rows of the sources.

    Example: clew explain 3f2a9c0d1e4b5a67
    """
    from ..reasoner.render import read_derivation, sentences

    found = _service(home).explanation(id)
    if as_json:
        _print(found)
        return
    click.echo(f"{found['rule']} {found['subject']}: {found['sentence']}")
    click.echo(" -> ".join(found["path"]))
    for line in sentences(read_derivation(found["explanation"])):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json
@click.pass_obj
def verify(home: Home, file: Path, as_json: bool) -> None:
    """Check proofs again against the release they were made on, without the code that made them.

    Example: clew check case.yaml --proof proof.jsonl; clew verify proof.jsonl
    """
    service = _service(home)
    for line in file.read_text(encoding="utf8").splitlines():
        for name, checked in service.verify(json.loads(line)).items():
            counts = {"facts": checked.facts, "absences": checked.absences, "steps": checked.steps}
            words = ", ".join(f"{count} {what}" for what, count in counts.items())
            _print({"finding": name, **counts}) if as_json else click.echo(f"holds: {name} ({words} checked)")


@main.command()
@click.argument("query")
@click.option("-p", "parameters", multiple=True, help="A parameter of a named query, as name=value.")
@as_json
@click.pass_obj
def query(home: Home, query: str, parameters: tuple[str, ...], as_json: bool) -> None:
    """Run a named query, or SPARQL text, on the current release.

    Example: clew query sanctions/linked -p entity=us-sdn:25067
    """
    from ..ontology import uncurie
    from ..queries.catalogue import query as named
    from ..reasoner.render import show

    text = query if "{" in query else named(query).text
    values = {name: uncurie(value) for name, _, value in (one.partition("=") for one in parameters)}
    for row in _service(home).release.data.rows(text, **values):
        shown = {name: show(value) for name, value in row.items()}
        _print(shown) if as_json else click.echo("  ".join(f"{name}={value}" for name, value in shown.items()))


@main.command()
@click.option("--host", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", default=8080, help="The port to listen on.")
@click.option("--workers", default=0, help="Server processes under gunicorn; 0 for one process without it.")
@click.option("--no-auth", is_flag=True, help="Let this machine ask without a key even though there are keys.")
@click.pass_obj
def serve(home: Home, host: str, port: int, workers: int, no_auth: bool) -> None:
    """Serve the API and the pages of the current release, and of each that follows it.

    Without a key in the installation it answers this machine alone; with keys it asks everybody for one.

    Example: clew serve --port 8080 --workers 2
    """
    from .serve import serve as run

    run(home, host, port, workers=workers, no_auth=no_auth)


@main.command()
@click.option("--port", default=8080, help="The port to listen on.")
@click.option("--no-serve", is_flag=True, help="Stop after printing the answers.")
@click.pass_context
def demo(context: click.Context, port: int, no_serve: bool) -> None:
    """Load the demo set, reason over it, answer its questions, and serve it on 127.0.0.1."""
    from .demo import answers, prepare

    with _steps() as watch:
        service = prepare(context.obj, watch)
    wrong = 0
    for answer in answers(service):
        wrong += not answer.right
        click.secho(f"\n{'right' if answer.right else 'WRONG'}  {answer.question} ({answer.as_of})", bold=True)
        click.echo(f"  {answer.says}")
        for line in answer.lines:
            click.echo(f"    {line}")
    if no_serve or wrong:
        context.exit(ERROR if wrong else CLEAR)
    click.secho(f"\nserving http://127.0.0.1:{port}/ (stop with Ctrl-C)", bold=True)
    context.invoke(serve, host="127.0.0.1", port=port, no_auth=True)


def _service(home: Home) -> Any:
    from ..release import open_release
    from .service import Service

    return Service(open_release(home.releases))


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _exit_code(answer: dict[str, Any]) -> int:
    if answer["findings"]:
        return FINDINGS
    return UNDETERMINED if answer["missing"] or answer["problems"] else CLEAR


def _say_answer(answer: dict[str, Any]) -> None:
    click.secho(f"{answer['id']} as of {answer['as_of']}: {answer['decision']} (grade {answer['grade']})", bold=True)
    for found in answer["findings"]:
        click.echo(f"  {found['rule']} [{found['status']}] {found['sentence']}")
        click.echo(f"    {' -> '.join(found['path'])}")
    for missing in answer["missing"]:
        click.echo(f"  not known: {missing['fact']} ({missing['subject']}, {missing['rule']})")
    for problem in answer["problems"]:
        click.echo(f"  left out: {problem}")


def _say_harvests(rows: list[dict[str, object]], as_json: bool) -> None:
    if as_json:
        _print({"sources": rows})
        return
    for row in rows:
        counts = ", ".join(f"{row[name]:,} {name}" for name in ("read", "loaded", "quarantined", "duplicates"))
        click.echo(f"{row['source']} {row['taken']}: {counts}")


@contextmanager
def _steps() -> Iterator[Any]:
    """Show the steps of long work as a moving line on a terminal; say nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("starting", total=None)

        def watch(step: str, seen: int) -> None:
            progress.update(task, description=f"{step} {seen:,}" if seen else step)

        yield watch


for _command in (ownership, keys, audit, replay, route, diversion):
    main.add_command(_command)


if __name__ == "__main__":
    main()
