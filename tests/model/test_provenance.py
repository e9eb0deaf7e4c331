"""The fingerprint and the state that a report names as its data."""

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports import __version__
from retention_reports.model.folder import FileRead
from retention_reports.model.provenance import DataState, fingerprint, provenance_of

ORDERS = FileRead("orders.csv", "aa", 10)
CUSTOMERS = FileRead("customers.csv", "bb", 20)
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_the_fingerprint_is_that_of_sha256sum_over_the_sorted_list() -> None:
    # printf 'customers.csv\0bb\norders.csv\0aa\n' | sha256sum
    assert fingerprint([ORDERS, CUSTOMERS]) == "4e5dae14b2fcd547ce988419aa10164a733b3e1c1d2792242d7c5cbb7bf0b93e"


@given(st.permutations([ORDERS, CUSTOMERS, FileRead("notes/2026-Q3.md", "cc", 1)]))
def test_the_order_of_reading_does_not_change_the_fingerprint(files: list[FileRead]) -> None:
    assert fingerprint(files) == fingerprint(sorted(files, key=lambda file: file.path))


def test_a_changed_byte_a_new_name_or_a_missing_file_changes_the_fingerprint() -> None:
    variants = [
        [ORDERS],
        [FileRead("orders.csv", "ab", 10)],
        [FileRead("Orders.csv", "aa", 10)],
        [ORDERS, CUSTOMERS],
        [],
    ]

    assert len({fingerprint(files) for files in variants}) == len(variants)


def test_an_umlaut_in_two_spellings_is_the_same_path() -> None:
    assert fingerprint([FileRead("Auftr\u00e4ge.csv", "aa", 1)]) == fingerprint(
        [FileRead("Auftra\u0308ge.csv", "aa", 1)]
    )


@pytest.mark.parametrize("reason", ["not_a_repository", "no_commits", "untracked"])
def test_a_folder_that_git_holds_no_version_of_is_unversioned(reason: str) -> None:
    assert provenance_of([ORDERS], reason=reason).state is DataState.UNVERSIONED


@pytest.mark.parametrize("reason", ["shallow", "git_missing", "git_failed"])
def test_what_this_copy_cannot_prove_is_unknown(reason: str) -> None:
    assert provenance_of([ORDERS], changed=["orders.csv"], reason=reason).state is DataState.UNKNOWN


def test_files_as_committed_are_clean_and_others_dirty() -> None:
    now = datetime(2026, 9, 30, 12, tzinfo=UTC)

    assert provenance_of([ORDERS], commit=COMMIT, committed_at=now).state is DataState.CLEAN
    assert provenance_of([ORDERS], commit=COMMIT, committed_at=now, changed=["orders.csv"]).state is DataState.DIRTY


def test_the_day_of_the_commit_is_the_committers_own() -> None:
    late_evening = datetime(2026, 9, 30, 23, 30, tzinfo=timezone(timedelta(hours=-7)))

    found = provenance_of([ORDERS], commit=COMMIT, committed_at=late_evening)

    assert found.committed_on == date(2026, 9, 30)
    assert found.commit_short == "0123456789ab"


def test_without_a_commit_there_is_neither_day_nor_short_form() -> None:
    found = provenance_of([ORDERS], reason="not_a_repository")

    assert (found.commit_short, found.committed_on) == (None, None)


def test_the_version_named_in_reports_is_that_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == __version__ == provenance_of([]).tool_version
