"""How a table is written: its path, separator, decimal sign and days, as settings, asked where it can be read twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_reports.messages import say
from retention_reports.reading.day_forms import EXCEL, ISO_DAY, UNIX, day_pattern
from retention_reports.recognising.contents import MONTH_FORMS
from retention_reports.recognising.proposal import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from retention_reports.recognising.guessing import Guess
    from retention_reports.recognising.proposal import Proposal
    from retention_reports.recognising.sheets import Sheet

_ZONE = "Europe/Berlin"
"""Where days begin, of times that are counted in UTC, until somebody says otherwise."""
_ROWS = 20_000
_ENOUGH_DAYS = 12
"""So many different days in order tell how they are written."""
_DAY_ORDERS = {"day_first": "%d", "month_first": "%m"}


def style_of(
    proposal: Proposal, table: str, guess: Guess, days: Iterable[str], numbers: Iterable[str]
) -> dict[str, Any]:
    """Return the settings by which a table's file is opened. `days` and `numbers` are the columns that are read."""
    sheet = guess.sheet
    settings: dict[str, Any] = {"path": proposal.paths[sheet.file]}
    for key in ("encoding", "separator", "sheet"):
        if getattr(sheet, key):
            settings[key] = getattr(sheet, key)
    if sheet.header_line != 1:
        settings["header_line"] = sheet.header_line
    settings |= sheet.shape
    decimal = _decimal(proposal, table, guess, [heading for heading in numbers if heading in sheet.header])
    if decimal:
        settings["decimal"] = decimal
    named = [heading for heading in days if heading in sheet.header]
    forms = list(dict.fromkeys(form for heading in named for form in _day_forms(proposal, table, guess, heading)))
    forms = [form for form in forms if form]
    if UNIX in forms:
        settings["time_zone"] = _ZONE
        proposal.tell(say("new.zone", zone=_ZONE))
    if forms and forms != [ISO_DAY]:
        settings["date_format"] = forms[0] if len(forms) == 1 else forms
    return settings


def read_together(proposal: Proposal, sheets: Sequence[Sheet], table: str) -> dict[str, Any]:
    """Return the settings by which tables of one layout are read as one: sheets of a file, or files in a folder."""
    if len(sheets) < 2:  # noqa: PLR2004 - a single one is read by itself
        return {}
    if len({sheet.file for sheet in sheets}) == 1:
        return {"sheet": [sheet.sheet for sheet in sheets]}
    for sheet in sheets:
        proposal.paths[sheet.file] = f"exports/{table}/{sheet.file}"
    settings: dict[str, Any] = {"path": f"exports/{table}/*"}
    if len({sheet.sheet for sheet in sheets}) > 1:
        settings["sheet"] = "*"
    return settings


def once_each(proposal: Proposal, sheets: Sequence[Sheet], key: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings by which what stands in two of several files counts once; rows that differ stay an error."""
    if not key or len(sheets) < 2:  # noqa: PLR2004 - a single one overlaps with nothing
        return {}
    seen: set[str] = set()
    common: set[str] = set()
    for sheet in sheets:
        ids = set(sheet.cells(key).words.tolist()) - {""}
        common |= ids & seen
        seen |= ids
    if not common:
        return {}
    proposal.tell(say("new.overlap", n=len(common), files=", ".join(sheet.shown_as for sheet in sheets)))
    return {"distinct": "files" if settings.get("rows") == "order_line" else True}


def _decimal(proposal: Proposal, table: str, guess: Guess, numbers: list[str]) -> str:
    seen = {guess.content(heading).decimal for heading in numbers} - {""}
    if len(seen) == 1 and "?" not in seen:
        decimal = seen.pop()
        grouped = any("," in word for heading in numbers for word in guess.content(heading).words)
        return decimal if decimal == "," or grouped else ""
    if seen or any(guess.content(heading).may_be_grouped for heading in numbers):
        return proposal.ask(
            f"{table}.decimal", say("new.which_decimal", table=table, file=guess.sheet.shown_as), [",", "."]
        )
    return ""


def _is_in_order(guess: Guess, heading: str, form: str) -> bool:
    """Tell whether rows are sorted by their days, if these are written so; many rows are not by chance."""
    days = []
    pattern = day_pattern(form)
    for text in guess.sheet.cells(heading).texts[:_ROWS].tolist():
        match = pattern.fullmatch(text.strip())
        if match is None or not match.groupdict().get("day") or not match.groupdict().get("month"):
            continue
        year = match.groupdict().get("year") or match["short_year"]
        days.append((int(year), int(match["month"]), int(match["day"])))
    is_sorted = days in (sorted(days), sorted(days, reverse=True))
    return len(set(days)) >= _ENOUGH_DAYS and is_sorted


def _day_forms(proposal: Proposal, table: str, guess: Guess, heading: str) -> tuple[str, ...]:
    content = guess.content(heading)
    if content.mixed_day_forms:
        return content.mixed_day_forms
    return (_day_form(proposal, table, guess, heading),)


def _day_form(proposal: Proposal, table: str, guess: Guess, heading: str) -> str:
    unroll = guess.sheet.shape.get("unroll")
    if unroll and heading == unroll["day"]:
        proposal.tell(say("new.months_alone", column=heading))
        return str(unroll["form"])
    content = guess.content(heading)
    if not content.day_forms:
        return EXCEL if content.is_counted_days else UNIX if content.is_seconds else ""
    if content.day_forms[0] in MONTH_FORMS:
        proposal.tell(say("new.months_alone", column=heading))
    if len(content.day_forms) == 1 or content.day_forms[0] in {ISO_DAY, "%Y%m%d"}:
        return content.day_forms[0]
    sorted_forms = [form for form in content.day_forms if _is_in_order(guess, heading, form)]
    if len(sorted_forms) == 1:
        proposal.tell(say("new.days_in_order", column=heading, form=sorted_forms[0]))
        return sorted_forms[0]
    example = max(content.words, key=len)
    message = say("new.which_day", column=heading, file=guess.sheet.shown_as, example=example)
    answer = proposal.ask(f"{table}.days", message, list(_DAY_ORDERS))
    wanted = _DAY_ORDERS.get(answer)
    if wanted is None:
        return answer if "%" in answer else GAP
    return next((form for form in content.day_forms if form.startswith(wanted)), GAP)
