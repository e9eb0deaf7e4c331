"""A bug with one client is told with its traceback, and the other clients are served all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports import pipeline
from retention_reports.commands import check, listing
from retention_reports.serving import rebuilding

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.pipeline import LoadedClient

_LOAD = pipeline.load_client


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "client.toml").write_text('name = "Shop"\nlanguage = "en"\ncurrency = "EUR"\n')
        (folder / "customers.csv").write_text("customer_id\nK1\n")
        (folder / "orders.csv").write_text("order_id,customer_id,ordered_on,amount\nB1,K1,2026-05-04,10\n")
    return tmp_path


def _failing(path: Path, **_: object) -> LoadedClient:
    if path.name == "first":
        message = "a bug"
        raise ZeroDivisionError(message)
    return _LOAD(path)


@pytest.mark.parametrize("module", [check, listing])
def test_the_others_are_still_told(module: object, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_client", _failing)

    result = CliRunner().invoke(module.command, ["--data", str(data)])  # type: ignore[attr-defined]

    assert result.exit_code == 1
    assert "first: Traceback" in result.stderr
    assert "ZeroDivisionError: a bug" in result.stderr
    assert re.search(r"^second\b", result.stdout, re.MULTILINE)


def test_serving_shows_the_bug_and_goes_on(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Page:
        problems = ""
        report = ""

        def show_problems(self, text: str) -> None:
            self.problems = text

        def show_report(self, text: str) -> None:
            self.report = text

    page = Page()
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "load_client", _failing)
        rebuilding.rebuild(page, data / "first", None, "en")  # type: ignore[arg-type]
    assert "ZeroDivisionError: a bug" in page.problems

    page.problems = ""
    rebuilding.rebuild(page, data / "first", None, "en")  # type: ignore[arg-type]
    assert "Traceback" not in page.problems
    assert page.problems or page.report
