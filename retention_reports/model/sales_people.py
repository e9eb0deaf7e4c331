"""How figures by sales person name people: as they are, by codes, or not at all."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_reports.model.client import Client

_DIGITS = 4


def shown_person(client: Client, name: str) -> str:
    """Return what stands for a sales person in figures that set people beside results; nobody ("") stays nobody.

    A code is the same in every quarter, wherever the folder lies, so that figures can be followed. Whoever knows all
    names can work it out: it keeps readers from being told, no more. A pseudonymised report has codes already.
    """
    if not name or client.sales_people == "names" or client.pseudonymised:
        return name
    return f"P-{sha256(f'{client.name}/{name}'.encode()).hexdigest()[:_DIGITS].upper()}"


def tells_people_apart(client: Client) -> bool:
    """Tell whether figures by sales person are made at all."""
    return client.sales_people != "off"
