"""An earlier register that leaves out whom no decision could name decides the same as the whole one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from retention_reports.model.dataset import Dataset
from retention_reports.recommending.findings import findings_among, findings_at
from retention_reports.recommending.looking_back import as_looked_back_on
from retention_reports.recommending.register import _register
from retention_reports.sections import ANALYSES
from retention_reports.validation.folder import load_client_folder
from tests.bench.large_client import Size, write_large_client
from tests.support.small_clients import reported_quarter

if TYPE_CHECKING:
    from retention_reports.model.folder import ClientFolder

SAMPLE = Path(__file__).parents[2] / "data" / "example_ltd"


def _left_out(folder: ClientFolder, capacity: int, back: int) -> int:
    """Hold both registers of a quarter against each other; return how many customers the shorter one leaves out."""
    folder = replace(folder, client=replace(folder.client, contact_capacity=capacity), amendments={})
    dataset = Dataset.at(folder, reported_quarter(folder).plus(-back))
    whole = _register(findings_among(dataset, [analysis.run(dataset) for analysis in ANALYSES]), None)
    told = _register(findings_at(dataset), None)
    seen, expected = as_looked_back_on(told), as_looked_back_on(whole)
    assert (seen.unlisted, seen.total_effect) == (expected.unlisted, expected.total_effect)
    assert [(one.identifier, one.customers, one.effect, one.owner, one.due_on) for one in seen.decisions] == [
        (one.identifier, one.customers, one.effect, one.owner, one.due_on) for one in expected.decisions
    ]
    assert seen.decisions
    assert len(told.entries) + sum(map(len, told.unlisted.values())) == len(whole.entries)
    return len(whole.entries) - len(told.entries)


@pytest.mark.parametrize("back", [0, 3, 7])
def test_the_sample_s_earlier_registers_decide_the_same(back: int) -> None:
    assert _left_out(load_client_folder(SAMPLE), 3, back) >= 0


@pytest.mark.parametrize("capacity", [1, 10])
def test_of_many_who_left_only_those_are_told_of_whom_a_decision_can_be_made(capacity: int, tmp_path: Path) -> None:
    write_large_client(tmp_path, Size(orders=1_500, customers=300, lines=2, categories=4))
    assert _left_out(load_client_folder(tmp_path), capacity, 1) > 50
