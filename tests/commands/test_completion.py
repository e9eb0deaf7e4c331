"""What the shell offers while a command is typed, and what is said of a command that was mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from retention_reports.cli import main
from tests.support.folders import ORDERS, write_client

if TYPE_CHECKING:
    from pathlib import Path


def _offered(arguments: list[str], begun: str) -> list[str]:
    shell = ShellComplete(main, {}, "retention-reports", "_RETENTION_REPORTS_COMPLETE")
    return [item.value for item in shell.get_completions(arguments, begun)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    further = "3,K1,2026-05-05,10.00\n4,K2,2026-08-05,10.00\n"
    write_client(tmp_path, orders=ORDERS + further).rename(tmp_path / "acme")
    write_client(tmp_path).rename(tmp_path / "other")
    return tmp_path


def test_clients_are_offered(data: Path) -> None:
    assert _offered(["build", "--data", str(data)], "") == ["acme", "other"]
    assert _offered(["check", "--data", str(data)], "ac") == ["acme"]
    assert _offered(["build", "--data", str(data / "nothing")], "") == []


def test_quarters_of_the_client_are_offered_the_newest_first(data: Path) -> None:
    offered = _offered(["build", "--data", str(data), "acme", "--quarter"], "2026")

    assert offered[-2:] == ["2026-Q2", "2026-Q1"]
    assert _offered(["build", "--data", str(data), "--quarter"], "") == []


def test_a_mistyped_command_is_told_what_it_may_mean() -> None:
    done = CliRunner().invoke(main, ["buld"])

    assert done.exit_code == 2
    assert "No such command 'buld'. Did you mean 'build'?" in done.output
