"""In which language commands speak, and how they tell many problems of one cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports.cli import COMMANDS, main
from retention_reports.commands.language import VARIABLE
from retention_reports.reading.clients import common_language, language_of
from tests.support.builds import ORDERS, build, repository_with_clients
from tests.support.folders import write_client

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

BAD_ORDERS = "order_id,customer_id,ordered_on,amount\n1,K1,2026-02-31,100.00\n"


@pytest.fixture(autouse=True)
def _no_language_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--data", str(data)])


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ('name = "A"\nlanguage = "en"\n', "en"),
        ('name = "A"\nlanguage = "de"\n', "de"),
        ('name = "A"\n', "de"),
        ("\ufeffname = 'A'\nlanguage = 'en'\n", "en"),
        ('nmae = "A"\nlanguage = "de"\nlapse = 0\n', "de"),
        ('name = A\nlanguage = "de"\n', "de"),
        ('name = A\n  language= "en"  # reports\n', "en"),
        ("name = A\n", "en"),
        ('name = "A"\nlanguage = "fr"\n', "en"),
        ('name = "A"\nlanguage = 7\n', "en"),
        ('name = "A"\nlanguage = ["de"]\n', "en"),
        (b"name = '\xff'\nlanguage = 'de'\n", "de"),
    ],
)
def test_the_language_is_read_whatever_else_is_wrong(tmp_path: Path, settings: str | bytes, language: str) -> None:
    (tmp_path / "client.toml").write_bytes(settings if isinstance(settings, bytes) else settings.encode())

    assert language_of(tmp_path) == language


def test_without_settings_there_is_english(tmp_path: Path) -> None:
    assert language_of(tmp_path) == "en"
    assert common_language(tmp_path / "nowhere") == "en"


def test_clients_of_one_language_are_spoken_of_in_it(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_client(tmp_path / "made").rename(tmp_path / name)
    assert common_language(tmp_path) == "de"

    (tmp_path / "b/client.toml").write_text('name = "B"\nlanguage = "en"\n')
    assert common_language(tmp_path) == "en"


@pytest.mark.parametrize("settings", ['name = "A"\nlanguage = "de"\n', 'name = "A"\n'])
def test_problems_are_told_in_the_clients_language_or_in_the_one_asked_for(tmp_path: Path, settings: str) -> None:
    write_client(tmp_path, client=settings, orders=BAD_ORDERS)

    own, asked = run(tmp_path, "check"), run(tmp_path, "check", "--language", "en")

    assert own.stdout == "client: 1 Fehler, 0 Warnungen\n"
    assert own.stderr.startswith("Fehler: ")
    assert asked.stdout == "client: 1 error, 0 warnings\n"
    assert asked.stderr.startswith("error: ")


def test_the_users_own_language_is_kept_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_client(tmp_path, orders=BAD_ORDERS)
    monkeypatch.setenv(VARIABLE, "en")

    assert run(tmp_path, "check").stderr.startswith("error: ")


def test_what_a_command_refuses_is_said_in_the_language_too(tmp_path: Path) -> None:
    write_client(tmp_path)

    assert "gibt es keinen Kunden" in run(tmp_path, "check", "cleint").stderr
    assert "there is no client" in run(tmp_path, "check", "cleint", "--language", "en").stderr
    assert "hat kein Quartal 2031-Q1" in run(tmp_path, "compare", "client", "2031-Q1", "--with", "HEAD").stderr


def test_builds_speak_each_clients_language(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a", "b")
    (root / "data/b/client.toml").write_text('name = "B"\nlanguage = "en"\n')
    for name in ("a", "b"):
        (root / f"data/{name}/orders.csv").write_text(BAD_ORDERS)

    told = build(root).stderr

    assert "a: kein Bericht, 1 Fehler, 0 Warnungen" in told
    assert "b: no report, 1 error, 0 warnings" in told


def test_every_command_knows_the_option() -> None:
    context = main.make_context("retention-reports", ["--help"], resilient_parsing=True)

    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        assert [parameter.name for parameter in command.params].count("language") == 1


def test_a_folder_of_exports_without_settings_is_told_what_to_write(tmp_path: Path) -> None:
    write_client(tmp_path / "made").rename(tmp_path / "acme")
    (tmp_path / "acme/client.toml").unlink()
    (tmp_path / "empty").mkdir()

    named, unnamed = run(tmp_path, "check", "acme"), run(tmp_path, "check")

    for told in (named, unnamed):
        assert told.exit_code == 2
        assert f"{tmp_path.as_posix()}/acme/client.toml: there is no such file" in told.stderr
        assert 'name = "Acme Ltd"\nlanguage = "en"\ncurrency = "EUR"\n' in told.stderr
        assert "empty" not in told.stderr
    (tmp_path / "acme/client.toml").write_text('name = "Acme Ltd"\nlanguage = "en"\ncurrency = "EUR"\n')
    assert run(tmp_path, "check", "acme").exit_code == 0


def test_unknown_words_are_told_apart_and_their_rows_together(tmp_path: Path) -> None:
    rows = "".join(f"{number},K1,2026-01-05,1.00,{word}\n" for number, word in enumerate(["offen"] * 7 + ["halb"] * 2))
    write_client(tmp_path, orders=f"order_id,customer_id,ordered_on,amount,status\n{rows}")

    told = run(tmp_path, "check", "--language", "en").stderr.splitlines()

    assert [(line.split('"')[1], line.rpartition(" (and")[2]) for line in told] == [
        ("offen", " 6 more rows like it, lines 3, 4, 5, 6, 7 …)"),
        ("halb", " 1 more row like it, line 10)"),
    ]
    assert len(run(tmp_path, "check", "--all").stderr.splitlines()) == 9


def test_annotations_are_bounded_as_the_terminal_is(tmp_path: Path) -> None:
    rows = "0,K1,2026-02-28,1.00\n" + "".join(f"{number},K1,2026-02-28,1.00,x\n" for number in range(1, 61))
    write_client(tmp_path, orders=f"order_id,customer_id,ordered_on,amount\n{rows}")

    some = run(tmp_path, "check", "--format", "github").stdout.splitlines()

    assert len(some) == 1
    assert "(ebenso 59 weitere Zeilen: 4, 5, 6, 7, 8 …)" in some[0]
    assert len(run(tmp_path, "check", "--format", "github", "--all").stdout.splitlines()) == 60


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", "die Bestellungen beginnen am 2026-01-05"),
        ("history_complete = true\n", ""),
        ("data_from = 2026-01-05\n", ""),
    ],
)
def test_a_young_export_says_so_until_the_client_settles_it(tmp_path: Path, settings: str, told: str) -> None:
    write_client(tmp_path, client=f'name = "A"\n{settings}', orders=ORDERS)

    said = run(tmp_path, "check").stderr

    assert told in said
    assert ("2026-Q" in said) == bool(told)
