"""The key of codes is kept outside of every repository, and never guessed, shown or lost in silence."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import RetentionReportsError
from retention_reports.writing.secret_key import FILE, VARIABLE, SecretKey, pseudonym_key

if TYPE_CHECKING:
    from pathlib import Path


def test_a_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "settings"
    first = pseudonym_key({}, folder)
    again = pseudonym_key({}, folder)

    assert (first.is_new, again.is_new, first.key) == (True, False, again.key)
    assert len(first.key) == 32
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert pseudonym_key({}, tmp_path / "other").key != first.key


def test_the_environment_goes_first(tmp_path: Path) -> None:
    assert pseudonym_key({VARIABLE: "ab" * 16}, tmp_path) == SecretKey(b"\xab" * 16)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["ab" * 15, "none at all", "xy" * 32])
def test_what_is_no_key_is_refused(given: str, tmp_path: Path) -> None:
    with pytest.raises(RetentionReportsError, match="is no key"):
        pseudonym_key({VARIABLE: given}, tmp_path)
    (tmp_path / FILE).write_text(given)
    with pytest.raises(RetentionReportsError, match="holds no key"):
        pseudonym_key({}, tmp_path)


def test_none_is_made_in_a_pipeline_that_forgets_it(tmp_path: Path) -> None:
    with pytest.raises(RetentionReportsError, match="give the pipeline a secret"):
        pseudonym_key({"CI": "true"}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_can_be_neither_read_nor_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(RetentionReportsError, match=r"cannot be read|can be kept"):
        pseudonym_key({}, tmp_path / "taken")
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(RetentionReportsError, match="cannot be read"):
        pseudonym_key({}, tmp_path)


def test_no_trace_shows_it() -> None:
    assert "ab" not in repr(SecretKey(b"ab" * 16))
