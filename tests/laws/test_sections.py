"""What holds for every section of the report, in both languages: a new entry of SECTIONS is tried by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from retention_reports.messages import LANGUAGES
from retention_reports.model.dataset import Dataset
from retention_reports.sections import ANALYSES, SECTIONS
from tests.support.laws import of_first_customers, shuffled, with_first_orders, with_later_rows
from tests.support.presenting import context
from tests.support.results import NewNames
from tests.support.small_clients import reported_quarter, small_client

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_reports.model.folder import ClientFolder
    from retention_reports.presentation.view import SectionView

KEYS = [section.key for section in SECTIONS]
SEED, CUSTOMERS = 14, 9


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_rows_later_rows_and_other_ids_change_no_word(language: str, key: str) -> None:
    names, renamed = _under_other_ids(language)
    expected = _as_it_is(language)[key]

    assert _shuffled_with_later_rows(language)[key] == expected
    assert names.undone(repr(renamed[key])) == repr(expected)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, *(pytest.param(count, marks=pytest.mark.slow) for count in (2, 9))])
@pytest.mark.parametrize("few", [of_first_customers, with_first_orders])
def test_every_section_tells_of_a_few_customers_or_orders(
    few: Callable[[ClientFolder, int], ClientFolder], count: int, language: str
) -> None:
    views = _views(few(_client(), count), language)

    assert all(view.title for view in views.values())


def _client() -> ClientFolder:
    return small_client(SEED, CUSTOMERS)


@cache
def _as_it_is(language: str) -> Mapping[str, SectionView]:
    return _views(_client(), language)


@cache
def _shuffled_with_later_rows(language: str) -> Mapping[str, SectionView]:
    return _views(shuffled(with_later_rows(_client(), reported_quarter(_client())), seed=3), language)


@cache
def _under_other_ids(language: str) -> tuple[NewNames, Mapping[str, SectionView]]:
    names = NewNames(_client(), reverse=False)
    return names, _views(names.folder, language)


def _views(folder: ClientFolder, language: str) -> Mapping[str, SectionView]:
    told = replace(folder, client=replace(folder.client, language=language))
    dataset = Dataset.at(told, reported_quarter(_client()))
    results = [analysis.run(dataset) for analysis in ANALYSES]
    shown = context(dataset, *results, language=language)
    return {section.key: section.present(shown) for section in SECTIONS}
