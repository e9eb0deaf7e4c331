"""Columns whose cells stand for those below them, as in reports that name a customer or a document once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from retention_reports.recognising.guessing import Guess

_FEWEST = 0.15
_KEYS = ("order_id", "customer_id", "name", "email")
_CARRIED = ("order_id", "customer_id", "name", "email", "ordered_on", "status", "currency", "sales_rep", "segment")


def filled_down(guess: Guess, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings by which rows take what is named once above them.

    A column is such a one where it begins filled, has gaps, and names each of its words once: rows without a customer
    among others that repeat theirs are no such rows.
    """
    if not columns:
        return {}
    for key in _KEYS:
        heading = guess.columns.get(key)
        if heading is None or all(map(str.strip, guess.sheet.cells(heading).words.tolist())):
            continue
        empty = _empty(guess, heading)
        filled = [text for text in guess.sheet.cells(heading).texts.tolist() if text.strip()]
        is_named_once = len(empty) and not empty[0] and len(set(filled)) == len(filled)
        if is_named_once and empty.mean() >= _FEWEST:
            carried = [
                guess.columns[name]
                for name in _CARRIED
                if guess.has(name) and not (~_empty(guess, guess.columns[name]) & empty).any()
            ]
            return {"fill_down": list(dict.fromkeys(carried))}
    return {}


def _empty(guess: Guess, heading: str) -> npt.NDArray[np.bool_]:
    cells = guess.sheet.cells(heading)
    empty = np.array([not word.strip() for word in cells.words.tolist()], dtype=np.bool_)
    return empty if cells.places is None else empty[cells.places]
