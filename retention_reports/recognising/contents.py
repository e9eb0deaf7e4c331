"""What a column holds, by its cells alone: days and their form, numbers and their decimal sign, addresses."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from retention_reports.reading.day_forms import EXCEL, ISO_DAY, UNIX, day_pattern
from retention_reports.reading.month_names import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_reports.reading.cells import Cells

MONTH_FORMS = (
    "%m.%Y", "%m/%Y", "%m-%Y", "%Y-%m", "%Y/%m", "%Y.%m", "%Y%m", "%b %Y", "%b-%Y", "%b.%Y", "%b %y", "%b-%y", "%b. %Y",
    "%b. %y",
)  # fmt: skip
"""How months are written without a day."""
ENOUGH = 0.7
"""From this share of the filled cells on, content tells what a column is."""
DAY_FORMS = (
    ISO_DAY, "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%y",
    "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%Y%m%d", "%d%m%Y", "%d-%b-%Y", "%d-%b-%y", "%b-%d-%y", "%b-%d-%Y",
    "%b %d, %Y", "%d %b %Y", "%d. %b %Y", "%d.%b.%Y", "%d %b %y", *MONTH_FORMS,
)  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NUMBER = re.compile(r"\(?[-+−]?+\s*+(?:[€$£]|[A-Z]{3})?+\s*+[-+−]?+[0-9][0-9.,'\s]*+(?:[€$£%]|[A-Z]{3})?+\s*+-?\)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})+")
_SIGNS = re.compile(r"[0-9.,]*[0-9]")
_NOBODY = frozenset({"", "-", "--", "n/a", "null", "none", "#n/a"})
_MOST_WORDS = 50_000


class Content:
    """A column's different filled cells, and what they have in common."""

    def __init__(self, cells: Cells) -> None:
        """Look at every different text, or at so many of them that no form could hide."""
        # What has so many texts is no column of a few words: any of them tell its form.
        step = max(1, len(cells.words) // _MOST_WORDS)
        words = dict.fromkeys(word.strip() for word in cells.words[::step].tolist())
        self.words = [word for word in words if word.casefold() not in _NOBODY]

    @cached_property
    def is_email(self) -> bool:
        """Tell whether the cells are e-mail addresses."""
        return self._share(_EMAIL.fullmatch(word) is not None for word in self.words) >= ENOUGH

    @cached_property
    def day_forms(self) -> tuple[str, ...]:
        """The forms in which every cell is a day (but for a few that are none in any); none where it holds no days."""
        if not self.words or self._share(any(map(str.isdigit, word)) for word in self.words) < ENOUGH:
            return ()
        candidates = [form for form in DAY_FORMS if _is_day(form, self.words[0]) or _is_day(form, self.words[-1])]
        kept = [word for word in self.words if any(_is_day(form, word) for form in candidates)]
        if not candidates or len(kept) < ENOUGH * len(self.words):
            return ()
        return tuple(form for form in candidates if all(_is_day(form, word) for word in kept))

    @cached_property
    def mixed_day_forms(self) -> tuple[str, ...]:
        """The forms of days where a spreadsheet's own stand beside German ones, which nobody can mistake for others."""
        both = (ISO_DAY, "%d.%m.%Y")
        counts = [sum(_is_day(form, word) for word in self.words) for form in both]
        return both if all(counts) and sum(counts) == len(self.words) else ()

    @cached_property
    def is_counted_days(self) -> bool:
        """Tell whether the cells can be days that a spreadsheet has counted."""
        found = [day_pattern(EXCEL).fullmatch(word) for word in self.words]
        return bool(found) and all(match and 30_000 < int(match["serial"]) < 55_000 for match in found)  # noqa: PLR2004

    @cached_property
    def is_seconds(self) -> bool:
        """Tell whether the cells can be moments that are counted from 1970 on."""
        return bool(self.words) and all(map(day_pattern(UNIX).fullmatch, self.words))

    @cached_property
    def is_number(self) -> bool:
        """Tell whether the cells are numbers."""
        return self._share(_NUMBER.fullmatch(word) is not None for word in self.words) >= ENOUGH

    @cached_property
    def decimal(self) -> str:
        """The decimal sign that all numbers together show: `,` or `.`, "?" where they contradict, "" for none."""
        seen = {sign for word in self.words if _NUMBER.fullmatch(word) for sign in _decimal_of(word)}
        sure = seen & {",", "."}
        return sure.pop() if len(sure) == 1 else "?" if sure else ""

    @cached_property
    def may_be_grouped(self) -> bool:
        """Tell whether numbers hold a sign that may stand before three decimals or group thousands."""
        return any(_GROUPED.search(word) for word in self.words)

    def _share(self, flags: Iterable[bool]) -> float:
        return sum(flags) / len(self.words) if self.words else 0.0


def _decimal_of(word: str) -> Sequence[str]:
    """Return the decimal sign that a number shows without doubt."""
    found = _SIGNS.search(word.replace(" ", "").replace("'", "").replace("\u00a0", "").replace("\u202f", ""))
    digits = found.group() if found else ""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "," if digits.rindex(",") > digits.rindex(".") else "."
    sign = "." if points else "," if commas else ""
    if not sign:
        return ""
    if digits.count(sign) > 1:
        return "," if sign == "." else "."
    whole, _, decimals = digits.partition(sign)
    is_group = len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")  # noqa: PLR2004
    return "" if is_group else sign


def _is_day(form: str, word: str) -> bool:
    match = day_pattern(form).fullmatch(word)
    if match is None:
        return False
    parts = match.groupdict()
    if parts.get("month_name") and parts["month_name"].casefold().rstrip(".") not in MONTHS:
        return False
    day, month = int(parts.get("day") or 1), int(parts.get("month") or 1)
    year = int(parts.get("year") or 2000)
    return 1 <= day <= 31 and 1 <= month <= 12 and 1900 <= year <= 2100  # noqa: PLR2004
