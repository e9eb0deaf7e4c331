from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import UnknownNameError
from retention_reports.reading.clients import client_path, is_client_key, list_clients

if TYPE_CHECKING:
    from pathlib import Path


def _clients(data: Path, *names: str) -> Path:
    for name in names:
        (data / name).mkdir()
        (data / name / "client.toml").write_text("")
    return data


def test_clients_are_folders_with_a_client_file(tmp_path: Path) -> None:
    data = _clients(tmp_path, "beta", "alpha", ".git", "Gamma")
    (data / "empty").mkdir()

    assert list_clients(data) == ("alpha", "beta")
    assert list_clients(data / "none") == ()


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/x",
        "a/../../b",
        "x\0",
        "a" * 65,
        "con",
        "lpt1",
        "C:\\x",
        "-rf",
        "~root",
        ".git/config",
        "a\n",
        "Ä",
        "",
    ],
)
def test_names_that_some_system_takes_for_something_else_are_no_clients(name: str) -> None:
    assert not is_client_key(name)


def test_an_unknown_client_is_told_the_known_ones(tmp_path: Path) -> None:
    data = _clients(tmp_path, "musterhandel", "example_ltd")

    assert client_path(data, "musterhandel") == data / "musterhandel"
    with pytest.raises(UnknownNameError, match=r'did you mean "musterhandel"\? Known: example_ltd, musterhandel'):
        client_path(data, "musterhandl")
