"""No sign of a file, a folder or a name moves a terminal or gives a pipeline's runner an order."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.commands.annotations import Told, github_annotations
from retention_reports.commands.listing import command
from retention_reports.commands.printing import harmless
from retention_reports.errors import Location, Problem
from retention_reports.messages import say

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Zoë’s 1.000\u00a0€\tok\nnext", "Zoë’s 1.000\u00a0€\tok\nnext"),
        ("\x1b[2Jgone", "\\u001b[2Jgone"),
        ("abc\u202ecba", "abc\\u202ecba"),
        ("a\r\u2028b\udcff", "a\\u000d\\u2028b\\udcff"),
        ("x\n::error::y", "x\n\\u003a:error::y"),
        ("  ##[set-output]z", "  \\u0023#[set-output]z"),
        ("a ::error:: within", "a ::error:: within"),
    ],
)
def test_by_hand(text: str, printed: str) -> None:
    assert harmless(text) == printed


@given(st.text())
def test_nothing_is_left_that_gives_orders(text: str) -> None:
    shown = harmless(text)

    assert all(unicodedata.category(sign) not in ("Cc", "Cf", "Cs") or sign in "\n\t" for sign in shown)
    assert not any(line.lstrip(" \t").startswith(("::", "##[")) for line in shown.split("\n"))


def test_a_folder_that_is_no_client_is_named_without_its_orders(tmp_path: Path) -> None:
    (tmp_path / "x\x1b[31m").mkdir()
    (tmp_path / "x\x1b[31m" / "client.toml").write_text("")
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "client.toml").write_text("")
    result = CliRunner().invoke(command, ["--data", str(tmp_path)])

    assert "\x1b" not in result.output
    assert "\\u001b[31m" in result.output


def test_an_annotation_stays_one_command() -> None:
    problem = Problem(
        Location("a\n::error::b\u202e.csv", 2), "no header", say("build.bug", traceback="x\r\n::error::y")
    )

    (line,) = github_annotations([Told("a", [problem], "en", None)]).splitlines()

    assert line.startswith("::error file=a%0A%3A%3Aerror%3A%3Ab\\u202e.csv,")
