"""How days are written: the part of strptime's language that leaves no room for guessing."""

from __future__ import annotations

import re
from functools import cache

from retention_reports.messages import say
from retention_reports.reading.problems import shown
from retention_reports.records import record

_UP_TO_TWO = frozenset({"%d", "%m", "%H", "%I"})
"""Numbers that may lack their leading zero wherever no other digit touches them."""
_HOUR = "(?:[01][0-9]|2[0-3])"
_SHORT_HOUR = "(?:[01]?[0-9]|2[0-3])"
_HALF = r"[AaPp]\.?[Mm]\.?"
_OFFSET = "(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})"
_SECONDS = "[0-5][0-9](?:[.,][0-9]{1,9})?"
_DIRECTIVES = {
    "%d": "(?P<day>[0-9]{2})",
    "%m": "(?P<month>[0-9]{2})",
    "%b": r"(?P<month_name>[^\W\d_]{3,10})\.?",
    "%Y": "(?P<year>[0-9]{4})",
    "%y": "(?P<short_year>[0-9]{2})",
    "%a": r"[^\W\d_]{2,10}\.?",
    "%H": f"(?P<hour>{_HOUR})",
    "%I": "(?P<hour>0[1-9]|1[0-2])",
    "%p": f"(?P<half>{_HALF})",
    "%M": "(?P<minute>[0-5][0-9])",
    "%S": _SECONDS,
    "%z": f"(?P<offset>{_OFFSET})",
}
_SHORT = {
    "%d": "(?P<day>[0-9]{1,2})",
    "%m": "(?P<month>[0-9]{1,2})",
    "%H": f"(?P<hour>{_SHORT_HOUR})",
    "%I": "(?P<hour>0?[1-9]|1[0-2])",
}
_SAME = {"%B": "%b", "%A": "%a", "%-d": "%d", "%-m": "%m", "%-H": "%H", "%-I": "%I"}
_TIME_BEHIND = (
    rf"(?:(?:T|,? )(?P<hour>{_SHORT_HOUR}):(?P<minute>[0-5][0-9])(?::{_SECONDS})?"
    rf"(?: ?(?P<half>{_HALF}))?(?: Uhr)?(?: ?(?P<offset>{_OFFSET}))?)?"
)
_WIDTHS = {"%d": 2, "%m": 2, "%Y": 4, "%y": 2, "%H": 2, "%M": 2, "%S": 2}
_DIRECTIVE = re.compile(r"%-?.?", re.DOTALL)
_TIMES = frozenset({"%H", "%I"})
ISO_DAY = "%Y-%m-%d"
EXCEL = "excel"
"""The form of days that a spreadsheet has counted from 1900 on: 45730 is 2025-03-14."""
EXCEL_1904 = "excel-1904"
"""The same for days counted from 1904 on, as spreadsheets of old Macs do: 44268 is 2025-03-14."""
UNIX = "unix"
"""The form of moments that are counted in seconds (or thousandths of them) from 1970 on, in UTC; up to 2033."""
_COUNTED = re.compile(r"(?P<serial>[0-9]{5})(?:[.,][0-9]{1,15})?")
_SECONDS_COUNTED = re.compile(r"(?P<moment>1[0-9]{9})(?:[0-9]{3}|[0-9]{6})?(?:\.[0-9]{1,9})?")
_COUNTED_FROM_1904 = re.compile(r"(?P<serial_1904>[0-9]{5})(?:[.,][0-9]{1,15})?")
_OF_NO_DIRECTIVE = {EXCEL: _COUNTED, EXCEL_1904: _COUNTED_FROM_1904, UNIX: _SECONDS_COUNTED}


@record
class DayLayout:
    """What stands at which byte (UTF-8) of a day that has no fraction of a second.

    `fields` are the directives and where their digits are; `literals` are positions and the byte that stands there.
    """

    width: int
    fields: tuple[tuple[str, slice], ...]
    literals: tuple[tuple[int, int], ...]


def check_day_form(form: str) -> str:
    """Return the form if it names a day (or a month, for its first day), and nothing that is not understood.

    Raises:
        ValueError: a directive is unknown or given twice, or month or year is missing.
    """
    directives = [directive for directive, _ in _parts(form) if directive]
    years = sum(directive in {"%Y", "%y"} for directive in directives)
    months = sum(directive in {"%m", "%b"} for directive in directives)
    is_known = set(directives) <= _DIRECTIVES.keys() and len(set(directives)) == len(directives)
    is_known &= not set(directives) >= _TIMES
    if form not in _OF_NO_DIRECTIVE and not (is_known and years == months == 1 and directives.count("%d") <= 1):
        raise ValueError(say("settings.no_day_form", form=shown(form)))
    return form


def _parts(form: str) -> list[tuple[str, str]]:
    """Return each directive with the text before it, and the text behind the last without one."""
    parts = []
    end = 0
    for match in _DIRECTIVE.finditer(form):
        parts.append((_SAME.get(match.group(), match.group()), form[end : match.start()]))
        end = match.end()
    return [*parts, ("", form[end:])]


@cache
def day_pattern(form: str, *, exact: bool = False) -> re.Pattern[str]:
    """Return a pattern for a day of that form.

    Its groups are `day`, `month` or `month_name`, and `year` or `short_year` (or `serial` or `moment` alone); with a
    time also `hour`, `minute`, `half` and `offset`. A form without a time allows one behind the day. Unless
    it is to be `exact`, numbers that no other digit touches may lack leading zeros.
    """
    if form in _OF_NO_DIRECTIVE:
        return _OF_NO_DIRECTIVE[form]
    parts = _parts(form)
    pattern = ""
    for place, (directive, before) in enumerate(parts):
        pattern += re.escape(before)
        if directive:
            is_short = directive in _UP_TO_TWO and not exact and not _touches(before, place > 0, *parts[place + 1])
            pattern += (_SHORT if is_short else _DIRECTIVES)[directive]
    has_time = any(directive in _TIMES for directive, _ in parts)
    return re.compile(pattern if has_time else pattern + _TIME_BEHIND)


def _touches(before: str, is_behind_one: bool, following: str, between: str) -> bool:  # noqa: FBT001
    """Tell whether a number of a day stands close to other digits, so that its own need a fixed width."""
    left = before[-1:].isdigit() or (not before and is_behind_one)
    right = between[:1].isdigit() or (not between and bool(following))
    return left or right


def day_layout(form: str) -> DayLayout | None:
    """Return where everything stands in a day of that form; None where days of the form differ in width."""
    fields = []
    literals = bytearray()
    if form in _OF_NO_DIRECTIVE or "%d" not in {directive for directive, _ in _parts(form)}:
        return None
    for directive, before in _parts(form):
        literals += before.encode()
        width = _WIDTHS.get(directive, 0)
        if directive and not width:
            return None
        if directive:
            fields.append((directive, slice(len(literals), len(literals) + width)))
            literals += bytes(width)
    return DayLayout(len(literals), tuple(fields), tuple((place, sign) for place, sign in enumerate(literals) if sign))
