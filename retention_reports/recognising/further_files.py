"""What a client should send next: the files that would add most to the report, and the e-mail that asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.model.needs_table import NEEDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from retention_reports.messages import Message

_TOGETHER = {"order_lines": ("order_lines", "products"), "products": ("order_lines", "products")}
"""Files of which one says little without the other."""
_ASKED_FOR = (
    *("order_lines", "offers", "touchpoints", "losses", "feedback", "measures", "costs", "visits", "enquiries"),
    "price_changes",
)
_MOST = 5


def further_files(there: Collection[str]) -> list[tuple[str, int]]:
    """Return the files that are missing, those first that add most, each with how many figures need it alone."""
    found = []
    for name in _ASKED_FOR:
        with_it = {*there, *_TOGETHER.get(name, (name,))}
        count = sum(
            len(need.keys)
            for needs in NEEDS.values()
            for need in needs
            if not _is_met(need.needs, there) and _is_met(need.needs, with_it)
        )
        if name not in there and count:
            found.append((name, count))
    return sorted(found, key=lambda entry: -entry[1])[:_MOST]


def _is_met(needs: Collection[str], there: Collection[str]) -> bool:
    """Tell whether the files are there of everything that is needed; of alternatives one is enough."""
    return all(any(way.partition(".")[0] in there for way in need.split(" | ")) for need in needs)


def what_it_adds(files: Collection[tuple[str, int]]) -> list[Message]:
    """Return for each file what the report would show with it."""
    return [say("new.would_see", file=f"{name}.csv", figures=say(f"new.adds_{name}")) for name, _ in files]


def request(files: Collection[tuple[str, int]], client: str) -> tuple[Message, ...]:
    """Return the lines of an e-mail that asks a client for files."""
    wanted = tuple(say("new.wanted", what=say(f"new.wants_{name}")) for name, _ in files)
    return (say("new.mail_begins", client=client), *wanted, say("new.mail_ends"))
