"""Known systems: an export is told by its own exact headers, and read as the preset says."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from retention_reports.messages import LANGUAGES, InLanguages, say
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.toml_text import parse_toml
from retention_reports.recognising.amounts import tax_headings
from retention_reports.recognising.conditions import TERM, goes, holds
from retention_reports.recognising.contents import Content
from retention_reports.recognising.counting import ask_word, asked_sign
from retention_reports.recognising.guessing import Guess
from retention_reports.recognising.naming import group_of
from retention_reports.recognising.proposal import GAP
from retention_reports.recognising.refusals import RefusedError
from retention_reports.recognising.writing_style import style_of
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from retention_reports.recognising.proposal import Proposal
    from retention_reports.recognising.sheets import Sheet

_OWN = "presets"
_AS_WRITTEN = "as written"
_OFFSET = re.compile(r"([+-][0-9]{2}:?[0-9]{2})$")
_ZONES = {
    "Europe/Berlin": {"+0100", "+0200"},
    "Europe/London": {"+0000", "+0100"},
    "America/New_York": {"-0500", "-0400"},
    "America/Chicago": {"-0600", "-0500"},
    "America/Los_Angeles": {"-0800", "-0700"},
}
"""By the offsets that their days have in winter and summer."""
_DAYS = ("ordered_on", "promised_on", "delivered_on", "offered_on", "decided_on", "decision_due_on", "followed_up_on")
_MONEY = ("amount", "cost", "unit_price")


@record
class Preset:
    """An export of a known system: how it is known, and what `[files.X]` says for each table that is cut from it."""

    key: str
    system: str
    signature: tuple[frozenset[str], ...]
    without: frozenset[str]
    refuse: Mapping[str, str]
    tells: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Any]]
    cases: tuple[Mapping[str, Any], ...]
    statuses: str
    name_as_key: bool
    holds: Mapping[str, list[str]]
    credits_of: str
    language: str

    def fits(self, sheet: Sheet) -> bool:
        """Tell whether a table has the preset's own columns (and words, where no columns are named)."""
        named = set(sheet.header)
        is_named = all(names & named for names in self.signature) and not self.without & named
        return is_named and all(holds(sheet, heading, words) for heading, words in self.holds.items())


def presets_for(folder: Path) -> tuple[Preset, ...]:
    """Return the presets of a client's own folder, then those of the program, the more exact ones first.

    Raises:
        RefusedError: one of the client's own is no preset.
    """
    own = sorted((folder / _OWN).glob("*.toml")) if (folder / _OWN).is_dir() else []
    found = [_preset(path.stem, _parsed(path)) for path in own]
    shipped = files("retention_reports.presets")
    names = sorted(
        entry.name for entry in shipped.iterdir() if entry.name.endswith(".toml") and entry.name != "words.toml"
    )
    program = [
        _preset(name.removesuffix(".toml"), tomllib.loads(shipped.joinpath(name).read_text("utf-8"))) for name in names
    ]
    return (*found, *sorted(program, key=lambda preset: -len(preset.signature)))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return parse_toml(path.read_text(encoding="utf-8-sig"))
    except (UnreadableFileError, OSError, UnicodeDecodeError) as problem:
        raise RefusedError(say("new.broken_preset", reason=str(problem)), str(path)) from problem


def _preset(key: str, text: Mapping[str, Any]) -> Preset:
    try:
        signature = tuple(frozenset([names] if isinstance(names, str) else names) for names in text["signature"])
        return Preset(
            key=key,
            system=text["system"],
            signature=signature,
            without=frozenset(text.get("without", ())),
            refuse=text.get("refuse", {}),
            tells=text.get("tells", {}),
            tables=text.get("files", {}),
            cases=tuple(text.get("cases", ())),
            statuses=text.get("statuses", ""),
            name_as_key=text.get("name_as_key", False),
            holds=text.get("holds", {}),
            credits_of=text.get("credits_of", ""),
            language=text.get("language", ""),
        )
    except (KeyError, TypeError) as problem:
        raise RefusedError(say("new.broken_preset", reason=str(problem)), key) from problem


def preset_of(sheet: Sheet, presets: Sequence[Preset]) -> Preset | None:
    """Return the preset of a table; None where its system is not known.

    Raises:
        RefusedError: it is an export from which no report can be made; says which one will do.
    """
    found = next((preset for preset in presets if preset.fits(sheet)), None)
    if found is not None and found.refuse:
        refusal = say("new.refused_system", system=found.system, text=_in_languages(found.refuse))
        raise RefusedError(refusal, sheet.shown_as)
    return found


def _in_languages(texts: Mapping[str, str]) -> InLanguages:
    return InLanguages(tuple((language, texts[language]) for language in LANGUAGES))


def apply_preset(proposal: Proposal, preset: Preset, sheet: Sheet, *, names_known: bool = False) -> None:
    """Propose what a preset says for a table, in so far as the file has the columns.

    `names_known` tells that another file lists customers by the names that this one has for them.
    """
    proposal.tell(say("new.system", system=preset.system, file=sheet.shown_as))
    if preset.language:
        proposal.top["language"] = preset.language
    if preset.tells:
        proposal.tell(say("new.quirk", text=_in_languages(preset.tells)))
    tables = {name: dict(settings) for name, settings in preset.tables.items()}
    _settle_cases(proposal, preset, sheet, tables)
    for name, settings in tables.items():
        opened: dict[str, Any] = {"path": proposal.paths[sheet.file]}
        for key in ("encoding", "separator", "sheet"):
            if getattr(sheet, key):
                opened[key] = getattr(sheet, key)
        if sheet.header_line != 1:
            opened["header_line"] = sheet.header_line
        fitted = _fitted(proposal, name, settings, sheet, preset)
        if "skip_rows" in sheet.shape and "skip_rows" in fitted:
            fitted["skip_rows"] = {**sheet.shape["skip_rows"], **fitted["skip_rows"]}
        proposal.tables[name] = {**opened, **sheet.shape, **fitted}
    _complete(proposal, preset, sheet, names_known=names_known)


def _complete(proposal: Proposal, preset: Preset, sheet: Sheet, *, names_known: bool) -> None:
    """Ask what the preset leaves open: whose the orders are, and how days and numbers are written."""
    orders = proposal.tables.get("orders", {})
    if preset.name_as_key and names_known:
        columns = proposal.tables["orders"]["columns"]
        columns["customer_id"] = {"from": columns["customer_id"], "lookup": "name"}
    elif preset.name_as_key and "orders" in preset.tables:
        named = orders["columns"]["customer_id"]
        answer = proposal.ask("orders.customer_id", say("new.name_as_key", column=named), [named])
        for table in set(preset.tables) & {"orders", "customers"}:
            proposal.tables[table]["columns"]["customer_id"] = answer
    guess = Guess(sheet)
    for name in preset.tables:
        settings = proposal.tables[name]
        columns = settings["columns"]
        days = [columns[day] for day in _DAYS if isinstance(columns.get(day), str)]
        texts = [str(columns[money]) for money in _MONEY if money in columns]
        numbers = [heading for heading in sheet.header if any(_holds(text, heading) for text in texts)]
        style = style_of(proposal, name, guess, days, numbers)
        for key in ("decimal", "date_format"):
            if key in style:
                settings.setdefault(key, style[key])
        if settings.get("time_zone") == _AS_WRITTEN:
            _settle_zone(settings, {word for day in days for word in guess.content(day).words})


def _settle_zone(settings: dict[str, Any], words: Iterable[str]) -> None:
    """Set the zone whose offsets stand behind the days, so that each day is the one that is written."""
    offsets = {match[1].replace(":", "") for word in words if (match := _OFFSET.search(word))}
    del settings["time_zone"]
    zone = next((zone for zone, known in _ZONES.items() if offsets <= known), "")
    if offsets and zone:
        settings["time_zone"] = zone


def _holds(text: str, heading: str) -> bool:
    return heading == text or heading in (part.strip().strip("[]") for part in TERM.split(text))


def _settle_cases(proposal: Proposal, preset: Preset, sheet: Sheet, tables: dict[str, dict[str, Any]]) -> None:
    """Add what goes for the first case that the amounts of every row agree with; a question where none does."""
    if not preset.cases:
        return
    for case in preset.cases:
        if not goes(case, sheet):
            continue
        for name, settings in case["files"].items():
            tables[name] = _merged(tables.get(name, {}), settings)
        if "tells" in case:
            proposal.tell(say("new.quirk", text=_in_languages(case["tells"])))
        return
    answer = proposal.ask("orders.tax", say("new.which_tax_system", system=preset.system), ["net", "gross:19"])
    tables["orders"]["tax_rate"] = GAP
    if answer == "net":
        del tables["orders"]["tax_rate"]
    elif answer != GAP and answer.removeprefix("gross:").replace(".", "").isdigit():
        tables["orders"]["tax_rate"] = float(answer.removeprefix("gross:"))


def _merged(settings: Mapping[str, Any], further: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(settings)
    for key, value in further.items():
        merged[key] = {**merged.get(key, {}), **value} if isinstance(value, dict) else value
    return merged


def _fitted(
    proposal: Proposal, table: str, settings: Mapping[str, Any], sheet: Sheet, preset: Preset
) -> dict[str, Any]:
    """Return a table's settings without columns and words that the file lacks."""
    fitted = {
        key: value
        for key, value in settings.items()
        if key not in {"columns", "values", "only", "skip_rows", "sign", "ignore", "fill_down", "marks"}
    }
    columns = {name: present(source, sheet.header) for name, source in settings.get("columns", {}).items()}
    columns = {name: source for name, source in columns.items() if source is not None}
    fitted["columns"] = columns
    for key in ("only", "skip_rows"):
        chosen = {
            heading: _seen(words, sheet, heading)
            for heading, words in settings.get(key, {}).items()
            if heading in sheet.header
        }
        fitted |= {key: kept} if (kept := {heading: words for heading, words in chosen.items() if words}) else {}
    if "sign" in settings:
        heading = present(settings["sign"]["column"], sheet.header)
        if isinstance(heading, str):
            fitted["sign"] = _sign_words(proposal, heading, settings["sign"], sheet)
    for key in ("ignore", "fill_down"):
        named = [heading for heading in settings.get(key, ()) if heading in sheet.header]
        fitted |= {key: named} if named else {}
    if table == "orders" and "amount" in columns and "tax_rate" not in settings:
        # What a system's amounts hold is known; its further columns of tax say nothing more.
        read = str([*columns.values(), settings.get("tax_share", "")])
        taxes = [heading for heading in tax_headings(sheet.header) if heading not in read]
        fitted |= {"ignore": list(dict.fromkeys([*fitted.get("ignore", ()), *taxes]))} if taxes else {}
    values = {name: dict(words) for name, words in settings.get("values", {}).items() if name in columns}
    if preset.statuses and table == "orders" and "status" in columns:
        skipped = {word for words in fitted.get("skip_rows", {}).values() for word in words}
        values["status"] = _status_words(proposal, columns["status"], values.get("status", {}), sheet, skipped)
    if table == "offers" and isinstance(columns.get("state"), str):
        values["state"] = _offer_states(proposal, str(columns["state"]), sheet)
    fitted |= {"values": values} if values else {}
    return fitted


def _offer_states(proposal: Proposal, heading: str, sheet: Sheet) -> dict[str, str]:
    choices = ["open", "won", "lost", "expired"]
    return {
        word: group_of(word, "offer_states") or ask_word(proposal, "offers.state", word, choices)
        for word in Content(sheet.cells(heading)).words
    }


def _sign_words(proposal: Proposal, heading: str, known: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    """Return the sign of each word that the column holds, by the answer given where the preset does not know it."""
    by_word = {word.casefold(): sign for word, sign in known.items() if word != "column"}
    rule: dict[str, Any] = {"column": heading}
    for word in Content(sheet.cells(heading)).words:
        if word.casefold() in by_word:
            rule[word] = by_word[word.casefold()]
        elif "*" not in by_word:
            rule[word] = asked_sign(proposal, word)
    if "*" in by_word:
        rule["*"] = by_word["*"]
    return rule


def _status_words(
    proposal: Proposal, source: object, known: Mapping[str, str], sheet: Sheet, skipped: Collection[str]
) -> dict[str, str]:
    parts = source.get("first", ()) if isinstance(source, dict) else [source]
    headings = [str(part) for part in parts]
    words = [word for heading in headings for word in Content(sheet.cells(heading)).words if word not in skipped]
    exact = {word.casefold(): value for word, value in known.items()}
    starts = {word: value for word, value in known.items() if word.endswith("*")}
    values = {}
    for word in words:
        start = next((start for start in starts if word.startswith(start.removesuffix("*"))), "")
        value = exact.get(word.casefold()) or group_of(word, "statuses")
        if start and not value:
            values[start] = starts[start]
            continue
        question = say("new.which_word", word=word, key="orders.status")
        values[word] = value or proposal.ask(f"orders.status.{word}", question, ["completed", "cancelled", "returned"])
    if "" in known:
        values[""] = known[""]
    return values


def _seen(words: Sequence[str], sheet: Sheet, heading: str) -> list[str]:
    there = {word.strip().casefold() for word in sheet.cells(heading).words.tolist()}
    return [word for word in words if word.casefold() in there]


def present(source: object, header: Sequence[str]) -> object:
    """Return a source with the one of its names that the header has; None where it has none."""
    if isinstance(source, list):
        return next((found for name in source if (found := present(name, header)) is not None), None)
    if isinstance(source, dict):
        if "from" in source:
            found = present(source["from"], header)
            return None if found is None else {**source, "from": found}
        how = next(iter(source))
        parts = [found for part in source[how] if (found := present(part, header)) is not None]
        return {how: parts} if parts else None
    if isinstance(source, int):
        return source if source <= len(header) else None
    if not isinstance(source, str) or source == "" or source in header:
        return source
    parts = [part.strip().removeprefix("[").removesuffix("]") for part in TERM.split(source)[::2]]
    return source if len(parts) > 1 and all(part in header for part in parts) else None
