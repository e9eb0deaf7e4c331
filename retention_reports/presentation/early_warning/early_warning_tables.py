"""The lists of those who show a sign, and what the signs were worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.early_warning.early_warning_results import TELLS_APART
from retention_reports.analyses.early_warning.signals import SIGNALS
from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.early_warning.reasons import reason_text
from retention_reports.presentation.early_warning.standing import power_of
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    day_cell,
    listable,
    money_cell,
    numeric_columns,
    rate_cell,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Table
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning, FlaggedCustomer, Power
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Column

_PRINT_ROWS = 6
_SCREEN_ROWS = 45
_OTHERS_ON_SCREEN = 30
_VERDICTS = (TELLS_APART, "no_power", "misleads", "too_few", "untested")


def flagged_tables(context: Context, warning: EarlyWarning) -> tuple[Table, ...]:
    """List those to call, and apart from them, on screen, who else shows a sign; each by expected loss."""
    named = {entry.customer_id for entry in warning.calls}
    others = [entry for entry in warning.flagged if entry.customer_id not in named]
    name = "chance" if warning.by_chance else "proven" if warning.is_proven else "rhythm"
    tables = []
    calls = listable(context, Kind.SAVE_CUSTOMER, warning.calls)
    if calls:
        left_out = len(warning.calls) - len(calls)
        tables.append(_customers(context, warning, name, calls, screen_rows=_SCREEN_ROWS, left_out=left_out))
    if others:
        tables.append(_customers(context, warning, "others", others, screen_rows=_OTHERS_ON_SCREEN, aside=True))
    return tuple(tables)


def signals_table(context: Context, warning: EarlyWarning) -> Table | None:
    """Hold each sign against what happened in the quarters tested; None where no sign can be seen in the data."""
    if not warning.signals:
        return None
    say = context.wording.say
    now = {entry.key: entry for entry in warning.signals}
    powers = {key: power_of(warning, key) for key in SIGNALS}
    known = [key for key in SIGNALS if key in now or powers[key] is not None]
    ranked = sorted(known, key=lambda key: (_rank(powers[key]), -((now[key].at_stake or 0) if key in now else 0)))
    rows = tuple(
        (
            text_cell(say(f"early_warning.signals.{key}")),
            _verdict_cell(context, powers[key]),
            count_cell(context, now[key].customers if key in now else None),
            *_power_cells(context, powers[key]),
        )
        for key in ranked
    )
    return Table(
        identifier="early-warning-signals",
        title=say("early_warning.tables.signals"),
        subtitle=say("early_warning.tables.signals_subtitle"),
        columns=(
            *_texts(context, "signal", "verdict"),
            *_numbers(context, "show_now", "flagged_bought", "unflagged_bought", "all_bought", "difference"),
        ),
        rows=rows,
        total=(
            text_cell(say("early_warning.signals.any")),
            _verdict_cell(context, power_of(warning, "")),
            count_cell(context, len(warning.flagged)),
            *_power_cells(context, power_of(warning, "")),
        ),
    )


def back_test_table(context: Context, warning: EarlyWarning) -> Table | None:
    """Show the tested quarters one by one; None where none could be tested."""
    if not warning.back_test:
        return None
    say = context.wording.say
    rows = tuple(
        (
            text_cell(context.formats.quarter(entry.quarter)),
            rate_cell(context, entry.flagged),
            rate_cell(context, entry.unflagged),
            rate_cell(context, entry.everyone),
        )
        for entry in warning.back_test
    )
    return Table(
        identifier="early-warning-back-test",
        title=say("early_warning.tables.back_test"),
        subtitle=say("early_warning.tables.back_test_subtitle"),
        columns=(
            *_texts(context, "flagged_at_end"),
            *_numbers(context, "flagged_bought", "unflagged_bought", "all_bought"),
        ),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def _customers(  # noqa: PLR0913 -- a list has this many independent parts
    context: Context,
    warning: EarlyWarning,
    name: str,
    customers: Sequence[FlaggedCustomer],
    *,
    screen_rows: int,
    aside: bool = False,
    left_out: int = 0,
) -> Table:
    say, proven = context.wording.say, warning.proven_signals
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            text_cell(
                reason_text(context, entry.signals, proven, entry.outlook if warning.by_chance and not aside else None)
            ),
            text_cell(entry.contact.name if entry.contact else say("common.nothing")),
            text_cell(entry.sales_rep or say("common.nothing")),
            permission_cell(context, entry.permission),
            day_cell(context, entry.last_contact),
            money_cell(context, entry.at_stake),
        )
        for entry in customers[:screen_rows]
    ]
    return customer_list(
        context,
        f"early-warning-{name}",
        say(f"early_warning.tables.{name}"),
        (
            *_texts(context, "customer", "reason", "person", "sales_rep", "permission"),
            *_numbers(context, "last_contact", "at_stake"),
        ),
        rows,
        subtitle=say(f"early_warning.tables.{name}_subtitle", currency=context.client.currency),
        action=say(f"early_warning.tables.{name}_action"),
        print_rows=_PRINT_ROWS,
        screen_rows=screen_rows,
        number=len(customers),
        folded=aside,
        on_paper=not aside,
        left_out=left_out,
    )


def _rank(power: Power | None) -> int:
    return _VERDICTS.index(power.verdict if power else "untested")


def _verdict_cell(context: Context, power: Power | None) -> Cell:
    return text_cell(context.wording.say(f"early_warning.verdicts.{power.verdict if power else 'untested'}"))


def _power_cells(context: Context, power: Power | None) -> tuple[Cell, ...]:
    nothing = unknown_cell(context)
    if power is None:
        return nothing, nothing, nothing, nothing
    flagged, others = power.flagged.share, power.others.share
    difference = nothing
    if power.low is not None and power.high is not None and flagged is not None and others is not None:
        number = context.formats.number
        span = context.wording.say("common.range", low=number(power.low * 100), high=number(power.high * 100))
        points = context.formats.signed((others - flagged) * 100)
        difference = Cell(f"{points} ({span})", sort=str(round(others - flagged, 6)))
    rates = (rate_cell(context, rate) for rate in (power.flagged, power.unflagged, power.everyone))
    return (*rates, difference)


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"early_warning.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"early_warning.columns.{name}") for name in names))
