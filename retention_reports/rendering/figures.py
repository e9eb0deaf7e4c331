"""`figures.json`: every figure of the report for machines, in the order of the sections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.figures import Figure
    from retention_reports.model.provenance import Provenance


def figures_json(dataset: Dataset, provenance: Provenance, sections: Mapping[str, object]) -> bytes:
    """Return the figures as UTF-8 JSON with a final line break; the same figures give the same bytes."""
    content = {
        "client": dataset.client.key,
        "quarter": str(dataset.quarter),
        "as_of": dataset.cut_off.isoformat(),
        "data": _data(provenance, dataset),
        **sections,
    }
    parts = [f"{_compact(key)}: {_section(value)}" for key, value in content.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def _section(value: object) -> str:
    """Return a section with one line a figure, so that two versions can be compared line by line."""
    if not isinstance(value, dict) or not value:
        return _compact(value)
    return "{\n" + ",\n".join(f" {_compact(key)}: {_compact(part)}" for key, part in value.items()) + "\n}"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _data(provenance: Provenance, dataset: Dataset) -> dict[str, Figure]:
    committed_at = provenance.committed_at
    return {
        "client_name": dataset.client.name,
        "language": dataset.client.language,
        "currency": dataset.client.currency,
        "commit": provenance.commit,
        "committed_at": None if committed_at is None else committed_at.isoformat(),
        "state": str(provenance.state),
        "reason": provenance.reason or None,
        "fingerprint": provenance.fingerprint,
        "tool_version": provenance.tool_version,
        "data_from": dataset.data_from.isoformat(),
        "rows": {
            account.table: {
                "in": account.rows_in,
                "used": account.rows_used,
                "left_out": {entry.reason: entry.rows for entry in account.left_out},
            }
            for account in dataset.folder.accounts
        },
        "warnings": len(dataset.folder.warnings),
    }
