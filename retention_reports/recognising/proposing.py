"""All that came to one proposal: systems and tables told apart, mixtures refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.column_words import folded
from retention_reports.reading.files import MEGABYTE
from retention_reports.recognising.counting import draft_credit_files
from retention_reports.recognising.drafting import draft
from retention_reports.recognising.guessing import Guess
from retention_reports.recognising.incoming import MOST_BYTES, MOST_TABLES
from retention_reports.recognising.joining import add_credits, knows_all, names_known
from retention_reports.recognising.own_formats import draft_own_format
from retention_reports.recognising.presets import apply_preset, preset_of
from retention_reports.recognising.proposal import GAP, Proposal
from retention_reports.recognising.refusals import RefusedError
from retention_reports.recognising.sheets import sheets_of
from retention_reports.recognising.writing_style import read_together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.recognising.incoming import Incoming
    from retention_reports.recognising.presets import Preset
    from retention_reports.recognising.sheets import Sheet

_GERMAN = frozenset(
    [
        "kunde",
        "kundennr",
        "kundennummer",
        "rechnung",
        "datum",
        "betrag",
        "netto",
        "brutto",
        "menge",
        "artikel",
        "umsatz",
        "firma",
        "belegdatum",
    ]
)
_CELLS_LOOKED_AT = 20
_CURRENCIES = {
    "€": "EUR",
    "EUR": "EUR",
    "USD": "USD",
    "CHF": "CHF",
    "GBP": "GBP",
    "$": "USD",
    "dollar": "USD",
    "£": "GBP",
}


def propose(key: str, files: Sequence[Incoming], answers: Mapping[str, str], presets: Sequence[Preset]) -> Proposal:
    """Return what `client.toml` will say of files.

    Raises:
        RefusedError: no report can be made of them; tells the way out.
    """
    proposal = Proposal(answers)
    proposal.paths.update({file.name: f"exports/{file.name}" for file in files})
    if draft_own_format(proposal, files, presets):
        _settle_top(proposal, key, ())
        return proposal
    if len(files) > MOST_TABLES:
        raise RefusedError(say("new.too_much", files=MOST_TABLES, megabytes=MOST_BYTES // MEGABYTE))
    sheets = [sheet for file in files for sheet in sheets_of(file)]
    filled = [sheet for sheet in sheets if sheet.row_count]
    if not filled:
        raise RefusedError(say("new.empty"), files[0].name)
    known = [(sheet, preset_of(sheet, presets)) for sheet in filled]
    _draft_all(proposal, known)
    _settle_top(proposal, key, filled)
    return proposal


def _draft_all(proposal: Proposal, known: Sequence[tuple[Sheet, Preset | None]]) -> None:
    named = [(sheet, preset) for sheet, preset in known if preset is not None]
    # Offers may come from another system than the invoices; whose customers they are of, names tell.
    systems = dict.fromkeys(preset.system for _, preset in named if {"orders", "customers"} & set(preset.tables))
    if len(systems) > 1:
        raise RefusedError(say("new.mixed_systems", systems=", ".join(systems)))
    credited = [(sheet, preset) for sheet, preset in named if preset.credits_of]
    orders = [(sheet, preset) for sheet, preset in named if "orders" in preset.tables and not preset.credits_of]
    others = [(sheet, preset) for sheet, preset in named if "orders" not in preset.tables]
    unknown = [Guess(sheet) for sheet, preset in known if preset is None]
    if not orders and not any(guess.role == "orders" for guess in unknown) and named:
        raise RefusedError(
            say("new.only_part", system=named[0][1].system, tables=", ".join(named[0][1].tables)), named[0][0].shown_as
        )
    if not orders:
        draft(proposal, unknown)
    else:
        _draft_orders(proposal, orders, others)
        if any(guess.role == "orders" for guess in unknown):
            files = ", ".join(guess.sheet.shown_as for guess in unknown if guess.role == "orders")
            raise RefusedError(say("new.mixed", files=f"{orders[0][0].shown_as}, {files}"))
        for guess in unknown:
            proposal.tell(say("new.not_used", file=guess.sheet.shown_as))
    for sheet, preset in credited:
        add_credits(proposal, preset, sheet, orders)
    for sheet, preset in others:
        if "customers" in preset.tables and not knows_all(proposal, preset, sheet, orders):
            proposal.tell(say("new.not_all_customers", file=sheet.shown_as))
            continue
        apply_preset(proposal, preset, sheet)


def _draft_orders(
    proposal: Proposal, orders: Sequence[tuple[Sheet, Preset]], others: Sequence[tuple[Sheet, Preset]]
) -> None:
    sheet, preset = orders[0]
    if any(set(other.header) != set(sheet.header) for other, _ in orders):
        raise RefusedError(say("new.mixed", files=", ".join(other.shown_as for other, _ in orders)))
    together = read_together(proposal, [other for other, _ in orders], "orders")
    apply_preset(proposal, preset, sheet, names_known=names_known(preset, sheet, others))
    for settings in proposal.tables.values():
        settings.update(together)
    money = proposal.tables["orders"]["columns"].get("amount", "")
    proposal.tables["orders"] |= draft_credit_files(proposal, [other for other, _ in orders], [money])


def _settle_top(proposal: Proposal, key: str, sheets: Sequence[Sheet]) -> None:
    words = {folded(heading) for sheet in sheets for heading in sheet.header}
    is_german = not sheets or any(word.startswith(tuple(_GERMAN)) for word in words)
    given = proposal.answers
    proposal.top["name"] = given.get("name", key.replace("-", " ").replace("_", " ").title())
    proposal.top["language"] = given.get("language", proposal.top.get("language", "de" if is_german else "en"))
    proposal.top["currency"] = given.get("currency", _currency(proposal, sheets))
    if given.get("history_complete") in {"yes", "no"}:
        proposal.top["history_complete"] = given["history_complete"] == "yes"
    proposal.asked.update(
        {name: given[name] for name in ("name", "language", "currency", "history_complete") if name in given}
    )


def _currency(proposal: Proposal, sheets: Sequence[Sheet]) -> str:
    orders = proposal.tables.get("orders", {})
    heading = orders.get("columns", {}).get("currency")
    sheet = next((sheet for sheet in sheets if heading in sheet.header), None)
    if sheet is not None:
        words = [word.strip() for word in sheet.cells(heading).texts.tolist() if word.strip()]
        if words:
            word = max(sorted(set(words)), key=words.count)
            return _CURRENCIES.get(word, str(word).upper())
    amount = str(orders.get("columns", {}).get("amount", GAP))
    cells = [word for sheet in sheets for name in sheet.header if name in amount for word in _first_cells(sheet, name)]
    return next((code for sign, code in _CURRENCIES.items() if any(sign in text for text in (amount, *cells))), "EUR")


def _first_cells(sheet: Sheet, heading: str) -> list[str]:
    return [str(word) for word in sheet.cells(heading).words[:_CELLS_LOOKED_AT].tolist()]
