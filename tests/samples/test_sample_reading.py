"""The product's own reader takes the samples as they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from retention_reports.model.schema import TABLES
from retention_reports.samples import SAMPLE_KINDS, SampleKind, write_sample
from retention_reports.validation.folder import load_client_folder

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("kind", ["musterhandel", "example_ltd"])
def test_the_committed_samples_have_no_errors_and_one_warning_of_each_kind(kind: str) -> None:
    folder = load_client_folder(DATA / kind)

    assert set(folder.tables) == {table.name for table in TABLES}
    assert Counter(warning.kind for warning in folder.warnings) == {
        "contradictory salutation": 1,
        "delivery before order": 1,
        "order without customer": 1,
        "suspected duplicate customer": 1,
        "unusual amount": 1,
    }


@pytest.mark.parametrize("kind", SAMPLE_KINDS)
@pytest.mark.parametrize("customers", [3, 50])
def test_samples_of_other_sizes_and_seeds_are_read_without_errors(
    kind: SampleKind, customers: int, tmp_path: Path
) -> None:
    write_sample(kind, tmp_path / kind, customers=customers, seed=11)

    assert len(load_client_folder(tmp_path / kind).tables["orders"]) > customers
