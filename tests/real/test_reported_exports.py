"""Small folders after what people report of shop, ERP and accounting exports (they lie beside the repository).

Each is read as it is meant, or refused with what settles it, or read with a warning of the doubt; nothing else.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import DataError
from retention_reports.model.dataset import Dataset
from retention_reports.model.money import to_currency
from retention_reports.model.quarters import Quarter
from retention_reports.pipeline import build_report, load_client
from retention_reports.records import record
from retention_reports.validation.folder import load_client_folder
from tests.support.real_data import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.model.folder import ClientFolder

CASES = SHARED / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the reported exports lie beside the repository")


@record
class Expected:
    """What may come of a folder.

    Refused: an error says `refusal`. Read: all revenue is `revenue` (where given), a warning says `warning` (where
    given), and `holds` is true of the folder. A folder that may only be refused has no other field.
    """

    refusal: str = ""
    revenue: str = ""
    warning: str = ""
    holds: Callable[[ClientFolder], bool] | None = None

    @property
    def may_be_read(self) -> bool:
        """Tell whether anything but a refusal is right."""
        return bool(self.revenue or self.warning or self.holds or not self.refusal)


def _buyers(number: int) -> Callable[[ClientFolder], bool]:
    return lambda folder: folder.tables["orders"].query("customer >= 0")["customer"].nunique() == number


def _no_signal_of_offers(folder: ClientFolder) -> bool:
    return folder.tables["offers"]["decision_due_on"].notna().sum() <= 1


def _has_no_birthday(folder: ClientFolder) -> bool:
    return not folder.tables["contacts"]["birthday"].notna().any()


def _late_once(folder: ClientFolder) -> bool:
    orders = folder.tables["orders"]
    return int((orders["delivered_on"] > orders["promised_on"]).sum()) == 1


def _percent_is_five(folder: ClientFolder) -> bool:
    return folder.tables["price_changes"]["percent"].tolist() == [5.0]


def _potential(folder: ClientFolder) -> bool:
    return 7_500_000 not in folder.tables["customers"]["potential"].dropna().tolist()


EXPECTED = {
    "accounting-parens": Expected(r"\(20,00\)", "100.00"),
    "birthday-placeholder": Expected(
        warning="1900-01-01",
        revenue="100.00",
        holds=_has_no_birthday,
    ),
    "bom-mid-file": Expected("header"),
    "comment-lines": Expected("header_line = 3"),
    "cp850-undeclared": Expected("cp850", warning="cp850"),
    "credit-note-type-column": Expected("Belegart", "300.00", ""),
    "credit-suffix-cr": Expected("CR", "600.00"),
    "credit-suffix-cr-de": Expected("GS", "600.00"),
    "criteria-by-comma": Expected("criteria", warning="criteria"),
    "currency-signs-unit-price": Expected(r"\$"),
    "discount-in-percent-lines": Expected("discount|rabatt"),
    "email-as-key": Expected("mail", "190.00", holds=_buyers(2)),
    "emails-several-in-a-cell": Expected("address", warning="address"),
    "excel-scientific-ids": Expected("spreadsheet", warning="spreadsheet"),
    "float-ids-between-files": Expected(r"17850\.0", holds=_buyers(2)),
    "future-typo-day": Expected("2052", warning="2052"),
    "guest-zero-mapped": Expected(revenue="180.00", holds=_buyers(1)),
    "headerless": Expected("header"),
    "html-as-xls": Expected("HTML"),
    "line-currency-mixed": Expected("JPY"),
    "line-delivery-split": Expected("deliver", revenue="140.00", holds=_late_once),
    "line-discount-own-file": Expected("discount"),
    "line-status-blank-cancelled": Expected("status", "950.00"),
    "long-names-pdf": Expected(warning="typeface|letters|characters"),
    "lost-leading-zeros": Expected("zeros", holds=_buyers(2)),
    "macroman-undeclared": Expected("mac_roman|mac-roman", warning="mac_roman|mac-roman|macroman"),
    "mixed-encodings": Expected("garbled|encoding", warning="garbled|encoding|read twice"),
    "nbsp-thousands": Expected(revenue="2234.50"),
    "negative-quantity": Expected(revenue="200.00"),
    "null-customer": Expected("NULL", "200.00", "NULL", holds=_buyers(1)),
    "number-rows-duplicates": Expected("twice|same", "160.00", "60.00"),
    "offer-due-placeholder": Expected(warning="1900", holds=_no_signal_of_offers),
    "optional-table-overlap": Expected(warning="row", revenue="170.00"),
    "orders-pattern-browser-copy": Expected(r"orders \(1\)\.csv"),
    "overlapping-exports": Expected("lines-0", "220.00", ""),
    "refund-counted-twice": Expected("107", warning="107"),
    "replacement-char": Expected("�|garbled", warning="�|garbled|letter"),
    "returned-in-line": Expected("returned", "90.00"),
    "reused-order-numbers": Expected("already"),
    "same-day-orders": Expected(revenue="120.00"),
    "score-five-stars": Expected("scale", warning="scale"),
    "sentinel-first-day": Expected("1970", warning="1970"),
    "sep-line": Expected("header_line = 2", "100.00"),
    "soft-hyphen-minus": Expected("minus|hyphen", "600.00"),
    "swiss-apostrophe": Expected(revenue="1333.50"),
    "total-on-every-line-distinct": Expected(revenue="130.00"),
    "total-on-every-line-with-prices": Expected("line", "94.00"),
    "totals-row-dated": Expected("Gesamt|total", "100.00"),
    "totals-row-plain": Expected("Gesamt|total", "100.00"),
    "trailing-delimiter-all": Expected(revenue="100.00"),
    "trailing-delimiter-rows": Expected("end of the row|separator", "100.00"),
    "tsd-mio": Expected("TSD", "3512300.00"),
    "unpadded-days": Expected(revenue="100.00"),
    "unread-status-column": Expected("Status", warning="Status"),
    "us-datetimes-unpadded": Expected(revenue="100.00"),
    "utc-timestamps": Expected("zone", warning="zone"),
    "value-fit-without-mean": Expected(),
    "whole-thousands-undeclared": Expected("decimal", "15750.00"),
    "xlsx-big-ids": Expected("15|digits", warning="15|digits"),
    "xlsx-dates-half-text": Expected("day", "310.00", ""),
    "xlsx-one-sheet-a-quarter": Expected("sheet", warning="sheet"),
    "xlsx-percent-price-change": Expected("percent", holds=_percent_is_five),
    "xlsx-shared-sheet-plain": Expected(revenue="83.73"),
    "xlsx-shared-sheet-three-decimals": Expected(revenue="83.36"),
    "xlsx-text-thousands": Expected("decimal", "1650.00"),
    "zero-led-group": Expected("0.500", "25.00"),
    "zero-led-group-point": Expected("0,500", "7.50"),
    "zero-led-group-score": Expected("0.750", warning="0.750", holds=_potential),
}


@pytest.mark.parametrize("case", sorted(EXPECTED))
def test_an_export_is_read_as_meant_or_refused_with_what_settles_it(case: str) -> None:
    expected = EXPECTED[case]
    folder, told = _read(case)
    if folder is None:
        assert expected.refusal, told
        assert re.search(expected.refusal, told, re.IGNORECASE)
        return
    assert expected.may_be_read, told or "nothing was said"
    assert re.search(expected.warning, told, re.IGNORECASE)
    assert expected.holds is None or expected.holds(folder), told
    if expected.revenue:
        revenue = Dataset.at(folder, Quarter.parse("2030-Q4")).revenue_rows["amount"].sum()
        assert Decimal(str(to_currency(int(revenue)))) == Decimal(expected.revenue), told


def _read(case: str) -> tuple[ClientFolder | None, str]:
    """Return the folder (None where it was refused) and all that was told."""
    try:
        folder = load_client_folder(CASES / case)
    except DataError as error:
        return None, "\n".join(map(str, error.problems))
    return folder, "\n".join(map(str, folder.warnings))


def test_every_folder_has_its_expectation() -> None:
    assert sorted(path.name for path in CASES.iterdir() if path.is_dir()) == sorted(EXPECTED)


def test_a_value_fit_without_a_mean_is_reported() -> None:
    client = load_client(CASES / "value-fit-without-mean")

    assert "figures.json" in build_report(client, client.newest_quarter, ("json", "html"))
