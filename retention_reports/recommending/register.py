"""The register: from findings to entries, decisions, and what became of earlier ones."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from retention_reports.analyses.forecast.forecast_results import Forecast
from retention_reports.errors import QuarterError
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import average
from retention_reports.recommending.amending import settled_decisions
from retention_reports.recommending.candidates import candidates
from retention_reports.recommending.deadlines import due_day, report_day
from retention_reports.recommending.decisions import possible_decisions
from retention_reports.recommending.effects import Uplift, effect_of, total, uplifts
from retention_reports.recommending.exclusions import rules_of, split
from retention_reports.recommending.findings import Findings, findings_among, findings_at
from retention_reports.recommending.firm import firm_entries
from retention_reports.recommending.hit_rate import hit_rate, quarter_hits
from retention_reports.recommending.kinds import KEEPING, MEASURE_KIND, Evidence, Kind
from retention_reports.recommending.leading import rank, with_leading
from retention_reports.recommending.looking_back import as_looked_back_on, decisive
from retention_reports.recommending.occasions import occasions
from retention_reports.recommending.outcome import outcome
from retention_reports.recommending.results import Entry, Register
from retention_reports.recommending.worth import worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from retention_reports.analyses.forecast.next_order_results import NextOrders
    from retention_reports.recommending.candidates import Candidate

QUARTERS_BACK = 4
"""So many earlier quarters are told of one by one."""
QUARTERS_TRIED = 8
"""By so many earlier quarters the registers themselves are judged."""


def recommend(dataset: Dataset, results: Iterable[object], committed_on: date | None) -> Register:
    """Return the register of a quarter; `results` are those of all analyses.

    The registers of the quarters before are made anew from what was known then.

    Raises:
        DataError: the consultant's last word is of decisions that there are not.
    """
    made = tuple(results)
    found = findings_among(dataset, made)
    register = _register(found, committed_on)
    _kept(dataset, lambda: register)
    outcomes, hits = [], []
    for back in range(1, QUARTERS_TRIED + 1):
        try:
            earlier = Dataset.at(dataset.folder, dataset.quarter.plus(-back))
        except QuarterError:
            break
        said = _kept(earlier, partial(_earlier_register, earlier))
        hits.append(quarter_hits(said, earlier, dataset))
        if back <= QUARTERS_BACK:
            outcomes.append(outcome(said, earlier, dataset))
    forecast = next((one for one in made if isinstance(one, Forecast)), None)
    return replace(
        register,
        outcomes=tuple(outcomes),
        occasions=_occasions(found, register, forecast.next_orders if forecast else None, committed_on),
        hit_rate=hit_rate(hits, forecast.total.coverage if forecast and forecast.total else None),
    )


def _occasions(
    found: Findings, register: Register, due: NextOrders | None, committed_on: date | None
) -> tuple[Entry, ...]:
    """Return what stands in work lists without money, by the same rules."""
    start = report_day(found.dataset.cut_off, committed_on)
    rules = rules_of(found, worth(found.dataset))
    possible = occasions(found, due, register.entries, start)
    return tuple(_entry(found.dataset, one, {}, 0, start) for one in possible if not rules.reason_against(one))


def _kept(dataset: Dataset, make: Callable[[], Register]) -> Register:
    """Return what later quarters ask of a quarter's register; they do not depend on when the data was committed."""
    memory = dataset.folder.memory
    return memory.get("said", dataset.quarter, lambda: as_looked_back_on(make()), most=QUARTERS_TRIED + 1)


def _earlier_register(dataset: Dataset) -> Register:
    return _register(findings_at(dataset), None)


def _register(found: Findings, committed_on: date | None) -> Register:
    dataset = found.dataset
    value = worth(dataset)
    start = report_day(dataset.cut_off, committed_on)
    rates = uplifts(dataset.client.assumptions, found.measures, found.offers, found.loyal)
    identifiers = dataset.customers["customer_id"].tolist()
    rules = rules_of(found, value)
    allowed, excluded = split(candidates(found, value), rules, identifiers)
    allowed, unlisted = decisive(found, value, rules, rates, allowed)
    costs = _costs(found)
    own = with_leading([_entry(dataset, one, rates, costs.get(one.kind, 0), start) for one in allowed])
    kept = {entry.customer_id for entry in own if entry.leading and entry.kind in KEEPING and entry.cautious > 0}
    spoken_for = {row for row, name in enumerate(identifiers) if name in kept}
    entries = sorted((*own, *firm_entries(found, value, rates, spoken_for, start)), key=rank)
    owners = {one.measure_id: one.owner for one in found.measures.status}
    possible = possible_decisions(entries, dataset.client.contact_capacity, owners)
    decisions, amended = settled_decisions(possible, dataset.folder.amendments.get(str(dataset.quarter)))
    effects = [one.effect for one in decisions if one.effect is not None]
    return Register(
        decisions=decisions,
        entries=tuple(entries),
        total_effect=total(effects) if effects else None,
        excluded=tuple(sorted(excluded, key=lambda one: (one.customer_id, one.reason))),
        outcomes=(),
        is_margin=value.is_margin,
        amended=amended,
        unlisted={kind: frozenset(identifiers[row] for row in rows) for kind, rows in unlisted.items()},
        barred={kind: frozenset(identifiers[row] for row in rules.barred(kind)) for kind in Kind},
    )


def _entry(dataset: Dataset, one: Candidate, rates: Mapping[Kind, Uplift], cost: int, start: date) -> Entry:
    uplift = rates.get(one.kind)
    effect = None if one.stake is None or uplift is None else effect_of(one.stake, uplift, cost)
    line = dataset.customer_lines.line(one.customer)
    return Entry(
        kind=one.kind,
        subject=one.subject,
        customer_id=line.customer_id,
        effect=effect,
        evidence=Evidence.OBSERVED if uplift is None else uplift.evidence,
        owner=one.owner or line.sales_rep,
        due_on=one.due_on or due_day(one.kind, start),
        why=one.why,
        source="" if uplift is None else uplift.source,
    )


def _costs(found: Findings) -> Mapping[Kind, int]:
    """Return what one contact of each kind costs: the mean of the client's own measures of the kind, else nothing."""
    costs = {}
    for kind, measure_kind in MEASURE_KIND.items():
        own = [one for one in found.measures.results if one.kind == measure_kind and one.cost and one.target]
        spent, contacted = sum(one.cost or 0 for one in own), sum(one.target.n for one in own if one.target)
        costs[kind] = round(average(spent, contacted) or 0)
    return costs
