"""What customers who lack a category may be expected to spend on it: as much as their peers, as often as they do."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.cross_selling.cross_selling_results import CategoryPotential, Potential, TotalPotential
from retention_reports.model.bootstrap import DRAWS, amount_interval_95, draws
from retention_reports.model.figures import TOO_FEW, Rate
from retention_reports.model.money import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.cross_selling.cross_selling_results import Affinity
    from retention_reports.analyses.cross_selling.white_space import Matrix
    from retention_reports.model.bootstrap import Numbers
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

FEWEST_BUYERS = 5
"""With fewer buyers in the segment no potential is named."""


def category_potentials(matrix: Matrix) -> tuple[CategoryPotential, ...]:
    """Return the expected yearly spend by segment and category where at least five of the segment's customers buy."""
    found = []
    for segment, rows in matrix.rows_by_segment().items():
        counts = matrix.bought[rows].sum(axis=0).tolist()
        for place, category in enumerate(matrix.space.categories):
            if counts[place] < FEWEST_BUYERS:
                continue
            spends = np.sort(matrix.spend[rows, place][matrix.bought[rows, place]])
            buyers = Rate(len(spends), len(rows))
            median = Fraction(int(spends[(len(spends) - 1) // 2]) + int(spends[len(spends) // 2]), 2)
            value = rounded(median * buyers.k / buyers.n)
            found.append(CategoryPotential(segment, category, buyers, value))
    return tuple(found)


def potentials(
    dataset: Dataset, matrix: Matrix, cells: Sequence[CategoryPotential], affinities: Sequence[Affinity]
) -> tuple[Potential, ...]:
    """List every observed customer and missing category with a potential above zero, largest first.

    Customers of one segment share a value for a category: the one who buys most comes first.
    """
    by_segment: dict[str, list[CategoryPotential]] = {}
    for cell in cells:
        by_segment.setdefault(cell.segment, []).append(cell)
    space, bought = matrix.space, [frozenset(row) for row in matrix.space.bought]
    places = {category: place for place, category in enumerate(space.categories)}
    partners = _partners(affinities)
    people = dataset.customer_lines.reps
    permissions = dataset.customers["email_permission"].to_numpy(dtype=object)
    listed = [
        Potential(
            customer_id=space.identifiers[row],
            name=space.names[row],
            segment=cell.segment,
            category=cell.category,
            value=cell.value,
            cases=cell.buyers.k,
            buyers=cell.buyers,
            argument=next((first for first in partners.get(cell.category, ()) if places[first] in bought[row]), ""),
            sales_rep=people[customer],
            permission=permissions[customer],
        )
        for row, customer in enumerate(matrix.customers.tolist())
        for cell in by_segment.get(space.segments[row], ())
        if cell.value > 0 and places[cell.category] not in bought[row]
    ]
    spent = dict(zip(space.identifiers, space.spent, strict=True))
    return tuple(
        sorted(listed, key=lambda entry: (-entry.value, -spent[entry.customer_id], entry.category, entry.customer_id))
    )


def largest_potentials(dataset: Dataset, matrix: Matrix, cells: Sequence[CategoryPotential]) -> tuple[Potential, ...]:
    """List for every observed customer its first potential in the order of `potentials`, without an argument.

    Only segments of as many customers count as are needed to tell a share.
    """
    by_segment: dict[str, list[CategoryPotential]] = {}
    for cell in sorted(cells, key=lambda cell: (-cell.value, cell.category)):
        if cell.value > 0 and cell.buyers.n >= TOO_FEW:
            by_segment.setdefault(cell.segment, []).append(cell)
    space, people = matrix.space, dataset.customer_lines.reps
    places = {category: place for place, category in enumerate(space.categories)}
    found = []
    for segment, rows in matrix.rows_by_segment().items():
        own = by_segment.get(segment, [])
        lacking = ~matrix.bought[np.ix_(rows, np.array([places[cell.category] for cell in own], dtype=np.int64))]
        for row, flags in zip(rows.tolist(), lacking, strict=True):
            if flags.any():
                cell, rep = own[int(flags.argmax())], people[int(matrix.customers[row])]
                name, identifier = space.names[row], space.identifiers[row]
                found.append(
                    Potential(
                        customer_id=identifier,
                        name=name,
                        segment=segment,
                        category=cell.category,
                        value=cell.value,
                        cases=cell.buyers.k,
                        buyers=cell.buyers,
                        argument="",
                        sales_rep=rep,
                        permission="",
                    )
                )
    return tuple(found)


def total_potential(matrix: Matrix, cells: Sequence[CategoryPotential]) -> TotalPotential:
    """Add up all potentials; the interval is that of drawing as many customers anew from each segment.

    A draw keeps the segments and categories of the estimate, also where fewer than five of its customers buy.
    """
    places = {category: place for place, category in enumerate(matrix.space.categories)}
    sums = np.zeros(DRAWS)
    for number, (segment, rows) in enumerate(matrix.rows_by_segment().items()):
        chosen = np.array([places[cell.category] for cell in cells if cell.segment == segment], dtype=np.int64)
        if len(chosen):
            sums += _drawn(matrix.bought[np.ix_(rows, chosen)], matrix.spend[np.ix_(rows, chosen)], number)
    low, high = amount_interval_95(sums)
    value = sum(cell.value * cell.lacking for cell in cells)
    return TotalPotential(value, min(low, value), max(high, value))


def _drawn(bought: Flags, spend: Integers, sample: int) -> Numbers:
    """Return the potential of one segment in each draw; one row a customer, one column a category."""
    cases = np.where(bought, spend, -1)
    return np.concatenate([sum(_potential(column[rows]) for column in cases.T) for rows in draws(cases, sample)])


def _potential(drawn: Integers) -> Numbers:
    """Return median spend × share of buyers × who lack the category, for each draw (-1: not bought)."""
    size = drawn.shape[1]
    ordered = np.sort(drawn, axis=1)
    buyers = (ordered >= 0).sum(axis=1)
    first, index = size - buyers, np.arange(len(drawn))
    lower, upper = (ordered[index, np.minimum(first + half, size - 1)] for half in ((buyers - 1) // 2, buyers // 2))
    medians = np.where(buyers > 0, (lower + upper) / 2, 0.0)
    sums: Numbers = medians * buyers / size * (size - buyers)
    return sums


def _partners(affinities: Sequence[Affinity]) -> dict[str, list[str]]:
    """Return for each category the ones that demonstrably go with it, the surest first."""
    together = [pair for pair in affinities if pair.together]
    ranked = sorted(together, key=lambda pair: (-(pair.rate.share or 0.0), -pair.rate.n, pair.first))
    partners: dict[str, list[str]] = {}
    for pair in ranked:
        partners.setdefault(pair.second, []).append(pair.first)
    return partners
