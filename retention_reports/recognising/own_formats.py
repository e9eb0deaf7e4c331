"""Files that say by themselves what their fields mean: DATEV ledgers, GoBD exports, electronic invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.data_carriers import read_carrier
from retention_reports.reading.formats.dsfinvk import share_with_customer
from retention_reports.reading.formats.dsfinvk_receipts import FILES, all_tills, missing_files, till_of
from retention_reports.reading.formats.e_invoice_file import read_e_invoice
from retention_reports.reading.formats.known_formats import recognise_bytes
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.recognising.carriers import draft_carrier
from retention_reports.recognising.guessing import Guess
from retention_reports.recognising.incoming import INDEX
from retention_reports.recognising.presets import preset_of
from retention_reports.recognising.refusals import RefusedError
from retention_reports.recognising.sheets import sheets_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.reading.formats.dsfinvk_receipts import Till
    from retention_reports.reading.formats.known_formats import Recognised
    from retention_reports.recognising.incoming import Incoming
    from retention_reports.recognising.presets import Preset
    from retention_reports.recognising.proposal import Proposal

_PDF = b"%PDF-"
_CARRIERS = ("dsfinv-k", "gdpdu")
"""Formats of which all files belong to an index."""
_NOTES = {
    "datev": "new.format_datev",
    "dsfinv-k": "new.format_dsfinv_k",
    "e-invoice": "new.format_e_invoice",
    "gdpdu": "new.format_gdpdu",
}
_SYSTEMS = {"datev": "DATEV", "dsfinv-k": "DSFinV-K", "e-invoice": "XRechnung/ZUGFeRD", "gdpdu": "GoBD"}


def draft_own_format(proposal: Proposal, files: Sequence[Incoming], presets: Sequence[Preset]) -> bool:
    """Propose to read files of a format of their own from a folder that holds nothing else; False where none is one.

    An index of tables (GoBD) goes before what is among its files.

    Raises:
        RefusedError: the files are of several systems, or hold no invoices.
    """
    found = {file.name: recognised for file in files if (recognised := recognise_bytes(file.data)) is not None}
    if not found:
        return False
    form = _form_of(proposal, files, found, presets)
    folder = f"exports/{form}"
    if form in _CARRIERS:
        _draft_carriers(proposal, files, form, folder)
        return True
    used = [file for file in files if file.name in found or _may_hold_invoice(file, form)]
    proposal.paths.update({file.name: f"{folder}/{file.name}" for file in used})
    tables = _tables(used, {name: one.tables for name, one in found.items() if one.format == form})
    if "orders" not in tables:
        raise RefusedError(say("new.only_part", system=_SYSTEMS[form], tables=", ".join(tables)), files[0].name)
    if form == "e-invoice":
        _check_invoices(used)
    proposal.tell(say(_NOTES[form]))
    for table in tables:
        proposal.tables[table] = {"path": f"{folder}/*" if form == "datev" else folder, "format": form}
    return True


def _draft_carriers(proposal: Proposal, files: Sequence[Incoming], form: str, folder: str) -> None:
    """Propose to read each data carrier (one a year, or one a till) from a folder of its own, the newest first.

    Raises:
        RefusedError: they cannot be read, or hold no invoices and no receipts of customers.
    """
    carriers = sorted({file.folder for file in files if file.own_name.lower() == INDEX}, reverse=True)
    places = {carrier: f"{folder}-{number}" for number, carrier in enumerate(carriers, start=1)}
    if len(carriers) == 1:
        places = {carriers[0]: folder}
    groups: dict[str, dict[str, bytes]] = {carrier: {} for carrier in carriers}
    for file in files:
        if file.folder in groups:
            groups[file.folder][file.own_name] = file.data
            proposal.paths[file.name] = f"{places[file.folder]}/{file.own_name}"
        else:
            proposal.tell(say("new.not_used", file=file.name))
    path = folder if len(carriers) == 1 else f"{folder}-*"
    if form == "dsfinv-k":
        tables = _draft_till(proposal, list(groups.values()))
        proposal.tables.update({table: {"path": path, "format": form} for table in tables})
    else:
        draft_carrier(proposal, list(groups.values()), path)
    proposal.tell(say(_NOTES[form]))


def _form_of(
    proposal: Proposal, files: Sequence[Incoming], found: Mapping[str, Recognised], presets: Sequence[Preset]
) -> str:
    """Return the one format that the files are in, and tell which of them are in none.

    Raises:
        RefusedError: the files are of several systems.
    """
    forms = {recognised.format for recognised in found.values()}
    carrier = next((one for one in _CARRIERS if one in forms), "")
    if carrier:
        return carrier
    form = min(forms)
    others = [file for file in files if file.name not in found]
    systems = [*(_SYSTEMS[one] for one in sorted(forms)), *_systems_with_orders(others, presets)]
    if len(systems) > 1:
        raise RefusedError(say("new.mixed_systems", systems=", ".join(systems)))
    for file in others:
        if not _may_hold_invoice(file, form):
            proposal.tell(say("new.not_used", file=file.name))
    return form


def _draft_till(proposal: Proposal, tills: Sequence[Mapping[str, bytes]]) -> list[str]:
    """Tell first how much of the tills' revenue names a customer; return the standard tables that they fill.

    Raises:
        RefusedError: no receipt names a customer, or the export cannot be read.
    """
    till = all_tills([_till_of(files) for files in tills])
    if not till.with_customer:
        raise RefusedError(say("dsfinvk.no_customers", n=len(till.receipts)))
    proposal.tell(share_with_customer(till))
    proposal.top.update(unknown_customers="unassigned", unassigned_up_to=1.0)
    tables = ["orders", "customers"]
    if till.lines and all(line.product for line in till.lines):
        tables += ["order_lines", *(["products"] if all(line.group for line in till.lines) else [])]
    return tables


def _till_of(files: Mapping[str, bytes]) -> Till:
    try:
        carrier, _, broken = read_carrier(files, FILES)
        missing = missing_files(carrier)
        if broken or missing:
            raise RefusedError(
                broken[0][1].message if broken else say("dsfinvk.missing_files", files=", ".join(missing)),
                broken[0][0] if broken else "",
            )
        return till_of(carrier)
    except UnreadableFileError as problem:
        raise RefusedError(problem.message) from problem


def _check_invoices(files: Sequence[Incoming]) -> None:
    """Refuse files of which none holds an invoice; the first that does is enough.

    Raises:
        RefusedError: none can be read.
    """
    problems = []
    for file in files:
        try:
            if read_e_invoice(file.data) is not None:
                return
        except UnreadableFileError as problem:
            problems.append((problem, file.name))
    if problems:
        raise RefusedError(problems[0][0].message, problems[0][1]) from problems[0][0]


def _may_hold_invoice(file: Incoming, form: str) -> bool:
    """Tell whether a file among electronic invoices is to be read as one, so that it is told why it is none."""
    return form == "e-invoice" and file.data.startswith(_PDF)


def _tables(files: Sequence[Incoming], filled: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the standard tables that the files fill together, in the order in which they are met.

    Of products no invoice tells the category, which a table of them needs.
    """
    tables = dict.fromkeys(table for file in files for table in filled.get(file.name, ()))
    tables.pop("products", None)
    return list(tables)


def _systems_with_orders(files: Sequence[Incoming], presets: Sequence[Preset]) -> list[str]:
    """Return what further files with orders are: their systems, or else their names."""
    found = []
    for file in files:
        try:
            sheets = sheets_of(file)
        except RefusedError:
            continue
        for sheet in sheets:
            preset = preset_of(sheet, presets)
            if preset is not None and "orders" in preset.tables:
                found.append(preset.system)
            elif preset is None and sheet.row_count and Guess(sheet).role == "orders":
                found.append(sheet.shown_as)
    return found
