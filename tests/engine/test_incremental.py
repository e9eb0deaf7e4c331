"""What has not changed is not built again, and what has changed always is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.engine import build_key, client_job
from retention_reports.engine.build_key import Options, program_digest, read_inputs
from retention_reports.engine.client_job import build_client
from retention_reports.engine.planning import jobs_now
from retention_reports.reading.git import Version
from tests.support.builds import (
    AFTER_THE_QUARTER,
    ORDERS,
    build,
    figures,
    moments,
    report,
    repository_with_clients,
    write_named_client,
)
from tests.support.repositories import commit, run_git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
PROJECT = Path(__file__).parents[2]
MARCH = "order_id,customer_id,ordered_on,amount\n1,K1,2026-01-05,100.00\n2,K2,2026-03-30,99.99\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository_with_clients(tmp_path, "a", "b")


def test_an_unchanged_client_is_not_built_again_and_still_named(root: Path) -> None:
    first = build(root)
    before = moments(report(root, "a"))

    second = build(root)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert second.stdout == first.stdout
    assert moments(report(root, "a")) == before


def test_unchanged_clients_need_neither_pandas_nor_jinja(root: Path) -> None:
    assert build(root).exit_code == 0
    program = f"""
import sys
from retention_reports.cli import main
try:
    main(["build", "--format", "json", "--data", {str(root / "data")!r}, "--output", {str(root / "reports")!r}])
except SystemExit as end:
    print(end.code, [name for name in ("pandas", "jinja2", "pydantic") if name in sys.modules])
"""

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PROJECT)

    assert shown.stdout.splitlines()[-1] == "0 []"


def test_only_the_client_that_changed_is_built(root: Path) -> None:
    build(root)
    before = moments(report(root, "a")), moments(report(root, "b"))
    (root / "data/b/orders.csv").write_text(MARCH)

    build(root)

    assert moments(report(root, "a")) == before[0]
    assert moments(report(root, "b")) != before[1]
    assert figures(report(root, "b"))["pillars"]["revenue"]["total"] == 199.99


def test_a_commit_of_another_client_changes_nothing(root: Path) -> None:
    build(root)
    before = moments(report(root, "a"))
    (root / "data/b/orders.csv").write_text(MARCH)
    commit(root, date=AFTER_THE_QUARTER)

    build(root)

    assert moments(report(root, "a")) == before


def test_committing_what_was_built_names_the_commit(root: Path) -> None:
    (root / "data/b/orders.csv").write_text(MARCH)
    build(root)
    assert figures(report(root, "b"))["data"]["state"] == "dirty"
    head = commit(root, date=AFTER_THE_QUARTER)

    build(root)

    assert figures(report(root, "b"))["data"]["state"] == "clean"
    assert figures(report(root, "b"))["data"]["commit"] == head


def test_force_builds_again(root: Path) -> None:
    build(root)
    before = moments(report(root, "a"))

    build(root, "--force")

    assert moments(report(root, "a")) != before


def drop_file(folder: Path) -> None:
    (folder / "figures.json").unlink()


def edit_file(folder: Path) -> None:
    (folder / "figures.json").write_text("{}")


def drop_list(folder: Path) -> None:
    (folder / ".sha256sums").unlink()


def spoil_record(folder: Path) -> None:
    (folder / ".build.json").write_text("[" * 100_000)


def drop_report(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize("spoil", [drop_file, edit_file, drop_list, spoil_record, drop_report])
def test_a_report_that_is_no_longer_whole_is_built_again(root: Path, spoil: Callable[[Path], None]) -> None:
    build(root, "a")
    whole = (report(root, "a") / "figures.json").read_bytes()
    spoil(report(root, "a"))

    build(root, "a")

    assert (report(root, "a") / "figures.json").read_bytes() == whole


def test_remarks_in_a_list_to_work_with_are_left_where_they_are(root: Path) -> None:
    build(root, "a", formats="json,actions")
    remarks = report(root, "a") / "actions.csv"
    remarks.write_text("called Anna\n")

    build(root, "a", formats="json,actions")
    assert remarks.read_text() == "called Anna\n"
    remarks.unlink()
    build(root, "a", formats="json,actions")
    assert remarks.is_file()


def test_a_version_for_wider_circulation_is_kept_beside_the_other(root: Path) -> None:
    build(root, "a")
    before = moments(report(root, "a"))
    build(root, "a", "--pseudonymise")
    coded = moments(report(root, "a-pseudonymised"))

    build(root, "a", "--pseudonymise")
    build(root, "a")

    assert (moments(report(root, "a")), moments(report(root, "a-pseudonymised"))) == (before, coded)


def test_other_formats_and_other_quarters_are_built(root: Path) -> None:
    build(root, "a")

    build(root, "a", formats="json,html")
    assert (report(root, "a") / "a-2026-Q1.html").is_file()
    again = build(root, "a", "--quarter", "all")
    assert str(report(root, "a")) in again.stdout


def test_a_quarter_that_the_client_does_not_have_is_wrong_use(root: Path) -> None:
    build(root, "a")

    assert build(root, "a", "--quarter", "2019-Q1").exit_code == 2


def test_a_client_with_errors_keeps_its_old_report_and_fails_alone(root: Path) -> None:
    build(root)
    old = (report(root, "a") / "figures.json").read_bytes()
    (root / "data/a/orders.csv").write_text(ORDERS + "3,K9,31.02.2026,1\n")

    done = build(root)

    assert done.exit_code == 1
    assert "orders.csv:4:ordered_on" in done.stderr
    assert (report(root, "a") / "figures.json").read_bytes() == old
    assert str(report(root, "b")) in done.stdout


def test_outside_git_reports_are_kept_too(tmp_path: Path) -> None:
    write_named_client(tmp_path / "data", "a")
    build(tmp_path)
    before = moments(report(tmp_path, "a"))

    build(tmp_path)

    assert moments(report(tmp_path, "a")) == before


NAMES = st.sampled_from(["orders.csv", "client.toml", "notes/2026-Q1.md", "sales_check/answers.csv", "exports/x y.csv"])
CONTENTS = st.binary(max_size=20)
FOLDERS = st.dictionaries(NAMES, CONTENTS, max_size=4)


def key(files: dict[str, bytes], version: Version = Version(), formats: tuple[str, ...] = ("json",)) -> str:  # noqa: B008 -- immutable
    with TemporaryDirectory() as place:
        folder = Path(place) / "client"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        return read_inputs(folder, version, {}, Options(None, formats)).key


@given(one=FOLDERS, other=FOLDERS)
def test_two_folders_have_one_key_only_if_they_hold_the_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (key(one) == key(other)) == (one == other)


@given(files=FOLDERS.filter(bool), data=st.data())
def test_any_edit_of_any_file_changes_the_key(files: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    content = files[name]
    place = data.draw(st.integers(0, len(content)))
    edited = content[:place] + data.draw(st.binary(min_size=1, max_size=3)) + content[place:]

    assert key(files) != key(files | {name: edited})


def test_version_publications_and_formats_change_the_key(tmp_path: Path) -> None:
    options = Options(None, ("json",))
    keys = {
        read_inputs(tmp_path, Version(), {}, options).key,
        read_inputs(tmp_path, Version("1" * 40), {}, options).key,
        read_inputs(tmp_path, Version(tree="1" * 40), {}, options).key,
        read_inputs(tmp_path, Version(reason="shallow"), {}, options).key,
        read_inputs(tmp_path, Version(), {"a/2026-Q1": "1" * 40}, options).key,
        read_inputs(tmp_path, Version(), {}, Options(None, ("html", "json"))).key,
    }

    assert len(keys) == 6


@pytest.mark.parametrize(
    "name", ["templates/wording/de/report.toml", "templates/fonts/Inter-Regular.otf", "retention_reports/errors.py"]
)
def test_any_edit_of_the_program_changes_its_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for folder in ("retention_reports", "templates"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(build_key, "__file__", str(tmp_path / "retention_reports/engine/build_key.py"))
    monkeypatch.setattr(build_key, "templates_folder", lambda: tmp_path / "templates")
    before = program_digest.__wrapped__()

    with (tmp_path / name).open("ab") as file:
        file.write(b"\n")

    assert program_digest.__wrapped__() != before


def test_another_version_of_a_package_changes_the_programs_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "thing-1.0.dist-info").mkdir()
    before = program_digest.__wrapped__()

    (tmp_path / "thing-1.0.dist-info").rename(tmp_path / "thing-1.1.dist-info")

    assert program_digest.__wrapped__() != before


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_elsewhere_changes_the_key(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    (tmp_path / "orders.csv").symlink_to("x")
    before = read_inputs(tmp_path, Version(), {}, Options(None, ())).key

    (tmp_path / "orders.csv").unlink()
    (tmp_path / "orders.csv").symlink_to("y")

    assert read_inputs(tmp_path, Version(), {}, Options(None, ())).key != before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders there")
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "orders.csv")

    assert read_inputs(tmp_path, Version(), {}, Options(None, ())).files["orders.csv"].startswith("mode")


def test_files_that_change_while_they_are_read_leave_no_key(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = jobs_now(root / "data", ["a"], Options(None, ("json",)))[0]
    assert build_client(job).reports[0].record.key == job.inputs().key
    read = build_key.read_inputs

    def then_edited(*arguments: object) -> build_key.Inputs:
        found = read(*arguments)  # type: ignore[arg-type]
        (root / "data/a/orders.csv").write_text(MARCH)
        return found

    monkeypatch.setattr(client_job, "read_inputs", then_edited)

    assert build_client(job).reports[0].record.key == ""


def test_a_new_publication_builds_the_client_again(root: Path) -> None:
    build(root)
    before = moments(report(root, "a")), moments(report(root, "b"))
    run_git(root, "tag", "--annotate", "--message", "retention-reports 1.0.0", "report/a/2026-Q1")

    build(root)

    assert moments(report(root, "a")) != before[0]
    assert moments(report(root, "b")) == before[1]
