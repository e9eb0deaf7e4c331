"""Next quarter's export replaces or joins the old one; what has changed is told, and nothing is written by half."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from retention_reports.cli import main
from retention_reports.model.money import in_cents
from retention_reports.pipeline import load_client

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Rechnungsnr.;Rechnungsdatum;Kundennr.;Firma;Netto\n"
FIRST = (
    HEAD
    + "R1;15.01.2024;0012;Alt;100,00\nR2;28.02.2024;0013;Neu;80,00\n"
    + "".join(f"R{n};0{n}.03.2024;0012;Alt;10,00\n" for n in (4, 5, 6))
)
NEXT = "R3;30.06.2024;0012;Alt;20,00\n"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    assert run(tmp_path, "new", FIRST, "q1.csv", "--yes").exit_code == 0
    return tmp_path / "data" / "acme"


def run(tmp_path: Path, command: str, text: str, name: str, *arguments: str) -> Result:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, [command, "acme", str(path), "--data", str(tmp_path / "data"), *arguments])


def revenue(client: Path) -> str:
    return str(in_cents(int(load_client(client).folder.tables["orders"]["amount"].sum())))


def state(client: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in client.rglob("*") if path.is_file()}


def test_a_longer_export_replaces_the_old_one(tmp_path: Path, client: Path) -> None:
    settings = (client / "client.toml").read_text(encoding="utf-8")
    result = run(tmp_path, "update", FIRST + NEXT, "q2.csv")
    assert result.exit_code == 0, result.output
    assert "q2.csv ersetzt exports/q1.csv: 1 Belege mehr" in result.output
    assert revenue(client) == "230.00"
    assert (client / "client.toml").read_text(encoding="utf-8") == settings
    assert [path.name for path in (client / "exports").iterdir()] == ["q1.csv"]


def test_an_export_of_the_quarter_alone_joins_the_old_one(tmp_path: Path, client: Path) -> None:
    result = run(tmp_path, "update", HEAD + NEXT, "q2.csv")
    assert result.exit_code == 0, result.output
    assert "q2.csv kommt zu exports/q1.csv hinzu" in result.output
    assert revenue(client) == "230.00"


def test_what_both_hold_counts_once(tmp_path: Path, client: Path) -> None:
    result = run(tmp_path, "update", HEAD + "R2;28.02.2024;0013;Neu;80,00\n" + NEXT, "q2.csv")
    assert result.exit_code == 0, result.output
    assert "1 Belege von q2.csv sind schon da (R2)" in result.output
    assert revenue(client) == "230.00"


def test_documents_that_vanished_are_told_and_have_to_be_accepted(tmp_path: Path, client: Path) -> None:
    before = state(client)
    text = FIRST.replace("R2;28.02.2024;0013;Neu;80,00\n", "") + NEXT
    result = run(tmp_path, "update", text, "q2.csv")
    assert result.exit_code == 1
    assert "R2" in result.output
    assert "--answer update.vanished=accept" in result.output
    assert state(client) == before
    assert run(tmp_path, "update", text, "q2.csv", "--answer", "update.vanished=accept").exit_code == 0
    assert revenue(client) == "150.00"


def test_customers_with_other_numbers_are_told_with_the_cure(tmp_path: Path, client: Path) -> None:
    before = state(client)
    result = run(tmp_path, "update", (FIRST + NEXT).replace("0013", "9013"), "q2.csv")
    assert result.exit_code == 1
    assert "files.customers.renumbered" in result.output
    assert state(client) == before


def test_renamed_and_new_columns_are_told_and_followed(tmp_path: Path, client: Path) -> None:
    text = (FIRST + NEXT).replace("Netto", "Nettobetrag;Ort").replace(",00\n", ",00;Ulm\n")
    result = run(tmp_path, "update", text, "q2.csv")
    assert result.exit_code == 0, result.output
    assert "q2.csv hat neue Spalten: Nettobetrag, Ort" in result.output
    assert "q2.csv fehlen Spalten, die es gab: Netto" in result.output
    assert revenue(client) == "230.00"


def test_what_cannot_be_followed_is_refused_and_nothing_is_written(tmp_path: Path, client: Path) -> None:
    settings = client / "client.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '[files.orders.constants]\nchannel = "shop"\n', "utf-8")
    before = state(client)
    result = run(tmp_path, "update", (FIRST + NEXT).replace("Netto", "Nettobetrag"), "q2.csv")
    assert result.exit_code == 1
    assert state(client) == before


def test_a_file_of_another_kind_is_read_as_new_would_read_it(tmp_path: Path, client: Path) -> None:
    text = "Angebotsnummer;Datum;Kundennr.;Betrag netto;Status\nA1;15.01.2024;0012;100,00;gewonnen\n"
    result = run(tmp_path, "update", text, "angebote.csv")
    assert result.exit_code == 0, result.output
    assert load_client(client).folder.tables["offers"]["offer_id"].tolist() == ["A1"]
    assert revenue(client) == "210.00"


def test_a_dry_run_writes_nothing_and_an_unknown_client_is_wrong_use(tmp_path: Path, client: Path) -> None:
    before = state(client)
    assert run(tmp_path, "update", FIRST + NEXT, "q2.csv", "--dry-run").exit_code == 0
    assert state(client) == before
    path = tmp_path / "q2.csv"
    assert CliRunner().invoke(main, ["update", "other", str(path), "--data", str(tmp_path / "data")]).exit_code == 2
