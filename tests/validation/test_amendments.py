"""Words on decisions are read by form, and nothing in them is silently left out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.model.amendments import Amendment
from tests.support.folders import load, problems, write_client

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "notes/2026-Q1.toml"


def test_everything_said_of_a_decision_is_read(tmp_path: Path) -> None:
    text = (
        '# the last word\n[decisions."win_back"]\npin = true\ntitle = "Visit\\u200b  Bernd"\n'
        'owner = "Clara"\ndue_on = 2026-12-01\ntext = """Two\nlines."""\n\n[decisions."stop_measure:M1"]\ndrop = true\n'
    )
    folder = load(tmp_path, **{PLACE: text})

    said = folder.amendments["2026-Q1"]
    assert said.path == PLACE
    assert said.entries == (
        Amendment("win_back", 2, True, False, "Visit Bernd", "Clara", date(2026, 12, 1), "Two lines."),  # noqa: FBT003
        Amendment("stop_measure:M1", 10, drop=True),
    )
    assert PLACE in [file.path for file in folder.files]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[decisions.win_back]\npinn = true\n", "there is no such key (did you mean"),
        ("[decisons.win_back]\npin = true\n", "there is no such key"),
        ('[decisions.win_back]\npin = "yes"\n', "decisions.win_back.pin"),
        ('[decisions.win_back]\ntitle = "a\\u0007b"\n', "control character"),
        ('[decisions.win_back]\ntitle = " "\n', "decisions.win_back.title"),
        ("[decisions.win_back]\npin = true\ndrop = true\n", '"win_back" cannot be both pinned and dropped'),
        ("[decisions.win_back]\ndue_on = 2026-03-31\n", "2026-03-31 is not after the end of 2026-Q1"),
        ("[decisions.win_back\n", "is not TOML"),
        ("[decisions.win_back]\npin = true\n[decisions.win_back]\n", "stands twice"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, told: str) -> None:
    found = problems(tmp_path, **{PLACE: text})

    assert len(found) == 1
    assert found[0].startswith(PLACE)
    assert told in found[0]


def test_a_file_is_named_after_its_quarter(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, **{"notes/summer.toml": ""})

    assert found == 'notes/summer.toml: "summer" is not a quarter (name the file as 2026-Q3.toml)'


@pytest.mark.parametrize("command", [["check"], ["build", "--format", "json", "--output"]])
def test_check_and_build_find_an_id_that_there_is_not(tmp_path: Path, command: list[str]) -> None:
    write_client(tmp_path, **{PLACE: "\n[decisions.win_bak]\npin = true\n"})
    output = [str(tmp_path / "reports")] if command[-1] == "--output" else []
    quarter = ["--quarter", "2026-Q1"] if output else []
    result = CliRunner().invoke(main, [*command, *output, "--data", str(tmp_path), *quarter])

    assert result.exit_code == 1
    assert f'client/{PLACE}:2: there is no decision "win_bak" in this quarter' in result.output


def test_check_tells_of_a_quarter_before_the_first_purchase(tmp_path: Path) -> None:
    write_client(tmp_path, **{"notes/2019-Q1.toml": "[decisions.win_back]\npin = true\n"})
    result = CliRunner().invoke(main, ["check", "--data", str(tmp_path)])

    assert result.exit_code == 1
    assert "client/notes/2019-Q1.toml" in result.output
