"""Amounts that hold tax although revenue is net: told by a column of taxes or net amounts beside them, or by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.reading.cells import sample_step
from retention_reports.reading.problems import shown
from retention_reports.records import record
from retention_reports.validation.telling_columns import is_gross, is_net, is_tax, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

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
    """A sample of a file's amounts, under what heading and in which rows of its grid they stand."""

    heading: str
    rows: npt.NDArray[np.intp]
    numbers: _Numbers


def tell_gross_amounts(table: SourceTable, part: SourcePart, unread: Iterable[int], log: ProblemLog) -> None:
    """Refuse amounts that hold the tax which another column names, and warn of those that are only called gross.

    Where `client.toml` says how amounts become net, or takes them from several columns, nothing is told.
    """
    settings = table.settings
    if settings.tax_rate or settings.tax_rate_column or table.terms.get("amount"):
        return
    amounts = _amounts(table, part)
    if amounts is None:
        return
    place = table.location(part.first_row, "amount")
    for position in unread:
        heading = part.grid.header[position]
        if not (is_tax(heading) or is_net(heading)):
            continue
        others = _parsed(np.asarray(part.grid.columns[position], dtype=object)[amounts.rows], settings.decimal)
        taxes = others if is_tax(heading) else amounts.numbers - others
        if _hold(amounts.numbers, taxes):
            cure = f"[{amounts.heading}] - [{heading}]" if is_tax(heading) else heading
            message = say(
                "columns.gross",
                amount=shown(amounts.heading),
                other=shown(heading),
                cure=shown(cure),
                table=table.schema.name,
            )
            log.error(place, "gross amounts", message)
            return
    scale = scale_of(amounts.heading)
    if scale != 1 and "amount" not in settings.factors:
        message = say(
            "columns.called_scaled", amount=shown(amounts.heading), factor=f"{scale:g}", table=table.schema.name
        )
        log.error(place, "amounts of another scale", message)
    if is_gross(amounts.heading) and not is_net(amounts.heading):
        message = say("columns.called_gross", amount=shown(amounts.heading), table=table.schema.name)
        page = say("columns.called_gross_page", amount=shown(amounts.heading), file=part.path.rpartition("/")[2])
        log.warning(place, "gross amounts", message, page)


def _amounts(table: SourceTable, part: SourcePart) -> _Amounts | None:
    cells = table.cells.get("amount")
    if cells is None or "amount" not in part.headings or not len(part.rows):
        return None
    places = np.arange(0, len(part.rows), sample_step(len(part.rows)))
    texts = [cells[int(place)] for place in places + part.first_row]
    return _Amounts(part.headings["amount"], part.rows[places], _parsed(texts, table.settings.decimal_of("amount")))


def _parsed(texts: Sequence[str] | npt.NDArray[np.object_], decimal: str) -> _Numbers:
    """Return plain numbers; what is none is NaN."""
    group = "." if decimal == "," else ","
    plain = (text.strip().translate(_MARKS).replace(group, "").replace(decimal or ".", ".") for text in texts)
    return np.array([float(text) if _NUMBER.fullmatch(text) else np.nan for text in plain])


def _hold(amounts: _Numbers, taxes: _Numbers) -> bool:
    """Tell whether the amounts are gross by these taxes, and cannot as well be net by them."""
    told = np.isfinite(amounts) & np.isfinite(taxes) & (np.abs(amounts) >= _SMALLEST) & (np.abs(taxes) > _ROUNDED)
    if not told.any():
        return False
    amounts, taxes = amounts[told], taxes[told]
    return _share(amounts - taxes, taxes) >= _NEARLY_ALL and _share(amounts, taxes) <= _SURE


def _share(nets: _Numbers, taxes: _Numbers) -> float:
    """Return for how many of the net amounts a usual rate gives the tax."""
    fits = np.abs(nets[:, None] * _RATES - taxes[:, None]) <= _ROUNDED
    return float(fits.any(axis=1).mean())
