"""Results of all analyses, and their figures in a form in which the order of equal entries does not matter."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from retention_reports.model.dataset import Dataset
from retention_reports.sections import ANALYSES
from tests.support.laws import identifiers, renamed
from tests.support.small_clients import reported_quarter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.model.folder import ClientFolder
    from retention_reports.sections import Result

_NEW_NAME = re.compile(r"Q\d{7}X")


def results(folder: ClientFolder) -> dict[str, Result]:
    """Run every analysis for the quarter that is reported by default."""
    dataset = Dataset.at(folder, reported_quarter(folder))
    return {analysis.key: analysis.run(dataset) for analysis in ANALYSES}


def figures(result: Result) -> Any:  # noqa: ANN401 -- figures are JSON
    """Return the figures as they come back from `figures.json`."""
    return json.loads(json.dumps(result.figures(), allow_nan=False))


def without_order(figure: Any) -> Any:  # noqa: ANN401 -- figures are JSON
    """Return figures with every list sorted by what stands in it: ties may be listed by id."""
    if isinstance(figure, dict):
        return {key: without_order(part) for key, part in figure.items()}
    if isinstance(figure, list):
        return sorted(map(without_order, figure), key=json.dumps)
    return figure


def leaves(figure: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 -- figures are JSON
    """Yield every single figure with the way to it."""
    if isinstance(figure, dict):
        for key, part in figure.items():
            yield from leaves(part, f"{path}.{key}")
    elif isinstance(figure, list):
        for place, part in enumerate(figure):
            yield from leaves(part, f"{path}[{place}]")
    else:
        yield path, figure


class NewNames:
    """Other ids for everything that a client numbers, in the order of the old ones or in the reverse order."""

    def __init__(self, folder: ClientFolder, *, reverse: bool) -> None:
        """Give every id a name of equal length that occurs nowhere else."""
        old = identifiers(folder)
        numbers = range(len(old), 0, -1) if reverse else range(len(old))
        self.folder = renamed(folder, {name: f"Q{number:07d}X" for name, number in zip(old, numbers, strict=True)})
        self._old = {f"Q{number:07d}X": name for name, number in zip(old, numbers, strict=True)}

    def undone(self, text: str) -> str:
        """Put the old ids back."""
        return _NEW_NAME.sub(lambda found: self._old[found[0]], text)
