"""A DATEV list of debtors to customers: their number, name, address for mail and salutation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.reading.formats.datev_accounts import is_debtor, plain_account
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.reading.formats.datev_bookings import DatevFile

_ACCOUNT, _COMPANY, _SURNAME, _FIRST_NAME, _OTHER_NAME, _KIND, _SHORT = 0, 1, 3, 4, 5, 6, 7
_SALUTATION, _EMAIL, _SALES_REP = 10, 32, 102
_PERSON = "1"


@record
class Debtor:
    """A row of the list."""

    line: int
    account: str
    name: str
    email: str
    salutation: str
    sales_rep: str


def debtors_of(file: DatevFile) -> Iterator[Debtor]:
    """Yield the debtors; suppliers, who stand in the same list, are left out."""
    for line, cells in file.rows:
        padded = (*cells, *[""] * (_SALES_REP + 1 - len(cells)))
        account = plain_account(padded[_ACCOUNT])
        if is_debtor(account, file.head.account_length):
            name = _name(padded)
            yield Debtor(line, account, name, padded[_EMAIL], padded[_SALUTATION], padded[_SALES_REP])


def _name(cells: tuple[str, ...]) -> str:
    person = " ".join(filter(None, (cells[_FIRST_NAME], cells[_SURNAME])))
    names = (person, cells[_COMPANY]) if cells[_KIND] == _PERSON else (cells[_COMPANY], person)
    return next(filter(None, (*names, cells[_OTHER_NAME], cells[_SHORT])), "")
