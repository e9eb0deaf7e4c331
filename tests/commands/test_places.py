"""Names that no system takes, and files that never end, are refused before anything is done."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports.commands import answers, build, listing

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_that_is_too_long_is_wrong_use(tmp_path: Path) -> None:
    name = str(tmp_path / ("x" * 256))
    for command, option in ((build.command, "--output"), (listing.command, "--data")):
        result = CliRunner().invoke(command, [option, name])

        assert result.exit_code == 2
        assert "the folder cannot have this name" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_no_returned_form(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "returned.pdf")

    result = CliRunner().invoke(answers.command, ["client", str(tmp_path / "returned.pdf"), "--data", str(tmp_path)])

    assert result.exit_code == 2
    assert "is not a regular file" in result.stderr
