"""Measures: what was planned and done, whether it worked, and what retention is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.measures.control import Grounds, measure_results
from retention_reports.analyses.measures.economics import cost_per_customer, retention_gain
from retention_reports.analyses.measures.measure_results import Measures
from retention_reports.analyses.measures.second_life import second_life
from retention_reports.analyses.measures.status import agenda, measure_statuses
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.lapse_reasons import explained_lapses
from retention_reports.model.ledger import day_number
from retention_reports.model.loss_reasons import loss_records
from retention_reports.model.yearly_value import margin_share

if TYPE_CHECKING:
    from retention_reports.analyses.measures.economics_results import RetentionGain
    from retention_reports.analyses.measures.measure_results import MeasureResult
    from retention_reports.model.dataset import Dataset


IDEA = "idea"


def measures(dataset: Dataset, *, of_past: bool = False) -> Measures:
    """Follow measures from plan to verdict, and do the profit arithmetic of retention; of the past only the former."""
    episodes = dataset.lapses
    told = explained_lapses(episodes, loss_records(dataset), day_number(dataset.cut_off))
    lines = dataset.product_lines
    margin = margin_share(dataset)
    known = measure_statuses(dataset)
    statuses = tuple(one for one in known if one.state != IDEA)
    ideas = tuple(sorted((one for one in known if one.state == IDEA), key=lambda one: (one.started_on, one.measure_id)))
    results = measure_results(dataset, Grounds(told, lines if lines and lines.categories else None, margin))
    second, gain = second_life(dataset), None if of_past else retention_gain(dataset, margin)
    kept = dataset.table("measures") is not None
    return Measures(
        status=statuses,
        results=results,
        second_life=second,
        retention_gain=gain,
        cost_per_customer=cost_per_customer(dataset, episodes),
        agenda=agenda(dataset, statuses, results, second, told, ideas=ideas) if kept else (),
        ideas=ideas,
        missing=tuple(_missing(dataset, results, gain, margin_known=margin is not None)),
    )


def _missing(
    dataset: Dataset, results: tuple[MeasureResult, ...], gain: RetentionGain | None, *, margin_known: bool
) -> list[Missing]:
    missing = [
        Missing(f"results.{result.measure_id}", Unknown.NO_FILE, "order_lines, products")
        for result in results
        if result.target is None
    ]
    if dataset.table("measures") is None:
        missing.append(Missing("results", Unknown.NO_FILE, "measures"))
    if dataset.table("costs") is None:
        missing.append(Missing("cost_per_customer", Unknown.NO_FILE, "costs"))
    if not margin_known:
        missing.append(Missing("margin", Unknown.NO_COLUMN, "orders.cost"))
    if gain is None:
        known = dataset.covers_activity_on(dataset.year_ago)
        missing.append(Missing("retention_gain", Unknown.NOBODY_ACTIVE if known else Unknown.BEFORE_START_OF_DATA))
    return missing
