"""Amounts that hold tax although revenue is net: told by a column of taxes or net amounts beside them, or by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import numpy as np

from retention_reports.messages import say
from retention_reports.reading.cells import sample_step
from retention_reports.reading.problems import shown
from retention_reports.records import record
from retention_reports.validation.telling_columns import (
    is_gross,
    is_net,
    is_open,
    is_price,
    is_tax,
    is_tax_rate,
    scale_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import numpy.typing as npt

    from retention_reports.errors import Location
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourcePart, SourceTable

    _Numbers = npt.NDArray[np.float64]

_RATES = np.array([25.0, 23, 22, 21, 20, 19, 16, 13.5, 13, 10, 9, 8.1, 8, 7.7, 7, 6, 5.5, 5, 2.6, 2.5]) / 100
_ROUNDED = 0.011
_SMALLEST = 5.0
"""Below so much, rounding to cents makes every rate fit."""
_NEARLY_ALL = 0.9
_SURE = 0.5
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MARKS = dict.fromkeys(map(ord, " €'’\u00a0"))


@record
class _Amounts:
    """A sample of a file's amounts, under what heading, where, and in which rows of its grid they stand."""

    heading: str
    place: Location
    rows: npt.NDArray[np.intp]
    numbers: _Numbers


def tell_gross_amounts(table: SourceTable, part: SourcePart, unread: Collection[int], log: ProblemLog) -> None:
    """Refuse amounts that hold the tax which another column names, or may hold it, and warn of those called gross.

    Where `client.toml` says how amounts become net, or takes them from several columns, nothing is told.
    """
    settings = table.settings
    is_told = settings.tax_rate or settings.tax_rate_column or settings.tax_share is not None
    if is_told or table.terms.get("amount"):
        return
    amounts = _amounts(table, part, "amount")
    prices = _amounts(table, part, "unit_price") if amounts is None else None
    if amounts is not None and _told_by_taxes(table, part, amounts, unread, log):
        return
    whose = amounts or prices
    if whose is not None and not is_net(whose.heading) and _told_by_rates(table, part, whose, unread, log):
        return
    if amounts is not None:
        _tell_names(table, part, amounts, log)


def _told_by_taxes(
    table: SourceTable, part: SourcePart, amounts: _Amounts, unread: Collection[int], log: ProblemLog
) -> bool:
    """Tell of a column of taxes or net amounts that shows, or leaves open, that the amounts hold the tax."""
    for position in unread:
        heading = part.grid.header[position]
        if not (is_tax(heading) or is_net(heading)):
            continue
        texts = _texts(part, position, amounts)
        others = _parsed(texts, table.settings.decimal)
        found = _found(amounts.numbers, others if is_tax(heading) else amounts.numbers - others)
        if found == "open" and _are_rates(_rates(texts)):
            continue
        if found == "gross" or (found == "open" and is_tax(heading) and not is_net(amounts.heading)):
            message = say(
                "columns.gross" if found == "gross" else "columns.gross_or_net",
                amount=shown(amounts.heading),
                other=shown(heading),
                cure=shown(f"[{amounts.heading}] - [{heading}]" if is_tax(heading) else heading),
                table=table.schema.name,
            )
            log.error(amounts.place, "gross amounts", message)
            return True
    return False


def _told_by_rates(
    table: SourceTable, part: SourcePart, amounts: _Amounts, unread: Collection[int], log: ProblemLog
) -> bool:
    """Ask of what the rates are that another column holds: amounts without a word about tax may be either."""
    for position in unread:
        heading = part.grid.header[position]
        if not (is_tax(heading) or is_tax_rate(heading)):
            continue
        if _are_rates(_rates(_texts(part, position, amounts))):
            names = {"amount": shown(amounts.heading), "other": shown(heading), "table": table.schema.name}
            log.error(amounts.place, "gross amounts", say("columns.rate_beside", **names))
            return True
    return False


def _tell_names(table: SourceTable, part: SourcePart, amounts: _Amounts, log: ProblemLog) -> None:
    scale = scale_of(amounts.heading)
    if scale != 1 and "amount" not in table.settings.factors:
        message = say(
            "columns.called_scaled",
            amount=shown(amounts.heading),
            factor=f"{scale:g}",
            table=table.schema.name,
            column="amount",
        )
        log.error(amounts.place, "amounts of another scale", message)
    if is_price(amounts.heading) and "amount" not in table.settings.factors and _are_several(table):
        message = say("columns.called_price", amount=shown(amounts.heading), table=table.schema.name)
        log.error(amounts.place, "prices as amounts", message)
    if is_open(amounts.heading):
        message = say("columns.called_open", amount=shown(amounts.heading), table=table.schema.name)
        page = say("columns.called_open_page", amount=shown(amounts.heading))
        log.warning(amounts.place, "open amounts", message, page)
    if is_gross(amounts.heading) and not is_net(amounts.heading):
        message = say("columns.called_gross", amount=shown(amounts.heading), table=table.schema.name)
        page = say("columns.called_gross_page", amount=shown(amounts.heading), file=part.path.rpartition("/")[2])
        log.warning(amounts.place, "gross amounts", message, page)


def _are_several(table: SourceTable) -> bool:
    """Tell whether any row is of another quantity than one."""
    cells = table.cells.get("quantity")
    return cells is not None and any(
        word.rstrip("0").rstrip(".,") not in {"", "1", "-1"} for word in cells.words.tolist()
    )


def _amounts(table: SourceTable, part: SourcePart, name: str) -> _Amounts | None:
    cells = table.cells.get(name)
    source = table.settings.columns.get(name)
    if cells is None or name not in part.headings or not len(part.rows) or (source is not None and source.lookup):
        return None
    places = np.arange(0, len(part.rows), sample_step(len(part.rows)))
    texts = [cells[int(place)] for place in places + part.first_row]
    numbers = _parsed(texts, table.settings.decimal_of(name))
    return _Amounts(part.headings[name], table.location(part.first_row, name), part.rows[places], numbers)


def _texts(part: SourcePart, position: int, amounts: _Amounts) -> npt.NDArray[np.object_]:
    """Return another column's cells beside the amounts."""
    return np.asarray(part.grid.columns[position], dtype=object)[amounts.rows]


def _parsed(texts: Sequence[str] | npt.NDArray[np.object_], decimal: str) -> _Numbers:
    """Return plain numbers; what is none is NaN."""
    group = "." if decimal == "," else ","
    plain = (text.strip().translate(_MARKS).replace(group, "").replace(decimal or ".", ".") for text in texts)
    return np.array([float(text) if _NUMBER.fullmatch(text) else np.nan for text in plain])


def _rates(texts: Iterable[str]) -> _Numbers:
    """Return rates of tax, whatever sign stands before their decimals."""
    return _parsed([text.replace("%", "").replace(",", ".") for text in texts], ".")


def _are_rates(numbers: _Numbers) -> bool:
    """Tell whether all numbers are usual rates, in per cent or as fractions, and one of them is more than none."""
    told = numbers[np.isfinite(numbers) & (numbers != 0)]
    return bool(len(told)) and any(np.isin(np.round(told, 6), np.round(_RATES * scale, 6)).all() for scale in (1, 100))


def _found(amounts: _Numbers, taxes: _Numbers) -> Literal["gross", "net", "open", "nothing"]:
    """Tell whether the amounts are gross by these taxes and cannot as well be net by them, or the other way round.

    Taxes at several rates in one amount fit neither.
    """
    told = np.isfinite(amounts) & np.isfinite(taxes) & (np.abs(amounts) >= _SMALLEST) & (np.abs(taxes) > _ROUNDED)
    if not told.any():
        return "nothing"
    amounts, taxes = amounts[told], taxes[told]
    gross, net = _share(amounts - taxes, taxes), _share(amounts, taxes)
    if gross >= _NEARLY_ALL and net <= _SURE:
        return "gross"
    if net >= _NEARLY_ALL:
        return "net"
    return "open"


def _share(nets: _Numbers, taxes: _Numbers) -> float:
    """Return for how many of the net amounts a usual rate gives the tax."""
    fits = np.abs(nets[:, None] * _RATES - taxes[:, None]) <= _ROUNDED
    return float(fits.any(axis=1).mean())
