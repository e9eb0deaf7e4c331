"""Files that say by themselves what their fields mean: DATEV ledgers, GoBD exports, electronic invoices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.known_formats import recognise_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.recognising.incoming import Incoming
    from retention_reports.recognising.proposal import Proposal

_HEAD = 1_000_000
_LINES = re.compile(rb"<Name>[^<]{0,80}(?:position|zeile|line|item)", re.IGNORECASE)
"""Names a table of what invoices are made of; not every index has one."""


def draft_own_format(proposal: Proposal, files: Sequence[Incoming]) -> bool:
    """Propose to read files of a format of their own from a folder that holds nothing else; False where none is one.

    An index of tables (GoBD) goes before what is among its files.
    """
    found = {file.name: recognised for file in files if (recognised := recognise_bytes(file.data)) is not None}
    if not found:
        return False
    forms = {recognised.format for recognised in found.values()}
    form = "gdpdu" if "gdpdu" in forms else min(forms)
    folder = f"exports/{form}"
    tables: dict[str, None] = {}
    for file in files:
        recognised = found.get(file.name)
        if form == "gdpdu" or (recognised is not None and recognised.format == form):
            proposal.paths[file.name] = f"{folder}/{file.name}"
            tables |= dict.fromkeys(recognised.tables if recognised is not None and recognised.format == form else ())
        else:
            proposal.tell(say("new.not_used", file=file.name))
    if form == "gdpdu" and not any(_LINES.search(file.data[:_HEAD]) for file in files if file.name in found):
        tables.pop("order_lines", None)
    proposal.tell(say(f"new.format_{form.replace('-', '_')}"))
    for table in tables:
        proposal.tables[table] = {"path": f"{folder}/*" if form == "datev" else folder, "format": form}
    return True
