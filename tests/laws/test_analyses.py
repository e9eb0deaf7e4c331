"""What holds for every analysis there is: a new entry of ANALYSES is tried without a word about it here."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_reports.errors import QuarterError
from retention_reports.model.dataset import Dataset
from retention_reports.sections import ANALYSES
from tests.support.laws import (
    OPTIONAL_COLUMNS,
    OPTIONAL_FILES,
    of_first_customers,
    scaled,
    shuffled,
    with_first_orders,
    with_later_rows,
    without_column,
    without_file,
)
from tests.support.results import NewNames, figures, leaves, results, without_order
from tests.support.small_clients import client_of_equal_amounts, reported_quarter, small_client

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_reports.model.folder import ClientFolder
    from retention_reports.sections import Result

CLIENTS: dict[str, Callable[[], ClientFolder]] = {
    "one client": partial(small_client, 3),
    "another": partial(small_client, 8),
    "equal amounts": partial(client_of_equal_amounts, 11),
    "a few customers": partial(small_client, 14, customers=9),
}
UNTIED = [name for name in CLIENTS if name != "equal amounts"]
"""Where customers bring different amounts: classes break ties by id, as they are defined."""
SAME: dict[str, Callable[[ClientFolder], ClientFolder]] = {
    "again": lambda folder: folder,
    "rows shuffled": partial(shuffled, seed=1),
    "rows shuffled otherwise": partial(shuffled, seed=2),
    "later rows added": lambda folder: with_later_rows(folder, reported_quarter(folder)),
}
KEYS = [analysis.key for analysis in ANALYSES]
FACTOR = 10
ROUNDING = 0.051
"""An amount rounded to cents before and after it is multiplied by ten may differ by so much."""


@cache
def before(client: str) -> Mapping[str, Result]:
    return results(CLIENTS[client]())


@cache
def after(client: str, change: str) -> Mapping[str, Result]:
    folder = CLIENTS[client]()
    quarter = reported_quarter(folder)
    dataset = Dataset.at(SAME[change](folder), quarter)
    return {analysis.key: analysis.run(dataset) for analysis in ANALYSES}


@cache
def under_other_ids(client: str, *, reverse: bool) -> tuple[NewNames, Mapping[str, Result]]:
    names = NewNames(CLIENTS[client](), reverse=reverse)
    return names, results(names.folder)


@cache
def with_larger_amounts(client: str) -> Mapping[str, Result]:
    return results(scaled(CLIENTS[client](), FACTOR))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("change", SAME)
@pytest.mark.parametrize("client", CLIENTS)
def test_neither_the_order_of_rows_nor_later_rows_change_a_result(client: str, change: str, key: str) -> None:
    assert after(client, change)[key] == before(client)[key]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("client", CLIENTS)
def test_other_ids_in_the_same_order_change_nothing_but_the_ids(client: str, key: str) -> None:
    names, found = under_other_ids(client, reverse=False)

    assert names.undone(repr(found[key])) == repr(before(client)[key])


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("client", UNTIED)
def test_ids_in_another_order_change_at_most_the_order_of_equal_entries(client: str, key: str) -> None:
    names, found = under_other_ids(client, reverse=True)
    told = json.loads(names.undone(json.dumps(figures(found[key]))))

    assert without_order(told) == without_order(figures(before(client)[key]))


@pytest.mark.parametrize("key", KEYS)
def test_ten_times_the_amounts_are_ten_times_the_money_and_nothing_else(key: str) -> None:
    tenfold: dict[str, set[bool]] = {}
    for client in CLIENTS:
        small, large = (dict(leaves(figures(found[key]))) for found in (before(client), with_larger_amounts(client)))
        assert small.keys() == large.keys()
        for path, figure in small.items():
            is_amount = isinstance(figure, float) and abs(large[path] - FACTOR * figure) <= ROUNDING
            assert is_amount or large[path] == figure, path
            if figure is not None and is_amount != (large[path] == figure):
                tenfold.setdefault(re.sub(r"\[\d+\]", "[]", path), set()).add(is_amount)
    assert not [path for path, kinds in tenfold.items() if len(kinds) > 1]


@pytest.mark.parametrize("name", OPTIONAL_FILES)
def test_every_analysis_does_without_a_file(name: str) -> None:
    assert _told(without_file(small_client(14, customers=9), name))


@pytest.mark.parametrize(("name", "column"), OPTIONAL_COLUMNS)
def test_every_analysis_does_without_a_column(name: str, column: str) -> None:
    assert _told(without_column(small_client(14, customers=9), name, column))


@pytest.mark.parametrize("count", [0, 1, *(pytest.param(count, marks=pytest.mark.slow) for count in (2, 9))])
@pytest.mark.parametrize("name", OPTIONAL_FILES)
def test_every_analysis_does_with_a_few_rows_of_a_file(name: str, count: int) -> None:
    folder = small_client(14, customers=9)

    assert _told(replace(folder, tables={**folder.tables, name: folder.tables[name].head(count)}))


@pytest.mark.parametrize("count", [1, 2, 9])
@pytest.mark.parametrize("few", [of_first_customers, with_first_orders])
def test_every_analysis_does_with_a_few_customers_or_orders(
    few: Callable[[ClientFolder, int], ClientFolder], count: int
) -> None:
    folder = few(small_client(8), count)

    assert _told(folder)
    assert _told(shuffled(folder, seed=5)) == _told(folder)


@pytest.mark.parametrize("few", [of_first_customers, with_first_orders])
def test_nothing_is_told_where_nobody_has_bought(few: Callable[[ClientFolder, int], ClientFolder]) -> None:
    folder = few(small_client(8), 0)

    with pytest.raises(QuarterError, match="no purchase up to"):
        Dataset.at(folder, reported_quarter(small_client(8)))


CHOICES = (st.integers(0, 1 << 20), st.sampled_from([0.05, 0.3, 0.7]), st.sampled_from(UNTIED))


@settings(max_examples=4, deadline=None)
@given(*CHOICES)
def test_neither_order_nor_ids_change_a_figure_of_any_choice_of_rows(seed: int, share: float, client: str) -> None:
    _assert_neither_order_nor_ids_count(_thinned(CLIENTS[client](), seed, share), seed)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(*CHOICES)
def test_neither_order_nor_ids_change_a_figure_of_many_choices_of_rows(seed: int, share: float, client: str) -> None:
    _assert_neither_order_nor_ids_count(_thinned(CLIENTS[client](), seed, share), seed)


def _assert_neither_order_nor_ids_count(folder: ClientFolder, seed: int) -> None:
    names = NewNames(shuffled(folder, seed), reverse=True)
    expected = {key: figures(found) for key, found in results(folder).items()}
    told = {key: json.loads(names.undone(json.dumps(figures(found)))) for key, found in results(names.folder).items()}
    assert without_order(told) == without_order(expected)


def _told(folder: ClientFolder) -> dict[str, object]:
    quarter = reported_quarter(small_client(8))
    dataset = Dataset.at(folder, quarter)
    return {analysis.key: figures(analysis.run(dataset)) for analysis in ANALYSES}


def _thinned(folder: ClientFolder, seed: int, share: float) -> ClientFolder:
    """Keep a share of the rows of every table but the customers, and the newest order."""
    source = np.random.default_rng(seed)
    tables = {}
    for name, table in folder.tables.items():
        kept = source.random(len(table)) < share
        if name == "orders":
            kept |= (table["ordered_on"] == table["ordered_on"].max()).to_numpy()
        tables[name] = table if name == "customers" else table.loc[kept].reset_index(drop=True)
    return replace(folder, tables=tables)
