"""`erase` finds a person wherever files, reports and history hold it, and takes away only what a build makes again."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.traces import Search
from tests.support.builds import build, report, repository_with_clients
from tests.support.repositories import commit, run_git

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LATER = "2026-04-20T12:00:00+02:00"


def _erase(root: Path, *words: str) -> Result:
    places = ["--data", str(root / "data"), "--output", str(root / "reports")]
    return CliRunner().invoke(main, ["erase", *words, *places, "--language", "en"])


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client with K1 (Anna, of whom a contact and a note tell more) and K2 (Bernd), reported and published."""
    root = repository_with_clients(tmp_path_factory.mktemp("erase"), "acme")
    folder = root / "data" / "acme"
    (folder / "contacts.csv").write_text("customer_id,name,email\nK1,Zoë Weiß,zoe@example.org\n", encoding="utf-8")
    (folder / "notes").mkdir()
    (folder / "notes/2026-Q1.md").write_text("We met Zoë\nWeiß twice.\n", encoding="utf-8")
    commit(root, date=LATER)
    assert build(root, formats="html,pdf,json,actions").exit_code == 0
    run_git(root, "tag", "--annotate", "meeting", "--message", "zoe@example.org was there")
    (root / "README").write_text("nothing of anybody", encoding="utf-8")
    run_git(root, "add", "README")
    run_git(root, "commit", "--quiet", "--message", "Later")
    return root


def test_files_reports_commits_and_tags_that_hold_the_person_are_listed(repository: Path) -> None:
    done = _erase(repository, "K1", "--dry-run")

    lines = done.stdout.splitlines()
    assert done.exit_code == 0, done.output
    assert lines[0] == "Looked for, as whole words: K1, Anna, Zoë Weiß, zoe@example.org"
    found = "\n".join(lines)
    assert f"{repository}/data/acme/customers.csv: 2 times, lines 2\n" in found
    assert f"{repository}/data/acme/notes/2026-Q1.md: once, lines 1\n" in found
    assert f"{repository}/data/acme/contacts.csv: 3 times, lines 2\n" in found
    pdf = next(line for line in lines if ".pdf: " in line)
    assert "p. 1" in pdf
    assert "Commits in" in found
    commits = [line for line in lines if "data/acme/customers.csv" in line and line.startswith("  ")]
    assert len(commits) == 1 + 3  # the file itself, and every commit since it came
    assert "  meeting" in lines
    assert "3 commits get another hash, branches and tags to be set anew: 2" in found
    assert report(repository, "acme").is_dir()


def test_the_person_is_found_by_name_and_by_address(repository: Path) -> None:
    assert _erase(repository, "anna", "--dry-run").stdout == _erase(repository, "K1", "--dry-run").stdout


def test_of_whoever_is_not_in_the_data_the_words_given_are_looked_for(repository: Path) -> None:
    done = _erase(repository, "K9", "--also", "Weiß", "--dry-run")

    assert "K9" in done.stderr
    assert "notes/2026-Q1.md: once, lines 2" in done.stdout
    assert "customers.csv" not in done.stdout


def test_nothing_is_found_of_nobody(repository: Path) -> None:
    done = _erase(repository, "K9")

    assert "Nothing here holds the person." in done.stdout
    assert report(repository, "acme").is_dir()
    assert _erase(repository, " ").exit_code == 2


def test_reports_are_removed_and_what_somebody_wrote_into_them_stays(repository: Path) -> None:
    folder = report(repository, "acme")
    (folder / "remarks.txt").write_text("of mine", encoding="utf-8")
    (folder / "actions.csv").write_text("Anna was called", encoding="utf-8")

    done = _erase(repository, "K1")

    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in folder.iterdir()) == ["actions.csv", "remarks.txt"]
    assert f"{folder}/actions.csv was changed by somebody" in done.stderr
    assert (repository / "data/acme/customers.csv").is_file()


def test_an_id_of_digits_is_a_cell_and_no_part_of_a_number() -> None:
    search = Search(("132",), ("Anna Berg",))

    assert [trace.lines for trace in search.in_file("a.csv", b'id;amount\n7;1132\n132;5\n"132";6\n')] == [(3, 4)]
    assert search.in_file("a.md", b"We sold 132 pieces") == ()
    assert search.in_file("a.md", b"ANNA\n  BERG")[0].count == 1
    assert search.in_file("a.csv", b"Anna Bergmann") == ()


def test_spreadsheets_are_looked_into_and_what_cannot_be_is_said() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", '<c t="s"><v>132</v></c><c><v>133</v></c>')
        archive.writestr("xl/sharedStrings.xml", "<t>M&#252;ller &amp; Co</t>")

    assert Search(("132",), ()).in_file("a.xlsx", packed.getvalue()) == ()
    assert Search(("133",), ()).in_file("a.xlsx", packed.getvalue())[0].inside == "xl/worksheets/sheet1.xml"
    assert Search((), ("müller & co",)).in_file("a.xlsx", packed.getvalue())[0].inside == "xl/sharedStrings.xml"
    with pytest.raises(UnreadableFileError):
        Search(("K1",), ()).in_file("a.xls", b"\xd0\xcf\x11\xe0\0\0")
