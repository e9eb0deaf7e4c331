"""What the user laid into a report's folder survives the next build."""

import os
import sys
from pathlib import Path

import pytest

from retention_reports.writing.files import replace_files
from retention_reports.writing.output_error import OutputError

OLD = {"report.html": b"old", "actions/a.csv": b"old list", "actions/gone.csv": b"old list"}
NEW = {"report.html": b"new", "actions/a.csv": b"new list"}


def build(output: Path, files: dict[str, bytes]) -> Path:
    return replace_files(output, "client/2026-Q3", files)


def shown(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".sha256sums"
    }


def test_a_users_files_are_carried_over_and_ours_are_not(tmp_path: Path) -> None:
    target = build(tmp_path, OLD)
    (target / "minutes.docx").write_bytes(b"mine")
    (target / "photos").mkdir()
    (target / "photos/meeting.jpg").write_bytes(b"mine too")

    for _ in range(3):
        build(tmp_path, NEW)

    assert shown(target) == NEW | {"minutes.docx": b"mine", "photos/meeting.jpg": b"mine too"}


def test_an_edited_list_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    target = build(tmp_path, OLD)
    (target / "actions/a.csv").write_bytes(b"old list, called Anna")
    (target / "actions/gone.csv").write_bytes(b"old list, called Bernd")

    build(tmp_path, NEW)

    first = NEW | {"actions/a.edited.csv": b"old list, called Anna", "actions/gone.csv": b"old list, called Bernd"}
    assert shown(target) == first
    (target / "actions/a.csv").write_bytes(b"new list, called Clara")
    build(tmp_path, OLD | {"actions/gone.csv": b"back"})
    assert shown(target) == OLD | {
        "actions/gone.csv": b"back",
        "actions/gone.edited.csv": b"old list, called Bernd",
        "actions/a.edited.csv": b"old list, called Anna",
        "actions/a.edited-2.csv": b"new list, called Clara",
    }


def test_a_folder_that_we_did_not_write_loses_nothing(tmp_path: Path) -> None:
    target = tmp_path / "client/2026-Q3"
    target.mkdir(parents=True)
    (target / "report.html").write_bytes(b"by hand")
    (target / "actions").mkdir()
    (target / "actions/a.csv").write_bytes(NEW["actions/a.csv"])

    build(tmp_path, NEW)

    assert shown(target) == NEW | {"report.edited.html": b"by hand"}


def test_a_forged_list_of_checksums_cannot_take_a_changed_file(tmp_path: Path) -> None:
    target = build(tmp_path, OLD)
    (target / "mine.txt").write_bytes(b"mine")
    (target / ".sha256sums").write_bytes(b"\xff\n" + b"0" * 64 + b"  mine.txt\n" + b"0" * 64 + b"  ../../x\n")

    build(tmp_path, NEW)

    assert shown(target)["mine.txt"] == b"mine"


@pytest.mark.parametrize("theirs", ["report.html/mine.txt", "actions"])
def test_a_users_file_in_the_way_of_the_report_is_told_and_kept(tmp_path: Path, theirs: str) -> None:
    target = tmp_path / "client/2026-Q3"
    (target / theirs).parent.mkdir(parents=True)
    (target / theirs).write_bytes(b"mine")

    with pytest.raises(OutputError, match="in the way"):
        build(tmp_path, NEW)

    assert shown(target) == {theirs: b"mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_carried_over_as_links(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(b"x")
    target = build(tmp_path / "reports", OLD)
    (target / "folder").symlink_to(outside, target_is_directory=True)
    (target / "nowhere").symlink_to("missing")
    (target / "report.html").unlink()
    (target / "report.html").symlink_to(outside / "file")

    build(tmp_path / "reports", NEW)

    assert (target / "folder").readlink() == outside
    assert str((target / "nowhere").readlink()) == "missing"
    assert (target / "report.edited.html").is_symlink()
    assert (target / "report.html").read_bytes() == b"new"
    assert (outside / "file").read_bytes() == b"x"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
def test_a_pipe_does_not_stop_the_build(tmp_path: Path) -> None:
    target = build(tmp_path, OLD)
    (target / "report.html").unlink()
    os.mkfifo(target / "report.html")

    build(tmp_path, NEW)

    assert (target / "report.html").read_bytes() == b"new"
    assert (target / "report.edited.html").is_fifo()


def test_where_files_cannot_have_two_names_they_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = build(tmp_path, OLD)
    (target / "minutes.docx").write_bytes(b"mine")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    build(tmp_path, NEW)

    assert shown(target) == NEW | {"minutes.docx": b"mine"}
