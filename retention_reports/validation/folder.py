"""A client's folder from files to checked tables: the way every report begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.errors import DataError, Location, Severity
from retention_reports.messages import say
from retention_reports.model.folder import AskedQuestions, ClientFolder, FileRead
from retention_reports.model.schema import FILE_BY_NAME, NAMES, TABLE_BY_NAME
from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.reading.folder import read_client_folder
from retention_reports.reading.problems import ProblemLog, shown
from retention_reports.reading.questions import QUESTIONS_FILE
from retention_reports.records import record
from retention_reports.validation.amendments import amendments_of
from retention_reports.validation.client import client_of
from retention_reports.validation.customer_keys import look_up_customers, renumber_customers
from retention_reports.validation.cut_ids import refuse_cut_ids
from retention_reports.validation.duplicates import warn_of_contradictory_salutations, warn_of_similar_customers
from retention_reports.validation.far_off import warn_of_far_off_orders, warn_of_other_day_systems
from retention_reports.validation.identities import settle_customer_ids
from retention_reports.validation.line_amounts import set_order_amounts
from retention_reports.validation.listed_prices import look_up_prices
from retention_reports.validation.lists_in_cells import settle_addresses, settle_lists
from retention_reports.validation.names import contact_columns, join_names
from retention_reports.validation.notes import notes_of
from retention_reports.validation.numbered_versions import settle_numbered_versions
from retention_reports.validation.order_rows import orders_and_lines
from retention_reports.validation.order_totals import settle_repeated_totals
from retention_reports.validation.orders import check_currency, check_order_lines, check_orders, set_marks
from retention_reports.validation.questionnaire import check_answers, questionnaire_for
from retention_reports.validation.references import (
    CustomerDirectory,
    check_order_references,
    check_product_references,
)
from retention_reports.validation.repeated_ids import check_key
from retention_reports.validation.repeated_rows import settle_repeated_rows, without_copied_files
from retention_reports.validation.row_fates import RowFates, row_fates
from retention_reports.validation.scales import check_scales
from retention_reports.validation.stray_rows import without_stray_rows
from retention_reports.validation.suspicions import warn_of_suspicions
from retention_reports.validation.tables import CheckedTable, check_table
from retention_reports.validation.totals_rows import without_totals_rows
from retention_reports.validation.typeface import warn_of_missing_letters
from retention_reports.validation.unknown_customers import UnknownCustomers
from retention_reports.validation.unread_columns import tell_unread_columns
from retention_reports.validation.versions import leave_out_older_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from retention_reports.model.client import Client
    from retention_reports.model.questionnaire import Questionnaire
    from retention_reports.reading.folder import SourceFolder
    from retention_reports.reading.settings import ClientSettings

_CONTACTS = "contacts"
_ORDER_TABLES = frozenset({"orders", "order_lines"})


def load_client_folder(path: Path, section_headings: Mapping[str, str] | None = None) -> ClientFolder:
    """Read and check everything in a client's folder.

    `section_headings` maps the headings that notes may use (as `notes.normalised_heading` writes them) to section keys.

    Raises:
        DataError: something is wrong; carries every error and warning, by file, line and column.
    """
    log = ProblemLog()
    checked = _checked(path, log)
    source, tables = checked.source, checked.tables
    notes = notes_of(source, path.as_posix(), section_headings, log)
    amendments = amendments_of(source, path.as_posix(), log)
    log.raise_errors()
    files = [FileRead(file.path, file.sha256, len(file.data)) for file in source.files]
    told = {name: table for name, table in tables.items() if not table.only_totals}
    return ClientFolder(
        client=checked.client,
        tables=checked.finished(told),
        given_columns=checked.given_columns(told),
        questionnaire=checked.questionnaire,
        notes=notes,
        amendments=amendments,
        accounts=tuple(table.account() for table in tables.values()),
        warnings=tuple(problem for problem in log.problems if problem.severity is Severity.WARNING),
        remarks=tuple(problem for problem in log.problems if problem.severity is Severity.NOTE),
        files=tuple(file for file in files if file.path not in source.outside_git),
        outside_git=tuple(file for file in files if file.path in source.outside_git),
    )


def check_rows(path: Path) -> RowFates:
    """Return what became of every row of a client's files, whatever errors they have; nothing if none can be read."""
    log = ProblemLog()
    try:
        tables = _checked(path, log).tables
    except DataError:
        return RowFates((), ())
    return row_fates(tables.values(), log.problems)


@record
class _Checked:
    """A folder after all checks; `contacts` are those of the file of names, as a finished table."""

    source: SourceFolder
    client: Client
    tables: dict[str, CheckedTable]
    questionnaire: Questionnaire
    contacts: pd.DataFrame | None

    def finished(self, told: Mapping[str, CheckedTable]) -> dict[str, pd.DataFrame]:
        """Return the tables as figures take them."""
        finished = {name: _finished(table) for name, table in told.items()}
        if self.contacts is None or self.contacts.empty:
            return finished
        known = [finished[_CONTACTS]] if _CONTACTS in finished else []
        finished[_CONTACTS] = pd.concat([*known, self.contacts], ignore_index=True)
        return {name: finished[name] for name in TABLE_BY_NAME if name in finished}

    def given_columns(self, told: Mapping[str, CheckedTable]) -> dict[str, frozenset[str]]:
        """Return which columns the tables' files carry."""
        given = {name: table.stated_columns for name, table in told.items()}
        if self.contacts is not None and not self.contacts.empty:
            given[_CONTACTS] = given.get(_CONTACTS, frozenset()) | contact_columns(self.source.tables[NAMES.name])
        return given


def _checked(path: Path, log: ProblemLog) -> _Checked:
    source = _source(path, log, FILE_BY_NAME)
    client = client_of(source)
    source = _without_sums_and_copies(source, client, log)
    named = look_up_customers(without_stray_rows(source.tables, log), log)
    named = look_up_prices(named, log, client)
    ids = settle_customer_ids(named, client.excluded_customers, log)
    source = replace(source, tables=renumber_customers(ids.tables, source.renumbered, log))
    refuse_cut_ids(source.tables.values(), log)
    rows = replace(source, tables={name: table for name, table in source.tables.items() if name != NAMES.name})
    tables = _checked_tables(rows, client, log)
    questionnaire = _questionnaire(path, source, client, tables, log)
    contacts = None
    if {"customers", "orders"} <= tables.keys():
        settings_at = Location((path / CLIENT_FILE).as_posix())
        directory = _connect(tables, source.client_file.settings, ids.refused, log, settings_at)
        if NAMES.name in source.tables:
            contacts = join_names(source.tables[NAMES.name], tables["customers"], directory, client, log)
        _warn_of_doubts(tables, source.client_file.settings, log)
    warn_of_missing_letters(source.tables, log)
    tell_unread_columns(rows, client.currency, log)
    return _Checked(source, client, tables, questionnaire, contacts)


def load_questions(path: Path) -> AskedQuestions:
    """Read and check what a client's questions are asked by, whatever errors its other files have.

    Raises:
        DataError: the settings, the questions or the answers have errors.
    """
    log = ProblemLog()
    source = _source(path, log, ("answers",))
    client = client_of(source)
    tables = _checked_tables(source, client, log)
    questionnaire = _questionnaire(path, source, client, tables, log)
    log.raise_errors()
    return AskedQuestions(client, questionnaire, _finished(tables["answers"]) if "answers" in tables else None)


def _source(path: Path, log: ProblemLog, names: Collection[str]) -> SourceFolder:
    source = read_client_folder(path, log, names)
    if source is None:
        log.raise_errors()
        message = f"{path}: nothing was read, and no problem was noted"
        raise AssertionError(message)
    return source


def _without_sums_and_copies(source: SourceFolder, client: Client, log: ProblemLog) -> SourceFolder:
    """Return the folder without rows that add up others, and without files that hold the rows of another."""
    tables = {
        name: without_totals_rows(without_copied_files(table, log), log, client)
        for name, table in source.tables.items()
    }
    return replace(source, tables=tables)


def _questionnaire(
    path: Path, source: SourceFolder, client: Client, tables: Mapping[str, CheckedTable], log: ProblemLog
) -> Questionnaire:
    questions_at = Location((path / QUESTIONS_FILE).as_posix())
    questionnaire = questionnaire_for(source.questions, client.language, questions_at, log)
    if "answers" in tables:
        check_answers(tables["answers"], questionnaire, log)
    return questionnaire


def _checked_tables(source: SourceFolder, client: Client, log: ProblemLog) -> dict[str, CheckedTable]:
    tables = _order_tables(source, client, log)
    for name, text in source.tables.items():
        if name not in _ORDER_TABLES:
            required = {column.name for column in text.schema.columns if column.required}
            tables[name] = check_table(text, log, client, required=required)
    for name, table in tables.items():
        settle_addresses(table, log)
        settle_lists(table, log)
        check_key(table)
        if not table.schema.key and name != "answers" and name in source.tables:
            settle_repeated_rows(table)
        if TABLE_BY_NAME[name].required and not table.source.row_count:
            message = say("tables.no_rows", file=name)
            log.error(table.source.column_location(""), "empty file", message)
    check_scales(tables, log)
    return {name: tables[name] for name in TABLE_BY_NAME if name in tables}


def _order_tables(source: SourceFolder, client: Client, log: ProblemLog) -> dict[str, CheckedTable]:
    tables = {}
    lines_source = source.tables.get("order_lines")
    if lines_source is not None:
        tables["order_lines"] = check_order_lines(lines_source, log, client)
    if "orders" not in source.tables:
        return tables
    orders = check_orders(source.tables["orders"], log, client, lines_elsewhere=lines_source is not None)
    check_currency(orders, client.currency, log)
    if orders.source.settings.rows == "order_line" and orders.source.settings.latest_by:
        leave_out_older_versions(orders, "order_id")
    if orders.source.settings.rows == "order_line" or orders.source.settings.number_rows:
        settle_repeated_rows(orders)
    if orders.source.settings.rows == "order_line":
        orders, lines = orders_and_lines(orders)
        if lines is not None and lines_source is None:
            tables["order_lines"] = lines
    if lines_source is not None:
        settle_repeated_totals(orders, tables["order_lines"])
    settings = source.client_file.settings.files.get("orders")
    if settings is not None and source.marks:
        set_marks(orders, source.marks, [mark.status for mark in settings.marks], log)
    return {"orders": orders, **tables}


def _connect(
    tables: Mapping[str, CheckedTable],
    settings: ClientSettings,
    refused_ids: frozenset[str],
    log: ProblemLog,
    settings_at: Location,
) -> CustomerDirectory:
    customers, orders, lines = tables["customers"], tables["orders"], tables.get("order_lines")
    set_order_amounts(orders, lines, log)
    directory = CustomerDirectory(customers, settings.exclude_customers, log)
    for name in directory.unseen_exclusions(tables.values(), settings.exclude_customers):
        message = say("customers.unknown_exclusion", id=shown(name))
        log.warning(settings_at, "unknown exclusion", message)
    all_orders = orders.frame["order_id"]
    settle_numbered_versions(orders, log)
    unknown = UnknownCustomers(customers, settings, refused_ids, log)
    for name, table in tables.items():
        if name != "customers" and "customer_id" in table.schema.column_names:
            unknown.report(table, directory.assign(table))
    if lines is not None:
        check_order_references(lines, orders, all_orders, log)
    check_product_references(tables, log)
    if orders.frame.empty and orders.source.row_count and not log.has_errors:
        message = say("tables.all_left_out", rows=orders.source.row_count)
        log.error(orders.source.column_location(""), "empty file", message)
    return directory


def _warn_of_doubts(tables: Mapping[str, CheckedTable], settings: ClientSettings, log: ProblemLog) -> None:
    """Warn of what may be wrong in data that has no error."""
    customers, orders = tables["customers"], tables["orders"]
    if not log.has_errors:
        rules = {name: rule.lapse_months for name, rule in settings.rules.segments.items()}
        warn_of_far_off_orders(orders, log)
        warn_of_other_day_systems(tables, log)
        warn_of_suspicions(tables, rules, log)
        warn_of_similar_customers(customers, log)
        warn_of_contradictory_salutations(customers, tables.get("contacts"), log)


def _finished(table: CheckedTable) -> pd.DataFrame:
    frame = table.frame.reset_index(drop=True)
    if table.name == "customers":
        frame["name"] = frame["name"].mask(frame["name"] == "", frame["customer_id"])
    return frame
