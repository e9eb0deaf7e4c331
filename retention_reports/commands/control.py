"""`retention-reports control`."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports import pipeline
from retention_reports.analyses.measures.measure_results import Measures
from retention_reports.commands.messages import counted, show_problems
from retention_reports.commands.options import (
    Failure,
    data_option,
    errors_as_messages,
    known_client,
    quarters_begun,
    sole_client,
)
from retention_reports.errors import DataError, RetentionReportsError, UnknownNameError
from retention_reports.messages import say
from retention_reports.model.figures import TOO_FEW
from retention_reports.model.formula_signs import neutralised
from retention_reports.model.sample_size import needed_for
from retention_reports.recommending.control_group import (
    MEASURED_AS,
    control_group,
    in_tests,
    seed_of,
)
from retention_reports.recommending.kinds import Kind
from retention_reports.records import record
from retention_reports.writing.files import replace_file

if TYPE_CHECKING:
    from datetime import date, datetime

    import pandas as pd

    from retention_reports.messages import Message
    from retention_reports.presentation.context import Context

_COLUMNS = ("measure_id", "kind", "title", "customer_id", "group", "started_on")
_LIFT = 0.1
"""What is hoped for where nothing is said: ten points more than without the measure."""
_BASE = 0.1
_FEWEST = 2
"""One to approach and one to leave alone."""
_PART = click.FloatRange(0, 1, min_open=True, max_open=True)


class _NotDrawnError(RetentionReportsError):
    """No group can be drawn from the list."""


@record
class _Asked:
    """What the measure is: its id, the list it is for, its title."""

    measure_id: str
    kind: Kind
    title: str


@record
class _Drawn:
    """The customers of a measure from a day on, and those of them who are left alone."""

    asked: _Asked
    day: date
    customers: tuple[str, ...]
    controls: frozenset[str]

    def message(self) -> Message:
        """Say how many are to be approached, and how many left alone."""
        everybody, alone = len(self.customers), len(self.controls)
        return say("control.drawn", n=everybody, targets=everybody - alone, controls=alone)

    def rows(self) -> str:
        """Return the rows for the client's measures, with the names of the columns."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        fixed = (neutralised(self.asked.measure_id), MEASURED_AS[self.asked.kind], neutralised(self.asked.title))
        for name in self.customers:
            group = "control" if name in self.controls else "target"
            writer.writerow((*fixed, neutralised(name), group, self.day.isoformat()))
        return text.getvalue()


@click.command()
@click.argument("measure", metavar="MEASURE")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Day on which the measure begins.")
@click.option(
    "--for",
    "kind",
    type=click.Choice([str(kind) for kind in MEASURED_AS]),
    help="Work list that the measure is for. Default: that of the measure's kind in the client's measures.",
)
@click.option("--share", type=_PART, default=0.3, show_default=True, help="Part of the customers left alone.")
@click.option("--client", help="Client. Default: the only one there is.")
@click.option(
    "--quarter",
    metavar="QUARTER",
    shell_complete=quarters_begun,
    help="Quarter whose list is taken. Default: the newest complete one.",
)
@click.option("--seed", type=int, help="Number that decides who is drawn. Default: made from MEASURE.")
@click.option("--title", help="Title of the measure. Default: that in the client's measures, else MEASURE.")
@click.option(
    "--without", "base", type=_PART, help="Share who buy without it. Default: that of own control groups, else 0.1."
)
@click.option("--with", "hoped", type=_PART, help="Share hoped for with it. Default: 0.1 more than without.")
@click.option("--others", is_flag=True, help="Leave out customers of another measure that runs, and draw the others.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="New file for the rows. Default: they are printed.",
)
@data_option
def command(  # noqa: PLR0913 -- each is an option
    measure: str,
    *,
    day: datetime,
    kind: str | None,
    share: float,
    client: str | None,
    quarter: str | None,
    seed: int | None,
    title: str | None,
    base: float | None,
    hoped: float | None,
    others: bool,
    output: Path | None,
    data: Path,
) -> None:
    """Draw a control group for MEASURE: rows for measures.csv, of customers to approach and to leave alone."""
    folder, language = known_client(data, client or sole_client(data))
    with errors_as_messages(language):
        context = _context(folder, quarter, language)
        known = context.dataset.folder.tables.get("measures")
        asked = _asked(measure, kind, title, known)
        customers = _customers(context, asked, known, day.date(), others=others)
        controls = control_group(customers, share, seed_of(measure) if seed is None else seed)
        drawn = _Drawn(asked, day.date(), customers, controls)
        for message in (drawn.message(), _power(context, drawn, share, base, hoped)):
            click.echo(message.said_in(language), err=True)
        if output is None:
            click.echo(drawn.rows(), nl=False)
        elif output.exists():
            raise UnknownNameError(say("control.output_exists", path=output.as_posix()))
        else:
            click.echo(replace_file(output.parent, output.name, drawn.rows().encode()))


def _context(folder: Path, quarter: str | None, language: str) -> Context:
    try:
        loaded = pipeline.load_client(folder)
    except DataError as error:
        show_problems(error.problems, language)
        raise Failure(say("control.data", client=folder.name, counted=counted(error.problems)), language) from error
    return pipeline.report_context(loaded, pipeline.chosen_quarters(loaded, quarter)[-1])


def _asked(measure: str, kind: str | None, title: str | None, known: pd.DataFrame | None) -> _Asked:
    """Return what the measure is: as asked for, else as it is planned in the client's measures."""
    own = None if known is None else known.loc[known["measure_id"] == measure]
    if own is not None and (own["customer_id"] != "").any():
        raise UnknownNameError(say("control.already_drawn", measure=measure))
    planned = None if own is None or own.empty else own.iloc[0]
    if planned is None:
        if kind is None:
            raise UnknownNameError(say("control.which_list", measure=measure, names=", ".join(MEASURED_AS)))
        return _Asked(measure, Kind(kind), title or measure)
    its_own = next(one for one, group in MEASURED_AS.items() if group == planned["kind"])
    return _Asked(measure, Kind(kind) if kind else its_own, title or planned["title"])


def _customers(
    context: Context, asked: _Asked, known: pd.DataFrame | None, day: date, *, others: bool
) -> tuple[str, ...]:
    """Return the customers of the list, none of whom is in another measure."""
    entries = (*context.register.entries, *context.register.occasions)
    listed = list(dict.fromkeys(entry.customer_id for entry in entries if entry.kind is asked.kind))
    taken = in_tests(known, listed, day)
    if taken and not others:
        names = ", ".join(sorted(set(taken.values())))
        raise _NotDrawnError(say("control.in_tests", n=len(taken), measures=names))
    free = tuple(name for name in listed if name not in taken)
    if len(free) < _FEWEST:
        raise _NotDrawnError(say("control.too_few", n=len(free), list=str(asked.kind)))
    return free


def _power(context: Context, drawn: _Drawn, share: float, base: float | None, hoped: float | None) -> Message:
    """Say how many customers it takes to see what is hoped for; nobody promises more than the numbers bear."""
    kind = MEASURED_AS[drawn.asked.kind]
    own = [one.control for one in context.result(Measures).results if one.kind == kind and one.control]
    bought, seen = sum(one.k for one in own), sum(one.n for one in own)
    measured = bought / seen if seen >= TOO_FEW and 0 < bought < seen else _BASE
    without = base or measured
    with_it = hoped or min(without + _LIFT, (1 + without) / 2)
    if with_it == without:
        raise UnknownNameError(say("control.no_difference"))
    needed = needed_for(without, with_it, share)
    return say(
        f"control.{'enough' if len(drawn.customers) >= needed.all else 'not_enough'}",
        without=round(100 * without),
        hoped=round(100 * with_it),
        needed=needed.all,
        targets=needed.targets,
        controls=needed.controls,
    )
