"""The page over all reports, and `list`: every client's key figures side by side, whatever lies in the folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.index import INDEX_FILE, index_view, write_index
from tests.support.folders import write_client

if TYPE_CHECKING:
    from pathlib import Path

DATA = {"client_name": "Acme & Söhne", "language": "de", "currency": "EUR", "warnings": 1}
FIGURES = {
    "data": DATA,
    "pillars": {
        "bridge": {"closing": 1212},
        "revenue": {"total": 947864.15},
        "newest_order": "2026-09-30",
        "retention_rate_12m_k": 153,
        "retention_rate_12m_n": 192,
        "history": [{"revenue": {"total": amount}} for amount in (100.0, 300.5, None, 200.0)],
    },
    "lost_customers": {"lost_12m": {"revenue_year": 5556.0}},
    "recommendations": {"decisions": [{}, {}, {}]},
}


def _report(output: Path, client: str, quarter: str, figures: object = FIGURES) -> None:
    folder = output / client / quarter
    folder.mkdir(parents=True)
    (folder / f"{client}-{quarter}.html").write_text("report", encoding="utf-8")
    (folder / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


def _texts(output: Path) -> dict[str, list[str]]:
    view = index_view(output)
    return {client.name: [cell.text.replace("\u00a0", " ") for cell in client.cells] for client in view.clients}


def test_key_figures_stand_side_by_side_in_the_clients_language(tmp_path: Path) -> None:
    _report(tmp_path, "acme", "2026-Q3")
    _report(tmp_path, "acme", "2026-Q2", {})

    texts = _texts(tmp_path)["Acme & Söhne"]

    assert texts == [
        "2026-Q3", "1.212", "948 T€", "–", "80 % (153/192)", "5.556 €", "3", "1 Warnung", "30.09.2026",
    ]  # fmt: skip
    view = index_view(tmp_path)
    assert (view.language, view.title) == ("de", "Kundenberichte")
    assert [entry.quarter for entry in view.clients[0].entries] == ["2026-Q3", "2026-Q2"]
    assert "Umsatz der letzten 4 Quartale" in view.clients[0].cells[3].svg


def test_clients_of_two_languages_share_a_page_in_english(tmp_path: Path) -> None:
    _report(tmp_path, "acme", "2026-Q3")
    data = {**DATA, "client_name": "Bolt", "language": "en", "currency": "GBP"}
    _report(tmp_path, "bolt", "2026-Q3", {**FIGURES, "data": data})

    view = index_view(tmp_path)

    assert view.language == "en"
    assert [client.cells[2].text for client in view.clients] == ["€948k", "£948k"]


def test_versions_with_codes_for_names_stand_apart(tmp_path: Path) -> None:
    _report(tmp_path, "acme", "2026-Q3")
    _report(tmp_path, "acme-pseudonymised", "2026-Q3")
    write_index(tmp_path)

    page = (tmp_path / INDEX_FILE).read_text(encoding="utf-8")
    before, _, after = page.partition("Fassungen mit Codes statt Namen")

    assert 'href="acme/2026-Q3/acme-2026-Q3.html"' in before
    assert "acme-pseudonymised" not in before
    assert 'href="acme-pseudonymised/2026-Q3/acme-pseudonymised-2026-Q3.html"' in after
    assert "Acme &amp; Söhne" in page


@pytest.mark.parametrize(
    "figures",
    [
        None,
        [],
        {"data": 5, "pillars": []},
        {"data": {"client_name": 7, "language": "xx", "currency": None, "warnings": True}},
        {"pillars": {"history": {}, "retention_rate_12m_k": 5, "retention_rate_12m_n": 2, "newest_order": "soon"}},
    ],
)
def test_figures_that_somebody_has_edited_leave_dashes(tmp_path: Path, figures: object) -> None:
    _report(tmp_path, "acme", "2026-Q3", figures)
    write_index(tmp_path)

    assert _texts(tmp_path)["acme"][1:] == ["–"] * 8


def test_what_is_no_report_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "acme" / "notes").mkdir(parents=True)
    (tmp_path / "acme" / "2026-Q3").mkdir()
    write_index(tmp_path)

    assert index_view(tmp_path).clients == ()
    assert "<table" not in (tmp_path / INDEX_FILE).read_text(encoding="utf-8")


def test_list_shows_them_in_the_terminal(tmp_path: Path) -> None:
    folder = write_client(tmp_path, 'name = "Acme"\nlanguage = "en"\n')
    folder.rename(tmp_path / "acme")
    other = write_client(tmp_path, 'name = "Bolt"\nlanguage = "en"\n')
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "acme").rename(data / "acme")
    other.rename(data / "bolt")
    for client in ("acme", "acme-pseudonymised", "gone"):
        _report(tmp_path / "reports", client, "2026-Q3")

    result = CliRunner().invoke(main, ["list", "--data", str(data), "--output", str(tmp_path / "reports")])

    assert result.exit_code == 0, result.output
    rows = [re.split(r"  +", line.replace("\u00a0", " ")) for line in result.output.splitlines()]
    assert rows[0][:4] == ["Client", "All quarters", "Quarter", "Customers"]
    quarters = "–"  # The orders of the first quarter stand in no version, and nothing says that it is over.
    figures = ["2026-Q3", "1,212", "€948k", "80% (153/192)", "€5,556", "3", "1 warning", "30/09/2026"]
    assert rows[1] == ["acme", quarters, *figures]
    assert rows[2][:3] == ["bolt", quarters, "–"]
    assert rows[3] == [""]
    assert rows[4] == ["acme-pseudonymised", "–", *figures]
    assert len(rows) == 5
