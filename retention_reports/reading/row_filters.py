"""Rows of a file that are none of the table's: by the words of a column, as `client.toml` says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.cells import cells_of
from retention_reports.reading.cleaning import clean
from retention_reports.reading.mapping import ALWAYS_NEGATIVE, MappingError, find_position
from retention_reports.reading.problems import shown
from retention_reports.reading.reshaping import footer_words, is_footer
from retention_reports.reading.word_tables import WordTable, is_seen
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from retention_reports.reading.grid import Grid, Texts
    from retention_reports.reading.mapping import Reference
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.settings import FileSettings

    Rows = npt.NDArray[np.intp]
    Locate = Callable[..., Location]

NOT_WANTED = "not_wanted"
SKIPPED = "skipped"
WITHOUT_SIGN = "without_sign"
_WORDS_TOLD = 10


@record
class SortedRows:
    """Which rows of a file are a table's (numbers of its grid's rows), the sign of each, and why others are not.

    `signs` is None where no column tells signs.
    """

    rows: Rows
    left_out: Mapping[str, Rows]
    signs: npt.NDArray[np.int8] | None
    positions: frozenset[int]
    """The columns that decided."""


class RowSorter:
    """Tells for the files of one table which rows are wanted."""

    def __init__(self, settings: FileSettings, log: ProblemLog, at: Locate) -> None:
        """Prepare to sort rows. `at` gives the place of a key of the table's settings in `client.toml`."""
        self._settings = settings
        self._log = log
        self._at = at
        self._seen: dict[tuple[str, ...], set[str]] = {}
        self._unsigned: Counter[str] = Counter()
        self._unsigned_at: list[Location] = []

    def sort(self, path: str, grid: Grid) -> SortedRows:
        """Return which rows of a file are the table's; `path` is how messages name the file."""
        kept = np.ones(len(grid.lines), dtype=np.bool_)
        left_out: dict[str, Rows] = {}
        positions = []
        for key, reason in (("only", NOT_WANTED), ("skip_rows", SKIPPED)):
            for heading, words in getattr(self._settings, key).items():
                position = self._position(path, (key, heading), (heading,), grid.header)
                if position is None:
                    continue
                positions.append(position)
                named = self._named((key, heading), grid.columns[position], words)
                gone = kept & (named if reason == SKIPPED else ~named)
                left_out[reason] = np.append(left_out.get(reason, np.empty(0, dtype=np.intp)), np.flatnonzero(gone))
                kept &= ~gone
        if self._settings.footers:
            footers = kept & self._footers(grid)
            left_out[SKIPPED] = np.append(left_out.get(SKIPPED, np.empty(0, dtype=np.intp)), np.flatnonzero(footers))
            kept &= ~footers
        signs = self._signs(path, grid, kept, positions)
        if signs is not None:
            left_out[WITHOUT_SIGN] = np.flatnonzero(kept & (signs == 0))
            kept &= signs != 0
        rows = np.flatnonzero(kept)
        reasons = {reason: gone for reason, gone in left_out.items() if len(gone)}
        return SortedRows(rows, reasons, None if signs is None else signs[rows], frozenset(positions))

    def tell(self) -> None:
        """Note what the files together show to be wrong in the settings."""
        for (key, heading), seen in self._seen.items():
            for word in getattr(self._settings, key)[heading]:
                if not is_seen(_comparable(word), seen):
                    message = say("mapping.unseen_word", key=key, column=shown(heading), word=shown(word))
                    self._log.warning(self._at(key, heading), "unseen word", message)
        if self._unsigned:
            counts = self._unsigned.most_common()
            words = ", ".join(f"{shown(word)} ({rows})" for word, rows in counts[:_WORDS_TOLD])
            message = say(
                "mapping.unsigned_words",
                n=sum(self._unsigned.values()),
                words=words + (", …" if len(counts) > _WORDS_TOLD else ""),
                example=shown(counts[0][0]),
            )
            self._log.error(self._at("sign"), "word without a sign", message, self._unsigned_at)

    def _position(self, path: str, keys: tuple[str, ...], part: Reference, header: Sequence[str]) -> int | None:
        try:
            return find_position(".".join(keys), part, header)
        except MappingError as problem:
            message = say("mapping.filter_column", path=path, problem=problem.message)
            self._log.error(self._at(*keys), problem.kind, message)
            return None

    def _named(self, key: tuple[str, str], texts: Texts, words: Iterable[str]) -> npt.NDArray[np.bool_]:
        places, found = _words_of(texts)
        self._seen.setdefault(key, set()).update(found)
        wanted = WordTable(dict.fromkeys(map(_comparable, words), True))
        named = np.array([wanted.get(word) is not None for word in found], dtype=np.bool_)
        return named if places is None else named[places]

    def _signs(
        self, path: str, grid: Grid, kept: npt.NDArray[np.bool_], positions: list[int]
    ) -> npt.NDArray[np.int8] | None:
        if self._is_deducted(path):
            return np.full(len(grid.lines), ALWAYS_NEGATIVE, dtype=np.int8)
        rule = self._settings.sign
        if rule is None:
            return None
        position = self._position(path, ("sign", "column"), rule.column, grid.header)
        if position is None:
            return None
        positions.append(position)
        places, words = _words_of(grid.columns[position])
        sign_of = WordTable({_comparable(word): sign for word, sign in rule.signs.items()})
        found = [sign_of.get(word) for word in words]
        by_word = np.array([1 if sign is None else sign for sign in found], dtype=np.int8)
        signs = by_word if places is None else by_word[places]
        unknown = np.array([sign is None for sign in found], dtype=np.bool_)
        if unknown.any():
            rows = np.flatnonzero(kept & (unknown if places is None else unknown[places]))
            self._unsigned.update(str(grid.columns[position][row]).strip() for row in rows.tolist())
            heading = grid.header[position]
            self._unsigned_at += [Location(path, int(line), heading) for line in grid.lines[rows]]
        return signs

    def _footers(self, grid: Grid) -> npt.NDArray[np.bool_]:
        """Tell which rows end the table: mostly empty ones that hold one of the words."""
        words = footer_words(self._settings.footers)
        found = np.zeros(len(grid.lines), dtype=np.bool_)
        if len(grid.lines):
            columns = [cells_of(column) for column in grid.columns]
            filled = np.sum([~cells.empty for cells in columns], axis=0)
            for row in np.flatnonzero(2 * filled <= len(columns)).tolist():
                found[row] = is_footer([cells[row] for cells in columns], words)
        return found

    def _is_deducted(self, path: str) -> bool:
        """Tell whether a file (or sheet) holds credit notes alone, by its name."""
        name = path.rpartition("/")[2].casefold()
        return any(fnmatchcase(name, pattern.casefold()) for pattern in self._settings.deducted_files)


def rows_of(grid: Grid, rows: Rows) -> Grid:
    """Return the grid of these rows alone."""
    if len(rows) == len(grid.lines):
        return grid
    columns = tuple(cells_of(column).at(rows) for column in grid.columns)
    typed = tuple(tuple(cells[row] for row in rows.tolist()) for cells in grid.typed)
    return replace(grid, columns=columns, lines=grid.lines[rows], typed=typed)


def _words_of(texts: Texts) -> tuple[npt.NDArray[np.intp] | None, list[str]]:
    """Return each row's place among the words, and the words as they are compared."""
    cells = cells_of(texts)
    return cells.places, [word.casefold() for word in clean(cells.words.tolist()).cells]


def _comparable(word: str) -> str:
    return str(clean([word]).cells[0]).casefold()
