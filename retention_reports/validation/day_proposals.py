"""Which form of days to declare for a column that is not written as it should be: one that reads all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.messages import say
from retention_reports.reading.day_forms import EXCEL, ISO_DAY, UNIX, day_pattern
from retention_reports.reading.problems import shown
from retention_reports.validation.day_texts import day_text, example_of
from retention_reports.validation.faults import cell_fault, column_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from retention_reports.messages import Message
    from retention_reports.validation.faults import Fault

    Cure: TypeAlias = "Callable[[Sequence[str]], str]"
    _Readings: TypeAlias = "Mapping[str, Mapping[str, date]]"

FORMS = (
    ISO_DAY, "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%Y", "%m-%d-%Y",
    "%d-%m-%y", "%m-%d-%y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %m %Y", "%d%m%Y", "%y%m%d", "%d%m%y",
    "%d. %b %Y", "%d %b %Y", "%d %b %y", "%d-%b-%y", "%d-%b-%Y", "%b %d, %Y", "%b %d %Y", "%a, %d %b %Y",
    "%a, %b %d, %Y", "%a %b %d %Y", "%d.%b.%Y", "%d. %b %y", "%d. %b. %Y", "%d. %b. %y", "%d de %b de %Y",
    "%Y-%m-%dT%H:%M:%S%z", "%d.%m.%Y %H.%M", EXCEL, UNIX, "%Y-%m", "%m.%Y", "%m/%Y", "%b %Y", "%Y/%m",
)  # fmt: skip
"""The forms that are proposed, each with any time of day behind it; of those that read the same, the first."""
_MOST_FORMS = 3
_WEEK = re.compile(
    r"(?:KW|CW|W|Woche|week)[ .]*[0-9]{1,2}\W*[0-9]{4}|[0-9]{4}\W*(?:KW|CW|W)[ .]*[0-9]{1,2}", re.IGNORECASE
)


def declared(forms: Sequence[str]) -> str:
    """Return forms as TOML has them."""
    quoted = [f'"{form}"' for form in forms]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def form_faults(
    texts: Sequence[str], unread: Sequence[int], forms: Sequence[str], known: Mapping[int, Fault], cure: Cure | None
) -> dict[int, Fault]:
    """Return the fault of each text (by its place) that the forms do not read; `known` are those found so far.

    Texts that no form at all reads must be mended one by one. For the others the column as a whole tells which form,
    or which list of forms, is to be declared.
    """
    example = example_of(forms[0] if forms else ISO_DAY)
    readings = _readings(texts)
    odd = [place for place in unread if readings[texts[place]]]
    none = {False: cell_fault("days.none", example=example), True: cell_fault("days.week")}
    faults = {place: known.get(place, none[bool(_WEEK.fullmatch(texts[place]))]) for place in unread}
    proposals = _proposals({text: found for text, found in readings.items() if found}) if odd else []
    proposals = [proposal for proposal in proposals if tuple(forms) != proposal]
    if not odd:
        return faults
    two_days = {place: fault for place, fault in known.items() if fault.of_column}
    if not proposals:
        usual = next((text for text in texts if readings[text] and text != texts[odd[0]]), texts[odd[0]])
        mixed = column_fault("days.mixed", usual=shown(usual), example=example)
        return {**faults, **dict.fromkeys(odd, mixed), **two_days}
    write = cure or (lambda found: f"date_format = {declared(found)}")
    other = column_fault("days.other_form", example=example, cure=_either(list(map(write, proposals))))
    return {**faults, **dict.fromkeys(odd, other), **two_days}


def _readings(texts: Sequence[str]) -> _Readings:
    patterns = {form: [day_pattern(form)] for form in FORMS}
    readings: dict[str, dict[str, date]] = {text: {} for text in texts}
    for form, pattern in patterns.items():
        for text, found in readings.items():
            if pattern[0].fullmatch(text):
                day = day_text(text, pattern)[0].day
                if day is not None:
                    found[form] = day
    return readings


def _proposals(readings: _Readings) -> list[tuple[str, ...]]:
    """Return the ways to declare how all texts are written: one form each, or else lists of forms.

    More than one where the texts can be read as different days. None where no list tells the forms apart.
    """
    single = _fitting(readings)
    if single:
        return [(form,) for form in single]
    chosen: list[list[str]] = []
    left = dict(readings)
    while left and len(chosen) < _MOST_FORMS:
        best = max(FORMS, key=lambda form: sum(form in found for found in left.values()))
        group = {text: found for text, found in left.items() if best in found}
        chosen.append(_fitting(group))
        left = {text: found for text, found in left.items() if text not in group}
    lists = [tuple(forms[min(choice, len(forms) - 1)] for forms in chosen) for choice in (0, 1)]
    different = list(dict.fromkeys(lists))
    return [] if left else [forms for forms in different if _tells_apart(forms, readings)]


def _fitting(readings: _Readings) -> list[str]:
    """Return the forms that read all texts, of those that read the same days only the first."""
    by_days: dict[tuple[date, ...], str] = {}
    for form in FORMS:
        if all(form in found for found in readings.values()):
            by_days.setdefault(tuple(found[form] for found in readings.values()), form)
    return list(by_days.values())


def _tells_apart(forms: Sequence[str], readings: _Readings) -> bool:
    return all(len({found[form] for form in forms if form in found}) == 1 for found in readings.values())


def _either(cures: Sequence[str]) -> Message | str:
    """Return the ways to declare it, the last two joined by an or."""
    if len(cures) == 1:
        return cures[0]
    return say("days.either", first=", ".join(cures[:-1]), last=cures[-1])
