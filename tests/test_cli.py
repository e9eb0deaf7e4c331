"""The command line as a whole: what it loads, and how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from retention_reports.cli import COMMANDS, main
from tests.support.builds import ORDERS, build, figures, report, repository_with_clients
from tests.support.folders import write_client

HEAVY = ("pandas", "weasyprint", "jinja2", "pydantic")


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    program = f"""
import sys
from retention_reports.cli import main
main({words!r}, standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules])
"""

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.splitlines()[-1] == "[]"


def test_a_check_loads_no_pdf_library(tmp_path: Path) -> None:
    write_client(tmp_path)
    program = f"""
import sys
from retention_reports.cli import main
try:
    main(["check", "--data", {str(tmp_path)!r}])
except SystemExit as end:
    print(end.code, "weasyprint" in sys.modules)
"""

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.splitlines()[-1] == "0 False"


def test_the_table_of_commands_tells_what_each_command_says_of_itself() -> None:
    context = main.make_context("retention-reports", ["--help"], resilient_parsing=True)

    for name, (_, text) in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.help == text
        assert command.name == name


def test_an_unknown_command_is_wrong_use() -> None:
    assert CliRunner().invoke(main, ["bild"]).exit_code == 2


def test_an_unknown_client_is_wrong_use_and_the_known_ones_are_named(tmp_path: Path) -> None:
    write_client(tmp_path)

    done = CliRunner().invoke(main, ["check", "--data", str(tmp_path), "cleint"])

    assert done.exit_code == 2
    assert 'did you mean "client"' in done.output


def test_errors_in_the_data_are_told_with_their_place_and_end_with_one(tmp_path: Path) -> None:
    folder = write_client(tmp_path, orders="order_id,customer_id,ordered_on,amount\n1,K1,31.02.2026,100.00\n")

    done = CliRunner().invoke(main, ["check", "--data", str(tmp_path)])

    assert done.exit_code == 1
    assert f"{folder.as_posix()}/orders.csv:2:ordered_on" in done.output


def test_a_sample_is_written_into_a_new_folder_only(tmp_path: Path) -> None:
    words = ["sample", "bench", str(tmp_path / "invented"), "--customers", "20", "--until", "2025-12-31"]

    assert CliRunner().invoke(main, words).exit_code == 0
    assert (tmp_path / "invented/orders.csv").is_file()
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 1
    assert "is not empty" in again.output


def test_a_quarter_that_is_not_over_is_built_with_a_warning(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a")
    (root / "data/a/orders.csv").write_text(ORDERS + "3,K1,2026-04-09,10.00\n")

    done = build(root, "--quarter", "2026-Q2")

    assert done.exit_code == 0
    assert "2026-Q2 is not over in the data (the newest complete quarter is 2026-Q1)" in done.stderr
    assert figures(report(root, "a", "2026-Q2"))["quarter"] == "2026-Q2"
    assert "not over" not in build(root, "--quarter", "all", output="other").stderr


def test_problems_of_one_cause_are_told_once_with_their_lines(tmp_path: Path) -> None:
    rows = "".join(f"{number},K1,2026-01-05,1.00,offen\n" for number in range(9))
    write_client(tmp_path, orders=f"order_id,customer_id,ordered_on,amount,status\n{rows}")

    first, every = (
        CliRunner().invoke(main, ["check", "client", *words, "--data", str(tmp_path)]).stderr.splitlines()
        for words in ([], ["--all"])
    )

    assert len(first) == 1
    assert first[0].endswith(" (and 8 more rows like it, lines 3, 4, 5, 6, 7 …)")
    assert len(every) == 9


def test_a_folder_whose_name_no_client_can_have_is_told(tmp_path: Path) -> None:
    write_client(tmp_path)
    write_client(tmp_path / "other").rename(tmp_path / "Acme GmbH")

    done = CliRunner().invoke(main, ["check", "--data", str(tmp_path)])

    assert f"{tmp_path.as_posix()}/Acme GmbH: is left out (rename it: small letters" in done.stderr
    assert done.stdout.startswith("client: ")
