from __future__ import annotations

import hashlib
import os
import unicodedata
from typing import TYPE_CHECKING

import pytest

from retention_reports.reading.files import FolderFiles, check_path
from retention_reports.reading.problems import ProblemLog, UnreadableFileError

if TYPE_CHECKING:
    from pathlib import Path


def _kinds(files: FolderFiles) -> list[str]:
    return [problem.kind for problem in files.log.problems]


def test_a_file_read_is_remembered_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id\n")
    files = FolderFiles(tmp_path, ProblemLog())

    files.read("a.csv")
    files.read("a.csv")

    assert [(file.path, file.sha256) for file in files.files_read] == [("a.csv", hashlib.sha256(b"id\n").hexdigest())]


@pytest.mark.parametrize(
    "path", ["", "../a.csv", "a/../../b", "/etc/passwd", "C:\\x", "C:x", "~root", "a\0b", "a\nb", "x" * 301, "a\\b"]
)
def test_paths_that_are_not_plainly_inside_are_refused(path: str) -> None:
    with pytest.raises(UnreadableFileError, match="inside the client's folder"):
        check_path(path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("id\n")
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "a.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "lines").symlink_to(tmp_path)
    files = FolderFiles(folder, ProblemLog())

    assert files.read("a.csv") is None
    assert files.read("lines/secret.csv") is None
    assert files.matching("lines/*.csv") == []
    assert _kinds(files) == ["file outside the folder"] * 2


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    (tmp_path / "b.csv").mkdir()
    files = FolderFiles(tmp_path, ProblemLog())

    assert files.read("a.csv") is None
    assert files.read("b.csv") is None
    assert _kinds(files) == ["not a file"] * 2


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"12345")
    files = FolderFiles(tmp_path, ProblemLog())

    assert files.read("a.csv", largest=4) is None
    assert _kinds(files) == ["file too large"]


def test_a_pattern_names_files_in_name_order(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    for name in ("lines-2.csv", "lines-1.csv", "other.csv"):
        (tmp_path / "exports" / name).write_text("")

    found = FolderFiles(tmp_path, ProblemLog()).matching("exports/lines-*.csv")

    assert found == ["exports/lines-1.csv", "exports/lines-2.csv"]


def test_a_name_of_composed_letters_finds_the_file_of_single_signs(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Aufträge.csv")
    (tmp_path / "März").mkdir()
    (tmp_path / "März" / decomposed).write_bytes(b"id\n")
    files = FolderFiles(tmp_path, ProblemLog())

    content = files.read("März/Aufträge.csv")

    assert content is not None
    assert content.path == f"März/{decomposed}"
    assert files.exists("März/Aufträge.csv")
    assert files.matching("März/Auftr*ge.csv") == [f"März/{decomposed}"]
    assert files.matching("März/Aufträ*.csv") == [f"März/{decomposed}"]
    assert not files.exists("März/Auftrage.csv")
