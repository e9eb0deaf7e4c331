"""Offers that wait for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_reports.analyses.offers.offer_results import OpenOffer

if TYPE_CHECKING:
    import pandas as pd

    from retention_reports.model.dataset import Dataset


def open_offers(dataset: Dataset, rows: pd.DataFrame) -> tuple[OpenOffer, ...]:
    """List offers open at the cut-off: silent ones first, then overdue ones, largest amount first."""
    names, permissions = (dataset.customers[column].tolist() for column in ("name", "email_permission"))
    recorded = dataset.has_column("offers", "followed_up_on")
    columns = [
        rows[column].tolist() for column in ("offer_id", "customer_id", "customer", "amount", "sales_rep", "wishes")
    ]
    days = [_dates(rows[column]) for column in ("offered_on", "decision_due_on", "followed_up_on")]
    listed = []
    for offer, identifier, customer, amount, seller, wishes, offered, due, followed in zip(
        *columns, *days, strict=True
    ):
        overdue = due is not None and due < dataset.cut_off
        listed.append(
            OpenOffer(
                offer_id=offer,
                customer_id=identifier,
                name=names[customer] if customer >= 0 else identifier,
                amount=amount,
                offered_on=offered,
                decision_due_on=due,
                followed_up_on=followed,
                sales_rep=seller,
                wishes=wishes,
                permission=permissions[customer] if customer >= 0 else "unknown",
                overdue=overdue,
                silent=overdue and recorded and followed is None,
            )
        )
    return tuple(sorted(listed, key=lambda entry: (not entry.silent, not entry.overdue, -entry.amount, entry.offer_id)))


def _dates(days: pd.Series) -> list[Any]:
    """Return a date for each day, None where there is none."""
    return [day.date() if known else None for day, known in zip(days, days.notna(), strict=True)]
