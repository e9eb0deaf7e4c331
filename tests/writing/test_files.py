"""Reports are replaced as a whole, and only where they belong."""

import errno
import hashlib
import os
import sys
from pathlib import Path

import pytest

from retention_reports.writing import exchange, files
from retention_reports.writing.files import replace_file, replace_files
from retention_reports.writing.leftovers import clear_leftovers
from retention_reports.writing.output_error import OutputError

OLD = {"report.html": b"old page", "figures.json": b"{}", "actions/a.csv": b"old list"}
NEW = {"report.html": b"new page", "report.pdf": b"%PDF", "actions/b.csv": b"new list"}
TEMPORARY = ".2026-Q3.0123456789abcdef.tmp"
PARKED = ".2026-Q3.0123456789abcdef.old"


def held(folder: Path) -> dict[str, bytes]:
    """Return all files, the hidden ones and the list of checksums included."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def shown(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in held(folder).items() if name != ".sha256sums"}


@pytest.fixture(params=["at once", "in steps"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "in steps":
        monkeypatch.setattr(exchange, "_exchange_at_once", lambda _new, _old: False)


@pytest.mark.usefixtures("_both_ways")
def test_a_report_is_written_then_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = replace_files(tmp_path / "reports", "client/2026-Q3", OLD)

    assert target == (tmp_path / "reports/client/2026-Q3").resolve()
    assert shown(target) == OLD
    replace_files(tmp_path / "reports", "client/2026-Q3", NEW)
    assert shown(target) == NEW
    assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["client"]


def test_other_quarters_stay(tmp_path: Path) -> None:
    replace_files(tmp_path, "client/2026-Q2", OLD)
    replace_files(tmp_path, "client/2026-Q3", NEW)

    assert shown(tmp_path / "client/2026-Q2") == OLD


def test_the_checksums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    target = replace_files(tmp_path, "client/2026-Q3", {"b.txt": b"two", "a.txt": b"one"})

    one, two = (hashlib.sha256(content).hexdigest() for content in (b"one", b"two"))
    assert (target / ".sha256sums").read_text("ascii") == f"{one}  a.txt\n{two}  b.txt\n"


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_files_and_folders_have_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual/file").touch()

    target = replace_files(tmp_path, "client/2026-Q3", OLD)

    assert target.stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert (target / "report.html").stat().st_mode == (tmp_path / "usual/file").stat().st_mode


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks for what Linux has")
def test_linux_exchanges_folders_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    assert exchange._exchange_at_once(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a/b").exists()
    assert not exchange._exchange_at_once(tmp_path / "a", tmp_path / "missing")


def test_a_failure_between_the_steps_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = replace_files(tmp_path, "client/2026-Q3", OLD)
    monkeypatch.setattr(exchange, "_exchange_at_once", lambda _new, _old: False)
    rename = os.rename

    def refuse_to_move_in(source: Path, destination: Path) -> None:
        if Path(source).suffix == ".tmp":
            raise PermissionError(errno.EACCES, "in use", str(source))
        rename(source, destination)

    monkeypatch.setattr(os, "rename", refuse_to_move_in)
    with pytest.raises(OutputError, match="in use"):
        replace_files(tmp_path, "client/2026-Q3", NEW)

    assert shown(target) == OLD
    assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]


@pytest.mark.parametrize("failing_file", range(4))
def test_a_full_disk_leaves_the_old_report_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing_file: int
) -> None:
    target = replace_files(tmp_path, "client/2026-Q3", OLD)
    before = held(target)
    write = files._write
    written: list[Path] = []

    def fill_the_disk(path: Path, content: bytes) -> None:
        if len(written) == failing_file:
            path.write_bytes(content[:3])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        written.append(path)
        write(path, content)

    monkeypatch.setattr(files, "_write", fill_the_disk)
    with pytest.raises(OutputError, match="No space left on device"):
        replace_files(tmp_path, "client/2026-Q3", NEW)

    assert held(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_write_that_the_system_cuts_off_leaves_the_old_report(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 (missing on Windows)

    target = replace_files(tmp_path, "client/2026-Q3", OLD)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(OutputError) as caught:
            replace_files(tmp_path, "client/2026-Q3", NEW | {"report.pdf": bytes(20_000)})
        with pytest.raises(OutputError):
            replace_file(tmp_path, "index.html", bytes(20_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert caught.value.reason == os.strerror(errno.EFBIG)
    assert shown(target) == OLD
    assert [path.name for path in tmp_path.rglob("*") if path.suffix == ".tmp"] == []


def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("root may write everywhere, and Windows has no read-only folders")

    with pytest.raises(OutputError, match=os.strerror(errno.EACCES)):
        replace_files(tmp_path, "client/2026-Q3", NEW)


def test_a_read_only_file_system_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = replace_files(tmp_path, "client/2026-Q3", OLD)

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutputError, match="Read-only file system"):
        replace_files(tmp_path, "client/2026-Q3", NEW)

    monkeypatch.undo()
    assert shown(target) == OLD


@pytest.mark.parametrize("in_the_way", ["reports", "reports/client", "reports/client/2026-Q3"])
def test_a_file_where_a_folder_is_needed_is_told_and_kept(tmp_path: Path, in_the_way: str) -> None:
    path = tmp_path / in_the_way
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"mine")

    with pytest.raises(OutputError) as caught:
        replace_files(tmp_path / "reports", "client/2026-Q3", NEW)

    assert caught.value.path.name == path.name
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("link", ["client", "client/2026-Q3"])
def test_links_out_of_the_output_folder_are_not_followed(tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "report.html").write_bytes(b"not ours")
    path = tmp_path / "reports" / link
    path.parent.mkdir(parents=True)
    path.symlink_to(outside, target_is_directory=True)

    with pytest.raises(OutputError, match="is a link"):
        replace_files(tmp_path / "reports", "client/2026-Q3", NEW)

    assert held(outside) == {"report.html": b"not ours"}
    assert path.is_symlink()


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "reports").symlink_to(tmp_path / "disk", target_is_directory=True)

    replace_files(tmp_path / "reports", "client/2026-Q3", NEW)

    assert shown(tmp_path / "disk/client/2026-Q3") == NEW


@pytest.mark.parametrize("name", ["../x", "/etc/x", "client/../../x", "a\0"])
def test_unfit_names_write_nothing(tmp_path: Path, name: str) -> None:
    output = tmp_path / "reports"
    with pytest.raises(OutputError):
        replace_files(output, name, NEW)
    with pytest.raises(OutputError):
        replace_files(output, "client/2026-Q3", {name: b"x"})
    with pytest.raises(OutputError):
        replace_file(output, name, b"x")

    assert list(tmp_path.iterdir()) == []


def test_a_single_file_is_replaced_and_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"not ours")
    output = tmp_path / "reports"
    output.mkdir()
    (output / "index.html").symlink_to(tmp_path / "outside")

    assert replace_file(output, "index.html", b"one").read_bytes() == b"one"
    assert replace_file(output, "index.html", b"two").read_bytes() == b"two"
    assert (tmp_path / "outside").read_bytes() == b"not ours"
    assert [path.name for path in output.iterdir()] == ["index.html"]


def test_a_folder_in_a_single_files_place_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()

    with pytest.raises(OutputError):
        replace_file(tmp_path, "index.html", b"one")

    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def leave_behind(client: Path, name: str, content: dict[str, bytes]) -> Path:
    for path, text in content.items():
        (client / name / path).parent.mkdir(parents=True, exist_ok=True)
        (client / name / path).write_bytes(text)
    return client / name


def test_clearing_removes_what_killed_builds_left(tmp_path: Path) -> None:
    target = replace_files(tmp_path, "client/2026-Q3", OLD)
    temporary = leave_behind(target.parent, TEMPORARY, {"report.html": b"ha"})
    parked = leave_behind(target.parent, PARKED, {"report.html": b"outdated"})
    single = tmp_path / ".index.html.0123456789abcdef.tmp"
    single.write_bytes(b"ha")

    assert clear_leftovers(tmp_path) == (single,)
    assert clear_leftovers(target.parent) == (parked, temporary)
    assert shown(target) == OLD
    assert sorted(path.name for path in tmp_path.rglob(".*")) == [".sha256sums"]


def test_clearing_puts_a_parked_report_back_where_none_is(tmp_path: Path) -> None:
    target = replace_files(tmp_path, "client/2026-Q3", OLD)
    target.rename(target.with_name(PARKED))
    leave_behind(target.parent, TEMPORARY, {"report.html": b"ha"})

    clear_leftovers(target.parent)

    assert shown(target) == OLD
    assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]


def test_the_next_build_sweeps_its_clients_folder_itself(tmp_path: Path) -> None:
    target = replace_files(tmp_path, "client/2026-Q3", OLD)
    (target / "mine.txt").write_bytes(b"mine")
    target.rename(target.with_name(PARKED))

    replace_files(tmp_path, "client/2026-Q3", NEW)

    assert shown(target) == NEW | {"mine.txt": b"mine"}
    assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]


def test_clearing_touches_only_what_bears_our_pattern(tmp_path: Path) -> None:
    names = [
        ".2026-Q3.tmp",
        "2026-Q3.0123456789abcdef.tmp",
        ".x.0123456789ABCDEF.tmp",
        ".x.0123456789abcdef.bak",
        ".git",
    ]
    client = tmp_path / "client"
    for name in names:
        leave_behind(client, name, {"file": b"x"})
    deep = leave_behind(client, "deep", {f"{TEMPORARY}/file": b"x"})

    assert clear_leftovers(client) == ()
    assert sorted(path.name for path in client.iterdir()) == sorted([*names, deep.name])
    assert (deep / TEMPORARY).exists()


def test_clearing_removes_a_link_that_bears_our_pattern_and_not_what_it_leads_to(tmp_path: Path) -> None:
    outside = leave_behind(tmp_path, "outside", {"file": b"x"})
    output = tmp_path / "reports"
    output.mkdir()
    (output / TEMPORARY).symlink_to(outside, target_is_directory=True)

    clear_leftovers(output)

    assert list(output.iterdir()) == []
    assert held(outside) == {"file": b"x"}


def test_an_interruption_cleans_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = replace_files(tmp_path, "client/2026-Q3", OLD)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "exchange", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_files(tmp_path, "client/2026-Q3", NEW)

    assert shown(target) == OLD
    assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]
