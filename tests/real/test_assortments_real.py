"""Well-known data sets with products and categories go through the sections on what is bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.cross_selling.cross_selling_analysis import cross_selling
from retention_reports.analyses.offers.offer_analysis import offers
from retention_reports.analyses.programme.programme_analysis import programme
from retention_reports.model.dataset import Dataset
from retention_reports.model.quarters import Quarter
from retention_reports.presentation.cross_selling.cross_selling_section import present_cross_selling
from retention_reports.presentation.offers.offer_section import present_offers
from retention_reports.presentation.programme.programme_section import present_programme
from retention_reports.validation.folder import load_client_folder
from tests.support import real_data
from tests.support.presenting import context, words

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not real_data.SHARED.is_dir(), reason="the data sets are not here")


@pytest.mark.parametrize(("name", "quarter"), [("northwind", "1998-Q1"), ("superstore", "2017-Q4")])
def test_products_categories_and_orders_agree(tmp_path: Path, name: str, quarter: str) -> None:
    folder = load_client_folder(getattr(real_data, name)(tmp_path))
    data = Dataset.at(folder, Quarter.parse(quarter))
    sold, breadth, offered = programme(data), cross_selling(data), offers(data)

    assert sold.unassigned == 0
    assert sold.revenue == data.total_revenue_between(data.year_ago, data.cut_off)
    assert sum(entry.sales.revenue for entry in sold.categories) == sold.revenue
    assert breadth.space is not None
    assert breadth.space.bought_cells + breadth.space.not_bought_cells == len(breadth.space.identifiers) * len(
        breadth.space.categories
    )
    assert breadth.total is not None
    assert breadth.total.value == sum(entry.value for entry in breadth.potentials)
    assert offered.open_offers is None
    for language in ("de", "en"):
        given = context(data, sold, breadth, offered, language=language)
        views = [present_cross_selling(given), present_programme(given), present_offers(given)]
        assert [bool(view.rows) for view in views] == [True, True, False]
        assert not any("{" in words(view) for view in views)


def test_without_products_nothing_is_claimed(tmp_path: Path) -> None:
    folder = load_client_folder(real_data.cdnow_sample(tmp_path))
    data = Dataset.at(folder, Quarter.parse("1998-Q2"))
    sold, breadth = programme(data), cross_selling(data)

    assert sold.revenue is None
    assert breadth.space is None
    given = context(data, sold, breadth, language="en")
    assert [present_cross_selling(given).rows, present_programme(given).rows] == [(), ()]
