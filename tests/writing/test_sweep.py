"""What a killed build left behind is gone after the next command that looks, even if it builds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.writing.files import sweep
from tests.support.builds import build, report, repository_with_clients

if TYPE_CHECKING:
    from pathlib import Path

DIGITS = "0123456789abcdef"


def _leave(folder: Path) -> list[Path]:
    left = [folder / f".2026-Q1.{DIGITS}.tmp", folder / f".2025-Q4.{DIGITS}.old"]
    for path in left:
        path.mkdir(parents=True)
        (path / "half").write_text("x", encoding="utf-8")
    return left


def test_a_build_that_has_nothing_to_do_sweeps(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "acme")
    assert build(root).exit_code == 0
    folder = report(root, "acme").parent
    left = _leave(folder)
    (root / "reports" / f".index.html.{DIGITS}.tmp").write_text("half", encoding="utf-8")

    assert build(root).exit_code == 0

    assert [path.exists() for path in left] == [False, False]
    assert (folder / "2025-Q4" / "half").is_file()  # the whole report that was parked is back in its place
    assert not list((root / "reports").glob(".index*"))


def test_folders_that_are_not_there_or_are_links_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    left = _leave(tmp_path / "elsewhere")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "acme").symlink_to(tmp_path / "elsewhere")

    sweep(tmp_path / "reports", ("acme", "other"))

    assert all(path.exists() for path in left)
