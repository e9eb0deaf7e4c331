"""Orders whose ids end in the number of a version, such as 1001-1 and 1001-2, or 1001 and 1001-R1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.reading.byte_cells import ByteCells
from retention_reports.reading.problems import shown
from retention_reports.validation.versions import OLDER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    import pandas as pd

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_REVISION = r"(?:R|V|REV|VER|Rev|Ver|rev|ver|v|r)[.]?"
_VERSION = re.compile(rf"(?P<base>.*[0-9])(?P<mark>[-_/. ](?:{_REVISION})?)(?P<number>[0-9]{{1,2}})")
_ANY = re.compile(rf"[0-9][-_/. ](?:{_REVISION})?[0-9]{{1,2}}$", re.MULTILINE)
_LONGEST_CHANGE = np.timedelta64(31, "D")
"""Versions of one order lie no farther apart; what does is an order of its own."""


def settle_numbered_versions(orders: CheckedTable, log: ProblemLog) -> None:
    """Leave out all versions of an order but the last where `version_mark` says how ids tell them; else tell of them.

    A mark such as -R that only revisions have is an error. A number alone may as well be that of a part of an order,
    which a warning says, on page 1 as well.
    """
    settings = orders.source.settings
    cells = orders.source.cells.get("order_id")
    if cells is None or (isinstance(cells, ByteCells) and not settings.version_mark and cells.column.ends_in_digits):
        return
    ids = orders.frame["order_id"].tolist()
    if settings.version_mark:
        mark = re.escape(settings.version_mark)
        declared = re.compile(rf"(?P<base>.+)(?P<mark>{mark})(?P<number>[0-9]{{1,3}})")
        orders.leave_out(_older(_numbered(ids, declared.fullmatch, orders)), OLDER_VERSION)
    elif "version_mark" not in settings.model_fields_set and _ANY.search("\n".join(ids)):
        _tell(orders, _numbered(ids, _VERSION.fullmatch, orders), log)


def _numbered(ids: list[str], match: Callable[[str], re.Match[str] | None], orders: CheckedTable) -> pd.DataFrame:
    """Return of each order its id without the number of its version, the mark before that, and the number (0: none)."""
    found = [match(text) for text in ids]
    parts = [
        (text, "", 0) if one is None else (one["base"], one["mark"], int(one["number"]))
        for text, one in zip(ids, found, strict=True)
    ]
    frame = orders.frame[["order_id", "customer_id", "ordered_on", "amount"]]
    return frame.assign(**dict(zip(("base", "mark", "number"), map(list, zip(*parts, strict=True)), strict=True)))


def _older(numbered: pd.DataFrame) -> pd.Series:
    return numbered["number"] < numbered.groupby("base")["number"].transform("max")


def _tell(orders: CheckedTable, numbered: pd.DataFrame, log: ProblemLog) -> None:
    several = numbered.loc[numbered["base"].duplicated(keep=False)]
    several = several.loc[several["base"] != several["customer_id"]]
    for mark in sorted(set(several["mark"]) - {""}, key=len, reverse=True):
        bases = several.loc[several["mark"] == mark, "base"]
        group = several.loc[several["base"].isin(bases) & several["mark"].isin(["", mark])]
        if len(group) and _are_versions(group):
            _tell_of_mark(orders, group, mark, log)
            return


def _are_versions(group: pd.DataFrame) -> bool:
    """Tell whether all ids of one base are of one customer and of few days, and numbered one after the other."""
    by_base = group.groupby("base")
    counts = by_base["number"].agg(["min", "max", "size", "nunique"])
    in_turn = (counts["max"] - counts["min"] + 1 == counts["size"]) & (counts["nunique"] == counts["size"])
    in_turn &= (counts["min"] <= 1) & (counts["size"] > 1)
    apart = by_base["ordered_on"].max() - by_base["ordered_on"].min()
    of_one = by_base["customer_id"].min() == by_base["customer_id"].max()
    return bool(in_turn.all() and of_one.all() and (apart <= _LONGEST_CHANGE).all())


def _tell_of_mark(orders: CheckedTable, group: pd.DataFrame, mark: str, log: ProblemLog) -> None:
    older = group.loc[_older(group)]
    last = group.loc[group["base"] == older["base"].iloc[0]].sort_values("number")["order_id"]
    words: dict[str, int | str | Decimal] = {
        "n": len(older),
        "first": shown(str(last.iloc[0])),
        "last": shown(str(last.iloc[-1])),
        "adds": in_cents(int(older["amount"].sum())),
        "mark": shown(mark),
    }
    place = orders.location(int(older.index[0]), "order_id")
    if any(sign.isalpha() for sign in mark):
        log.error(place, "versions of an order", say("repeated.revisions", **words))
        return
    page = say("repeated.numbered_versions_page", **words)
    log.warning(place, "versions of an order", say("repeated.numbered_versions", **words), on_first_page=page)
