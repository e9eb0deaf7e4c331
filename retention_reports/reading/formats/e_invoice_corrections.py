"""Which electronic invoices speak of the same sale: corrections beside what they correct, parts beside the whole.

Source: EN 16931-1, BT-3 (codes of UNTDID 1001), BT-25 and BT-113.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.reading.formats.e_invoice_file import EInvoice

_CORRECTED = "384"
_PARTS = frozenset({"326", "875", "876"})


def replaced_numbers(invoices: Sequence[EInvoice]) -> set[str]:
    """Return the numbers of the invoices that a corrected invoice names and may replace.

    One whose amount is below zero deducts what was wrong, and replaces nothing.
    """
    known = {invoice.number for invoice in invoices}
    corrections = [one for one in invoices if one.kind == _CORRECTED and not one.net.startswith("-")]
    return {number for one in corrections for number in one.refers_to if number in known and number != one.number}


def told_twice(invoices: Sequence[EInvoice]) -> list[str]:
    """Return the numbers of the invoices whose amount holds what other invoices told in parts.

    These are such as name payments made before (which says nothing by itself: shops write so of every order), and an
    invoice that came before; or those of a buyer who got invoices for parts.
    """
    known = {invoice.number for invoice in invoices}
    with_parts = {_buyer(invoice) for invoice in invoices if invoice.kind in _PARTS}
    return [
        invoice.number
        for invoice in invoices
        if invoice.paid.strip("0.")
        and not invoice.is_credit
        and invoice.kind not in _PARTS
        and (_buyer(invoice) in with_parts or known & set(invoice.refers_to))
    ]


def _buyer(invoice: EInvoice) -> str:
    return invoice.buyer.number or invoice.buyer.vat or invoice.buyer.name
