"""Cross-selling: who buys from one category only, what peers buy besides, and where the client stands in six steps."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.analyses.cross_selling.affinity import affinities, openings
from retention_reports.analyses.cross_selling.cross_selling_results import CrossSelling, Organisation
from retention_reports.analyses.cross_selling.organisation import organisation
from retention_reports.analyses.cross_selling.potential import (
    category_potentials,
    largest_potentials,
    potentials,
    total_potential,
)
from retention_reports.analyses.cross_selling.steps import six_steps
from retention_reports.analyses.cross_selling.white_space import white_space
from retention_reports.model.figures import Missing, Unknown

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.product_lines import ProductLines

_KEYS = ("single_category", "white_space", "potential", "affinity", "openings")


def cross_selling(dataset: Dataset, *, of_past: bool = False) -> CrossSelling:
    """Find out who buys which categories, what the others of a segment buy besides, and what is done about it.

    `of_past` leaves out all but each customer's largest potential: only the report of its own quarter shows the rest.
    """
    lines = dataset.product_lines
    reason = _obstacle(dataset, lines)
    if lines is None or reason is not None:
        missing = tuple(Missing(key, reason.reason, reason.detail) for key in _KEYS) if reason else ()
        steps = six_steps(dataset, None, ())
        return CrossSelling(None, (), (), (), (), None, steps, organisation(dataset), missing)
    matrix = white_space(dataset, lines)
    cells = category_potentials(matrix)
    if of_past:
        largest = largest_potentials(dataset, matrix, cells)
        return CrossSelling(matrix.space, cells, largest, (), (), None, (), Organisation(None, (), ()), ())
    pairs = affinities(dataset, lines)
    listed = potentials(dataset, matrix, cells, pairs)
    opened = openings(dataset, lines)
    # Where nobody lacks anything there is nothing to gain, and that is known.
    known = bool(listed) or matrix.space.not_bought_cells == 0
    return CrossSelling(
        space=matrix.space,
        cells=cells,
        potentials=listed,
        affinities=pairs,
        openings=opened,
        total=total_potential(matrix, cells) if known else None,
        steps=six_steps(dataset, matrix.space, listed),
        organisation=organisation(dataset),
        missing=_missing(listed=known, pairs=bool(pairs), opened=bool(opened)),
    )


def _obstacle(dataset: Dataset, lines: ProductLines | None) -> Missing | None:
    if lines is None:
        return Missing("", Unknown.NO_FILE, "order_lines")
    if dataset.table("products") is None:
        return Missing("", Unknown.NO_FILE, "products")
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return Missing("", Unknown.BEFORE_START_OF_DATA)
    inside = lines.within(dataset.year_ago, dataset.cut_off) & lines.bought & (lines.category >= 0)
    return None if inside.any() else Missing("", Unknown.NO_ROWS, "order_lines")


def _missing(*, listed: bool, pairs: bool, opened: bool) -> tuple[Missing, ...]:
    found = (("potential", listed), ("affinity", pairs), ("openings", opened))
    return tuple(Missing(key, Unknown.TOO_FEW) for key, known in found if not known)
