"""What was worked out about past quarters, kept for the reports of all quarters that look back on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Found = TypeVar("Found")


class Memory:
    """Keeps what does not change however far a client's data goes on. Of each kind the oldest is forgotten."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._kept: dict[str, dict[Hashable, Any]] = {}

    def get(self, kind: str, key: Hashable, make: Callable[[], Found], *, most: int) -> Found:
        """Return what is kept of a kind by a key; it is made where it is not there. `most` are kept of the kind."""
        kept = self._kept.setdefault(kind, {})
        found: Found = kept.pop(key) if key in kept else make()
        while len(kept) >= most:
            del kept[next(iter(kept))]
        kept[key] = found
        return found
