"""Several files of one system: lists of customers for their orders, credit notes for their invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.recognising.contents import Content
from retention_reports.recognising.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.recognising.presets import Preset
    from retention_reports.recognising.proposal import Proposal
    from retention_reports.recognising.sheets import Sheet

_NOT_DEDUCTED = "nicht_umsatzmindernd"


def names_known(preset: Preset, orders: Sheet, others: Sequence[tuple[Sheet, Preset]]) -> bool:
    """Tell whether a list of customers has each name once by which orders name their customer."""
    if not preset.name_as_key:
        return False
    named = preset.tables["orders"]["columns"]["customer_id"]
    heading = next((name for name in ([named] if isinstance(named, str) else named) if name in orders.header), None)
    for sheet, other in others:
        name = other.tables.get("customers", {}).get("columns", {}).get("name")
        if heading is not None and isinstance(name, str) and name in sheet.header:
            names = [text.strip().casefold() for text in sheet.cells(name).texts.tolist() if text.strip()]
            used = {word.casefold() for word in Content(orders.cells(heading)).words}
            if len(set(names)) == len(names) and used <= set(names):
                return True
    return False


def knows_all(proposal: Proposal, preset: Preset, sheet: Sheet, orders: Sequence[tuple[Sheet, Preset]]) -> bool:
    """Tell whether a system's list of customers holds all customers of its orders; the orders' own do otherwise."""
    source = proposal.tables.get("orders", {}).get("columns", {}).get("customer_id")
    key = preset.tables["customers"]["columns"]["customer_id"]
    if not isinstance(source, str) or key not in sheet.header:
        return True
    known = {word.casefold() for word in Content(sheet.cells(key)).words}
    used = {word.casefold() for one, _ in orders if source in one.header for word in Content(one.cells(source)).words}
    return used <= known


def add_credits(proposal: Proposal, preset: Preset, sheet: Sheet, orders: Sequence[tuple[Sheet, Preset]]) -> None:
    """Deduct a table of credit notes from its system's invoices, by the columns that both have.

    Raises:
        RefusedError: the invoices did not come, or some of the credit notes do not reduce revenue.
    """
    invoices = next((one for one, other in orders if other.key == preset.credits_of), None)
    if invoices is None:
        raise RefusedError(say("new.credits_alone", system=preset.system), sheet.shown_as)
    if _NOT_DEDUCTED in sheet.header and set(Content(sheet.cells(_NOT_DEDUCTED)).words) - {"0"}:
        raise RefusedError(say("new.credits_not_deducted", column=_NOT_DEDUCTED), sheet.shown_as)
    settings = proposal.tables["orders"]
    settings["columns"] = {
        name: source
        for name, source in settings["columns"].items()
        if not isinstance(source, str) or source in sheet.header
    }
    for file in (invoices.file, sheet.file):
        proposal.paths[file] = f"exports/orders/{file}"
    settings |= {"path": "exports/orders/*", "deducted_files": [sheet.file]}
    if "customers" in proposal.tables:
        proposal.tables["customers"]["path"] = proposal.paths[invoices.file]
    proposal.tell(say("new.deducted", words=sheet.shown_as))
