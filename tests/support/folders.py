"""Writes small client folders, so that a test shows every file it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.errors import DataError, Severity
from retention_reports.validation.folder import load_client_folder

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.errors import Problem
    from retention_reports.model.folder import ClientFolder

CUSTOMERS = "customer_id,name\nK1,Anna\nK2,Bernd\n"
ORDERS = "order_id,customer_id,ordered_on,amount\n1,K1,2026-01-05,100.00\n2,K2,2026-02-06,50.50\n"
CLIENT = 'name = "Client"\n'


def write_client(place: Path, client: str = CLIENT, **files: str | bytes | None) -> Path:
    """Write a client's folder. Files are named as tables (`orders`), or as paths (`__` for `/`, `___` for the point).

    Customers and orders that work are written unless given; None leaves a file out.
    """
    folder = place / "client"
    given: dict[str, str | bytes | None] = {"customers": CUSTOMERS, "orders": ORDERS, **files}
    for name, content in [("client.toml", client), *((_path(name), content) for name, content in given.items())]:
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def load(place: Path, client: str = CLIENT, **files: str | bytes | None) -> ClientFolder:
    """Write a client's folder and load it."""
    return load_client_folder(write_client(place, client, **files))


def problems(place: Path, client: str = CLIENT, **files: str | bytes | None) -> list[str]:
    """Write a client's folder and return what is wrong with it, without the way to the folder."""
    folder = write_client(place, client, **files)
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in _problems(folder)]


def outcome(folder: Path) -> str:
    """Return what the user is told about a folder, in one line; "fine" where nothing is wrong."""
    return "; ".join(map(str, _problems(folder))) or "fine"


def _problems(folder: Path) -> tuple[Problem, ...]:
    try:
        return load_client_folder(folder).warnings
    except DataError as error:
        return tuple(problem for problem in error.problems if problem.severity is not Severity.NOTE)


def _path(name: str) -> str:
    folder, separator, last = name.replace("___", ".").rpartition("__")
    if "/" in name:
        return name
    return f"{folder}{'/' if separator else ''}{last if '.' in last else f'{last}.csv'}"
