"""Potentials put together to what one can act on: one segment, one category it lacks, the customers to talk to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.trouble import in_trouble
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.cross_selling.cross_selling_results import CrossSelling, Potential
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context


@record
class Campaign:
    """All customers of a segment who lack a category; amounts in ten-thousandths, the best customers first."""

    segment: str
    category: str
    buyers: Rate
    entries: tuple[Potential, ...]

    @property
    def each(self) -> int:
        """Return what one customer may be expected to spend a year."""
        return self.entries[0].value

    @property
    def total(self) -> int:
        """Return what all of them may be expected to spend a year."""
        return sum(entry.value for entry in self.entries)


def campaigns(context: Context, result: CrossSelling) -> list[Campaign]:
    """Return the campaigns, most money first; customers in trouble come last in each."""
    first_settle = in_trouble(context)
    groups: dict[tuple[str, str], list[Potential]] = {}
    for entry in result.potentials:
        groups.setdefault((entry.segment, entry.category), []).append(entry)
    found = [
        Campaign(
            segment,
            category,
            entries[0].buyers,
            tuple(sorted(entries, key=lambda entry: entry.customer_id in first_settle)),
        )
        for (segment, category), entries in groups.items()
    ]
    return sorted(found, key=lambda campaign: (-campaign.total, campaign.segment, campaign.category))


def by_category(result: CrossSelling) -> list[tuple[str, int, int]]:
    """Return each category with its potential and the number of customers behind it, most money first."""
    sums: dict[str, tuple[int, int]] = {}
    for entry in result.potentials:
        amount, customers = sums.get(entry.category, (0, 0))
        sums[entry.category] = (amount + entry.value, customers + 1)
    found = [(category, amount, customers) for category, (amount, customers) in sums.items()]
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))
