"""How days are written: the part of strptime's language that leaves no room for guessing."""

from __future__ import annotations

import re

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
_DIRECTIVE = re.compile(r"%.?", re.DOTALL)
ISO_DAY = "%Y-%m-%d"


def check_day_form(form: str) -> str:
    """Return the form if it names a day fully, and nothing that is not understood.

    Raises:
        ValueError: a directive is unknown or given twice, or day, month or year is missing.
    """
    directives = _DIRECTIVE.findall(form)
    unknown = [directive for directive in directives if directive not in _DIGITS]
    years = sum(directive in {"%Y", "%y"} for directive in directives)
    if unknown or years != 1 or directives.count("%d") != 1 or directives.count("%m") != 1:
        message = f'"{form}" does not say where day, month and year are (such as "%d.%m.%Y" or "%Y-%m-%d %H:%M:%S")'
        raise ValueError(message)
    return form


def day_pattern(form: str) -> re.Pattern[str]:
    """Return a pattern for a day of that form, with groups `day`, `month`, and `year` or `short_year`."""
    parts = []
    end = 0
    for directive in _DIRECTIVE.finditer(form):
        parts += [re.escape(form[end : directive.start()]), _DIGITS[directive.group()]]
        end = directive.end()
    return re.compile("".join(parts) + re.escape(form[end:]))
