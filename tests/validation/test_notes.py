from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import DataError
from retention_reports.validation.folder import load_client_folder
from tests.support.folders import problems, write_client

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = {"pillars": "pillars", "drei säulen": "pillars", "offers": "offers"}


def test_notes_are_cut_at_level_one_headings(tmp_path: Path) -> None:
    text = "Summary\n\n# Drei  Säulen #\nBetter.\n## Sub\n```\n# no heading\n```\n# offers\nOpen.\n# pillars\nMore.\n"
    folder = load_client_folder(write_client(tmp_path, **{"notes/2026-Q1.md": text}), HEADINGS)

    note = folder.notes["2026-Q1"]
    assert note.path == "notes/2026-Q1.md"
    assert note.texts == {
        "": "Summary",
        "pillars": "Better.\n## Sub\n```\n# no heading\n```\n\nMore.",
        "offers": "Open.",
    }
    assert "notes/2026-Q1.md" in [file.path for file in folder.files]


def test_an_unknown_heading_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load_client_folder(write_client(tmp_path, **{"notes/2026-Q1.md": "A\n\n# Ofers\n"}), HEADINGS)

    assert [problem.location.line for problem in caught.value.problems] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000, "![[" * 3000, "<a " * 5000, ">" * 300 + " a", "> " * 300, "- " * 300 + "a", "1. " * 300,
        " " * 1200 + "- a", "\t" * 300 + "a",
        "*" * 5000, "`" * 5000, "[a\n" * 600, "a\x1bb", "a" * 70_000,
    ],
)  # fmt: skip
def test_notes_that_would_choke_a_parser_are_refused_at_once(tmp_path: Path, text: str) -> None:
    start = time.perf_counter()

    told = problems(tmp_path, **{"notes/2026-Q1.md": text})

    assert len(told) == 1
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "text", ["---\n\n***\n", "| a | b |\n|" + "-" * 80 + "|---|\n", "- a\n    - b\n        - c\n", "=" * 80]
)
def test_ordinary_notes_pass(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, **{"notes/2026-Q1.md": text}) == []


@pytest.mark.parametrize("name", ["2026.md", "2026-Q5.md", "readme.txt", "2026-q1.md"])
def test_other_file_names_are_refused(tmp_path: Path, name: str) -> None:
    assert len(problems(tmp_path, **{f"notes/{name}": "A"})) == 1
