"""Whom to call at a customer, who looks after it, and whether one may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_numbers
from retention_reports.records import record

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.model.known_data import KnownData


@record
class Addressee:
    """A contact person at a customer; fields are "" where the client's file is silent."""

    name: str
    salutation: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""


def main_contacts(known: KnownData) -> dict[int, Addressee]:
    """Return the main contact person by customer row: one who decides if there is one, else the first by name."""
    table = known.table("contacts")
    if table is None:
        return {}
    rows = table.loc[table["customer"] >= 0]
    rows = rows.assign(decides_rank=(rows["decides"] != "yes").astype("int64"))
    fields = ["name", "salutation", "role", "email", "phone"]
    first = rows.sort_values(["customer", "decides_rank", *fields], kind="stable").drop_duplicates("customer")
    people = [Addressee(*values) for values in zip(*(first[field].tolist() for field in fields), strict=True)]
    return dict(zip(first["customer"].tolist(), people, strict=True))


def responsible_people(known: KnownData) -> npt.NDArray[np.object_]:
    """Return each customer's sales person: its own, else that of its last purchase that names one, else ""."""
    own = known.customers["sales_rep"].to_numpy(dtype=object)
    if (own != "").all():
        return own
    by_order = np.full(len(own), "", dtype=object)
    rows = known.purchases[["customer", "ordered_on", "order_id", "sales_rep"]]
    rows = rows.loc[(rows["customer"] >= 0) & (rows["sales_rep"] != "")]
    customers, days = rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows["ordered_on"])
    newest = np.full(len(own), NEVER, dtype=np.int64)
    np.maximum.at(newest, customers, days)
    last = rows.loc[days == newest[customers]].sort_values(["customer", "order_id"], kind="stable")
    last = last.drop_duplicates("customer", keep="last")
    by_order[last["customer"].to_numpy(dtype=np.int64)] = last["sales_rep"].to_numpy(dtype=object)
    return np.where(own == "", by_order, own)
