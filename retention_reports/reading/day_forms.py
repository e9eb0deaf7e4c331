"""How days are written: the part of strptime's language that leaves no room for guessing."""

from __future__ import annotations

import re

from retention_reports.messages import say
from retention_reports.reading.problems import shown
from retention_reports.records import record

_DIGITS = {
    "%d": "(?P<day>[0-9]{2})",
    "%m": "(?P<month>[0-9]{2})",
    "%Y": "(?P<year>[0-9]{4})",
    "%y": "(?P<short_year>[0-9]{2})",
    "%H": "(?:[01][0-9]|2[0-3])",
    "%M": "[0-5][0-9]",
    "%S": "[0-5][0-9](?:[.][0-9]{1,9})?",
    "%z": "(?:Z|[+-][0-9]{2}:?[0-9]{2})",
}
_WIDTHS = {"%d": 2, "%m": 2, "%Y": 4, "%y": 2, "%H": 2, "%M": 2, "%S": 2}
_DIRECTIVE = re.compile(r"%.?", re.DOTALL)
ISO_DAY = "%Y-%m-%d"


@record
class DayLayout:
    """What stands at which byte (UTF-8) of a day that has no fraction of a second.

    `fields` are the directives and where their digits are; `literals` are positions and the byte that stands there.
    """

    width: int
    fields: tuple[tuple[str, slice], ...]
    literals: tuple[tuple[int, int], ...]


def check_day_form(form: str) -> str:
    """Return the form if it names a day fully, and nothing that is not understood.

    Raises:
        ValueError: a directive is unknown or given twice, or day, month or year is missing.
    """
    directives = _DIRECTIVE.findall(form)
    unknown = [directive for directive in directives if directive not in _DIGITS]
    years = sum(directive in {"%Y", "%y"} for directive in directives)
    if unknown or years != 1 or directives.count("%d") != 1 or directives.count("%m") != 1:
        raise ValueError(say("settings.no_day_form", form=shown(form)))
    return form


def day_pattern(form: str) -> re.Pattern[str]:
    """Return a pattern for a day of that form, with groups `day`, `month`, and `year` or `short_year`."""
    parts = []
    end = 0
    for directive in _DIRECTIVE.finditer(form):
        parts += [re.escape(form[end : directive.start()]), _DIGITS[directive.group()]]
        end = directive.end()
    return re.compile("".join(parts) + re.escape(form[end:]))


def day_layout(form: str) -> DayLayout | None:
    """Return where everything stands in a day of that form; None where days of the form differ in width."""
    fields = []
    literals = bytearray()
    end = 0
    for directive in _DIRECTIVE.finditer(form):
        literals += form[end : directive.start()].encode()
        width = _WIDTHS.get(directive.group())
        if width is None:
            return None
        fields.append((directive.group(), slice(len(literals), len(literals) + width)))
        literals += bytes(width)
        end = directive.end()
    literals += form[end:].encode()
    return DayLayout(len(literals), tuple(fields), tuple((place, sign) for place, sign in enumerate(literals) if sign))
