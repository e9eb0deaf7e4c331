"""Scales that differ from the standard one, told by what no value of a column reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_SCORE = "score"
_STARS, _FEWEST_OF_STARS = 5, 2
_GRADES, _FEWEST_OF_GRADES = 7, 10
_FEWEST_TO_REFUSE = 10
_PERCENT = "percent"
_DISCOUNT = "discount"
_HALF = 0.5
_FEWEST_OF_DISCOUNTS = 2


def check_scales(tables: Mapping[str, CheckedTable], log: ProblemLog) -> None:
    """Tell where what a column's values reach speaks for another scale than the standard one."""
    if "feedback" in tables:
        _check_scores(tables["feedback"], log)
    if "price_changes" in tables:
        _check_percents(tables["price_changes"], log)
    for name in ("orders", "order_lines"):
        if name in tables and "discount" in tables[name].source.cells:
            _check_discounts(tables[name], log)


def _check_percents(changes: CheckedTable, log: ProblemLog) -> None:
    """Tell where no price has changed by one per cent, so that fractions were probably meant."""
    percents = changes.frame[_PERCENT].dropna()
    percents = percents.loc[percents != 0]
    if not len(percents) or (percents.abs() >= 1).any() or _has_percent_sign(changes, _PERCENT):
        return
    row = int(percents.index[0])
    given = shown(changes.source.cells[_PERCENT][row]) if _PERCENT in changes.source.cells else f"{percents.iloc[0]:g}"
    message = say("scales.low_percents", n=len(percents), given=given)
    log.warning(changes.location(row, _PERCENT), "scale", message, say("scales.low_percents_page"))


def _check_discounts(lines: CheckedTable, log: ProblemLog) -> None:
    """Tell where every discount takes half of the price and more, so that what is left to pay was probably meant."""
    if _DISCOUNT not in lines.frame or _DISCOUNT in lines.source.settings.scale or _has_percent_sign(lines, _DISCOUNT):
        return
    discounts = lines.frame[_DISCOUNT].dropna()
    discounts = discounts.loc[discounts > 0]
    if len(discounts) < _FEWEST_OF_DISCOUNTS or (discounts < _HALF).any():
        return
    row = int(discounts.index[0])
    given = shown(lines.source.cells[_DISCOUNT][row])
    message = say("scales.high_discounts", n=len(discounts), given=given, file=lines.source.schema.name)
    page = say("scales.high_discounts_page", n=len(discounts))
    log.warning(lines.location(row, _DISCOUNT), "scale", message, page)


def _has_percent_sign(table: CheckedTable, column: str) -> bool:
    cells = table.source.cells.get(column)
    return cells is not None and any("%" in word for word in cells.words.tolist())


def _check_scores(feedback: CheckedTable, log: ProblemLog) -> None:
    """Tell where no score comes near the end of the scale, so that another scale was probably meant."""
    if _SCORE not in feedback.given_columns or _SCORE in feedback.source.settings.scale:
        return
    scores = feedback.frame[_SCORE].dropna()
    count = len(scores)
    highest = scores.max() if count else _GRADES + 1
    is_stars = highest <= _STARS and count >= _FEWEST_OF_STARS
    if not is_stars and not (highest <= _GRADES and count >= _FEWEST_OF_GRADES):
        return
    row = int(scores.index[int(scores.argmax())])
    message = say("scales.low_scores", highest=f"{highest:g}", file=feedback.name, n=count)
    if is_stars and count >= _FEWEST_TO_REFUSE:
        log.error(feedback.location(row, _SCORE), "scale", message)
    else:
        page = say("scales.low_scores_page", highest=f"{highest:g}", n=count)
        log.warning(feedback.location(row, _SCORE), "scale", message, page)
