"""Amounts of single customers and of groups below five: a version for wider circulation shows them in bands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.money import Currency

if TYPE_CHECKING:
    from retention_reports.model.figures import Figure

FEWEST = 5
"""Customers whose amounts may be told together."""

_WHOSE = "amounts of fewer than 5 customers"


def is_small(customers: int) -> bool:
    """Tell whether amounts of so many customers say something of a single one; nobody's amounts say nothing."""
    return 0 < customers < FEWEST


def without_small_amounts(figures: dict[str, Figure]) -> dict[str, Figure]:
    """Return a section of `figures.json` with null, and a reason, for each amount of fewer than five customers.

    An object is about one customer where it has a `customer_id`, and about as many as its `customers` says. Shares of
    such amounts are null, too, since one could be had from the other.
    """
    keys: dict[str, None] = {}
    changed = {name: _changed(figure, name, keys, small=False) for name, figure in figures.items()}
    told = figures.get("missing")
    missing = list(told) if isinstance(told, list) else []
    missing += [Missing(key, Unknown.WITHHELD, _WHOSE).figure() for key in keys]
    return {**changed, "missing": missing} if keys else changed


def _changed(figure: Figure, key: str, keys: dict[str, None], *, small: bool) -> Figure:
    if isinstance(figure, list):
        return [_changed(entry, key, keys, small=small) for entry in figure]
    if isinstance(figure, dict):
        return _object(figure, key, keys, small=small)
    if small and isinstance(figure, Currency):
        keys[key] = None
        return None
    return figure


def _object(figures: dict[str, Figure], key: str, keys: dict[str, None], *, small: bool) -> dict[str, Figure]:
    own = _customers(figures)
    small = small if own is None else is_small(own)
    changed: dict[str, Figure] = {}
    for name, figure in figures.items():
        if small and isinstance(figures.get(f"{name}_k"), Currency):
            keys[f"{key}.{name}"] = None
            changed[name] = None
        else:
            changed[name] = _changed(figure, f"{key}.{name}", keys, small=small)
    return changed


def _customers(figures: dict[str, Figure]) -> int | None:
    """Return of how many customers an object tells; None where it does not say, or is about the whole client."""
    if figures.get("customer_id"):
        return 1
    customers = figures.get("customers")
    if isinstance(customers, list):
        return len(customers)
    return customers if isinstance(customers, int) else None
