from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retention_reports.reading.client_file import read_client_file
from retention_reports.reading.files import FolderFiles
from retention_reports.reading.mapping import ColumnSource
from retention_reports.reading.problems import ProblemLog

if TYPE_CHECKING:
    from pathlib import Path


def _told(folder: Path, text: str | bytes) -> list[str]:
    (folder / "client.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    files = FolderFiles(folder, ProblemLog())
    read_client_file(files)
    return [f"{problem.location.line}: {problem.message}" for problem in files.log.problems]


def test_every_key_of_the_description_is_understood(tmp_path: Path) -> None:
    (tmp_path / "client.toml").write_text(
        """
        name = "Musterhandel GmbH"
        language = "de"
        currency = "EUR"
        fiscal_year_start_month = 4
        data_from = 2020-01-01
        history_complete = true
        unknown_customers = "unassigned"
        exclude_customers = ["9999", 17]
        [rules]
        lapse_months = 12
        customer_lifetime_years = 5
        [rules.segments.wholesale]
        lapse_months = 6
        [targets]
        retention_rate = 0.85
        retention_rate_12m = 0.8
        revenue = 1000000
        new_customers = 20
        sales_check_score = 0.7
        [branding]
        logo = "logo.svg"
        colour = "#0b5d7a"
        [contact_cadence_days]
        A = 30
        [loss_reasons]
        Umzug = "moved_away"
        [files.orders]
        path = "exports/lines-*.csv"
        encoding = "cp1252"
        separator = ";"
        decimal = ","
        date_format = "%d.%m.%Y"
        rows = "order_line"
        header_line = 2
        [files.orders.columns]
        order_id = "Belegnr."
        [files.orders.values.status]
        Storno = "cancelled"
        [files.orders.constants]
        channel = "shop"
        [[files.orders.marks]]
        path = "returns.csv"
        column = "Order"
        status = "returned"
        """
    )
    files = FolderFiles(tmp_path, ProblemLog())

    found = read_client_file(files)

    assert files.log.problems == ()
    assert found is not None
    assert found.settings.exclude_customers == ["9999", "17"]
    assert found.settings.data_from == date(2020, 1, 1)
    assert found.settings.files["orders"].columns == {"order_id": ColumnSource((("Belegnr.",),))}


def test_all_problems_are_told_with_their_lines(tmp_path: Path) -> None:
    told = _told(
        tmp_path, 'nmae = "A"\ncurrency = "Euro"\n[rules]\nlapse_months = "six"\n[files.orders]\nencodng = "x"\n'
    )

    assert told == [
        "0: name: is missing (write it)",
        '1: nmae: there is no such key (did you mean "name"?)',
        '2: currency: "Euro" is not a currency (write its three letters, such as "EUR")',
        '4: rules.lapse_months: "six" is no whole number (write it without quotes and decimals)',
        '6: files.orders.encodng: there is no such key (did you mean "encoding"?)',
    ]


@pytest.mark.parametrize(
    "text",
    [
        "name = [" + "[" * 5000,
        "name = 'a'\nrules.lapse_months = " + "9" * 5000,
        'name = "a"\nname = "b"\n',
        b"name = '\xff'",
    ],
)
def test_hostile_toml_is_one_error(tmp_path: Path, text: str | bytes) -> None:
    assert len(_told(tmp_path, text)) == 1


def test_numbers_that_are_none_are_refused(tmp_path: Path) -> None:
    told = _told(tmp_path, 'name = "a"\n[targets]\nrevenue = nan\nretention_rate = inf\n')

    assert [line.partition(":")[0] for line in told] == ["3", "4"]


def test_a_name_of_control_characters_is_refused(tmp_path: Path) -> None:
    assert _told(tmp_path, 'name = "A\\u001bB"\n') == ["1: the line holds the control character U+001B (delete it)"]
