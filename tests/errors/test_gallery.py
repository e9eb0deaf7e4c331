"""Every folder here is a client with one thing wrong; the text file of its name says what the user is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import DataError
from retention_reports.reading import grid
from retention_reports.validation.folder import load_client_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.errors import Problem

GALLERY = Path(__file__).parent
CASES = sorted(path.name for path in GALLERY.iterdir() if path.is_dir() and path.name != "__pycache__")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("short", [grid.SHORT, 0], ids=["short", "long"])
def test_each_bad_folder_is_told_exactly_as_expected(case: str, short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long files are read in another way than short ones, and told in the same."""
    monkeypatch.chdir(GALLERY)
    monkeypatch.setattr(grid, "SHORT", short)

    found = _problems(case)

    assert _told(found, "en") == (GALLERY / f"{case}.txt").read_text(encoding="utf-8")
    german = GALLERY / f"{case}.de.txt"
    if german.exists():  # that each case has one is checked with the project
        assert _told(found, "de") == german.read_text(encoding="utf-8")


def _told(problems: Sequence[Problem], language: str) -> str:
    return "".join(f"{problem.labelled_in(language)}\n" for problem in problems)


def _problems(case: str) -> tuple[Problem, ...]:
    try:
        return load_client_folder(Path(case), {"pillars": "pillars", "drei säulen": "pillars"}).warnings
    except DataError as error:
        return error.problems


def test_the_gallery_shows_errors_and_warnings() -> None:
    told = [(GALLERY / f"{case}.txt").read_text(encoding="utf-8") for case in CASES]

    assert len(CASES) > 50
    assert sorted(path.stem for path in GALLERY.glob("*.txt") if not path.stem.endswith(".de")) == CASES
    assert any(text.startswith("error: ") for text in told)
    assert any(text.startswith("warning: ") for text in told)
