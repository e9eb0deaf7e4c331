"""Prints to terminals and logs, which read some signs as orders: what comes from files or names cannot give any."""

from __future__ import annotations

import re
import unicodedata

import click

_ORDERS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode's control, format (such as marks of writing direction), and unassigned signs, and its line ends."""

_WORKFLOW_COMMAND = re.compile(r"(?m)^([ \t]*)(:(?=:)|#(?=#\[))")
"""How a line begins that GitHub takes as a command to its runner, of today or of old."""


def echo(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a text on standard output, or error, with whatever is no text escaped."""
    click.echo(harmless(str(text)), err=err, nl=nl)


def harmless(text: str) -> str:
    """Return a text of several lines with no sign that moves a terminal or gives a pipeline's runner orders."""
    escaped = printable(text, kept="\n\t")
    return _WORKFLOW_COMMAND.sub(lambda found: f"{found[1]}\\u{ord(found[2]):04x}", escaped)


def printable(text: str, kept: str = "") -> str:
    """Return a text with all signs escaped that are not shown themselves, except those to be kept."""
    if text.isprintable():
        return text
    return "".join(
        _escaped(sign) if sign not in kept and unicodedata.category(sign) in _ORDERS else sign for sign in text
    )


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"  # noqa: PLR2004 -- four digits
