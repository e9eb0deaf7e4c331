"""A data carrier for tax audits (GoBD) to settings: which table holds the invoices, and what its columns leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_reports.messages import say
from retention_reports.reading.column_words import column_words, folded
from retention_reports.reading.formats.data_carriers import read_carrier
from retention_reports.reading.formats.gdpdu_rows import Rows
from retention_reports.reading.formats.gdpdu_tables import (
    NET,
    Carrier,
    columns_of,
    gross_of,
    holds_entries,
    is_of_credit_notes,
    is_told_by_name,
)
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.recognising.amounts import ask_tax
from retention_reports.recognising.counting import ask_word, signs_of
from retention_reports.recognising.naming import group_of, headings_named
from retention_reports.recognising.proposal import GAP
from retention_reports.recognising.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.reading.formats.gdpdu_index import IndexTable
    from retention_reports.recognising.proposal import Proposal

_MOST_WORDS = 60


def draft_carrier(proposal: Proposal, groups: Sequence[Mapping[str, bytes]], path: str) -> None:
    """Propose the settings of data carriers, whose files are given by name, and that will lie where `path` says.

    Raises:
        RefusedError: one cannot be read, or they hold entries of a ledger and no invoices.
    """
    carrier = _merged([_carrier_of(files) for files in groups])
    asked = {"path": path, "format": "gdpdu"}
    fitting = [table for table in carrier.tables if _may_be_orders(table, carrier)]
    if not fitting:
        entries = next((table for table in carrier.tables if holds_entries(table)), None)
        if entries is not None:
            raise RefusedError(say("gdpdu.entries", table=shown(entries.name)))
        # Reading asks for the table and its columns by the names that there are.
        proposal.tables.update(orders=dict(asked), customers=dict(asked))
        return
    telling = [table for table in fitting if is_told_by_name("orders", table)]
    chosen = telling if len(telling) == 1 else fitting
    orders: dict[str, Any] = dict(asked)
    table = chosen[0]
    if len(chosen) > 1:
        names = [one.name for one in chosen]
        answer = proposal.ask("orders.table", say("new.which_table", tables=", ".join(map(shown, names))), names)
        orders["gdpdu"] = {"table": answer}
        table = next((one for one in chosen if one.name == answer), table)
    _draft_orders(proposal, carrier, table, orders)
    proposal.tables["orders"] = orders
    proposal.tables["customers"] = {**asked, **_customers(carrier, table)}
    if any(one is not table and columns_of("order_lines", one, carrier, ()) is not None for one in carrier.tables):
        proposal.tables["order_lines"] = dict(asked)


def _merged(carriers: Sequence[Carrier]) -> Carrier:
    """Return what carriers hold together: tables of one name that have the same columns, the others of the first."""
    tables = {table.name: table for carrier in reversed(carriers) for table in carrier.tables}
    rows = {}
    for name, table in tables.items():
        alike = [
            one.rows[name] for one in carriers if name in one.rows and tuple(one.rows[name].columns) == table.names
        ]
        columns = {column: tuple(text for one in alike for text in one.columns[column]) for column in table.names}
        rows[name] = Rows(tuple(line for one in alike for line in one.lines), columns)
    return Carrier(tuple(tables.values()), rows, {})


def _carrier_of(files: Mapping[str, bytes]) -> Carrier:
    try:
        carrier, _, broken = read_carrier(files)
    except UnreadableFileError as problem:
        raise RefusedError(problem.message) from problem
    if not carrier.tables:
        raise RefusedError(broken[0][1].message if broken else say("gdpdu.no_files"), broken[0][0] if broken else "")
    return carrier


def _may_be_orders(table: IndexTable, carrier: Carrier) -> bool:
    is_other = is_of_credit_notes(table) or holds_entries(table)
    return not is_other and columns_of("orders", table, carrier, ()) is not None


def _draft_orders(proposal: Proposal, carrier: Carrier, table: IndexTable, settings: dict[str, Any]) -> None:
    columns = columns_of("orders", table, carrier, ()) or {}
    cells = carrier.rows[table.name].columns
    if columns.get(NET, GAP) == gross_of(table):
        ask_tax(proposal, "orders", columns[NET], settings)
    further: dict[str, str] = {}
    ids = cells.get(columns["order_id"], ())
    if len(set(ids)) < len(ids):
        settings["rows"] = "order_line"
        lines = columns_of("order_lines", table, carrier, ()) or {}
        further |= {name: lines[name] for name in ("product_id", "quantity") if name in lines}
    free = {name: cells[name] for name in table.names if name not in columns.values()}
    for name, texts in free.items():
        words = list(dict.fromkeys(filter(None, texts)))
        if not 0 < len(words) <= _MOST_WORDS:
            continue
        statuses = _statuses(proposal, name, words)
        if statuses and "status" not in further:
            further["status"] = name
            settings["values"] = {"status": statuses}
        elif folded(name) in column_words("kind") and "sign" not in settings:
            settings |= signs_of(proposal, name, words)
    if further:
        settings["columns"] = further


def _statuses(proposal: Proposal, heading: str, words: Sequence[str]) -> dict[str, str]:
    """Return what the words of a column say of rows' status: by lists, by yes and no, or by an answer; else nothing."""
    if headings_named("cancelled", [heading]):
        answers = {word: group_of(word, "answers") for word in words}
        known = {"yes": "cancelled", "no": "completed"}
        return {word: known[answer] for word, answer in answers.items()} if all(answers.values()) else {}
    if folded(heading) not in column_words("status"):
        return {}
    choices = ["completed", "cancelled", "returned"]
    return {word: group_of(word, "statuses") or ask_word(proposal, "orders.status", word, choices) for word in words}


def _customers(carrier: Carrier, orders: IndexTable) -> Mapping[str, Any]:
    """Return what the customers' settings say besides: their table, where invoices alone name them."""
    fitting = [table for table in carrier.tables if columns_of("customers", table, carrier, ()) is not None]
    telling = [table for table in fitting if is_told_by_name("customers", table)]
    chosen = telling if len(telling) == 1 else fitting
    if len(chosen) == 1 and chosen[0] is not orders:
        columns = columns_of("customers", chosen[0], carrier, ()) or {}
        ids = carrier.rows[chosen[0].name].columns.get(columns["customer_id"], ())
        return {"distinct": True} if len(set(ids)) < len(ids) else {}
    own = columns_of("orders", orders, carrier, ()) or {}
    if own["customer_id"] not in orders.names or (chosen and orders not in chosen):
        return {}
    name = (columns_of("customers", orders, carrier, ()) or {}).get("name", own["customer_id"])
    columns = {"customer_id": own["customer_id"], "name": name}
    return {"gdpdu": {"table": orders.name}, "distinct": True, "columns": columns}
