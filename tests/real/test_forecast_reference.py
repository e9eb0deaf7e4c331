"""The published reference of the models: CDNOW as in Fader, Hardie and Lee (2005) and the Gamma-Gamma note (2013)."""

from __future__ import annotations

from datetime import date
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from retention_reports.analyses.forecast.forecast_analysis import forecast
from retention_reports.analyses.forecast.histories import Histories
from retention_reports.analyses.forecast.purchase_model import PurchaseModel, fit_purchase_model
from retention_reports.analyses.forecast.quarter_rules import NAIVE_RULES, Rule
from retention_reports.analyses.forecast.value_model import ValueModel, fit_value_model
from retention_reports.model.dataset import Dataset
from retention_reports.model.quarters import Quarter
from retention_reports.validation.folder import load_client_folder
from tests.support import real_data

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.analyses.forecast.histories import Floats

pytestmark = pytest.mark.skipif(not real_data.SHARED.is_dir(), reason="the data sets are not here")

CALIBRATION_END = date(1997, 9, 30)
OBSERVATION_END = date(1998, 6, 30)


def _purchase_days(file: str, customer: str) -> pd.DataFrame:
    """One row a customer and day, zero amounts kept, as the literature counts."""
    rows = pd.read_csv(real_data.SHARED / "cdnow" / file, dtype={customer: str}, parse_dates=["date"])
    rows = rows.rename(columns={customer: "customer"})
    return rows.groupby(["customer", "date"], as_index=False)[["dollar_value"]].sum()


def _weekly(days: pd.DataFrame) -> tuple[Histories, Floats]:
    """Histories in weeks at the end of the calibration, and the mean value of the repeat purchases."""
    known = days.loc[days["date"] <= pd.Timestamp(CALIBRATION_END)]
    by_customer = known.groupby("customer")
    first, last = by_customer["date"].min(), by_customer["date"].max()
    repeats = by_customer.size().to_numpy().astype(np.float64) - 1
    later_value = by_customer["dollar_value"].sum() - by_customer["dollar_value"].first()
    ages = (pd.Timestamp(CALIBRATION_END) - first).dt.days.to_numpy(dtype=np.float64) / 7
    recencies = (last - first).dt.days.to_numpy(dtype=np.float64) / 7
    return Histories(repeats, recencies, ages), later_value.to_numpy(dtype=np.float64) / np.maximum(repeats, 1)


@pytest.fixture(scope="module")
def sample_days() -> pd.DataFrame:
    return _purchase_days("cdnow_sample.csv", "master_id")


def test_bg_nbd_has_the_published_parameters_and_likelihood(sample_days: pd.DataFrame) -> None:
    histories, _ = _weekly(sample_days)
    started = process_time()
    found = fit_purchase_model(histories)

    assert process_time() - started < 1
    assert isinstance(found, PurchaseModel)
    assert len(histories.repeats) == 2357
    assert (round(found.r, 3), round(found.alpha, 3), round(found.a, 3), round(found.b, 3)) == (
        0.243,
        4.414,
        0.793,
        2.426,
    )
    assert round(found.log_likelihood, 1) == -9582.4
    assert found.limits == ()


def test_gamma_gamma_has_the_published_parameters(sample_days: pd.DataFrame) -> None:
    histories, mean_value = _weekly(sample_days)
    found = fit_value_model(histories.repeats, mean_value)

    assert histories.repeat_buyers == 946
    assert isinstance(found, ValueModel)
    assert (round(found.p, 2), round(found.q, 2), round(found.gamma, 2)) == (6.25, 3.74, 15.44)


def test_cumulative_repeat_purchases_to_week_78_are_as_published(sample_days: pd.DataFrame) -> None:
    histories, _ = _weekly(sample_days)
    model = fit_purchase_model(histories)
    assert isinstance(model, PurchaseModel)
    held_out = (OBSERVATION_END - CALIBRATION_END).days / 7
    actual = len(sample_days) - len(histories.repeats)

    nobody_known = Histories(*[np.zeros_like(histories.age)] * 3)  # equation 9: from the first purchase on

    whole = model.expected_purchases(nobody_known, histories.age + held_out).sum()
    before = model.expected_purchases(nobody_known, histories.age).sum()

    assert actual == 4339
    assert whole / actual - 1 == pytest.approx(-0.041, abs=0.005)
    assert (whole - before) / (actual - histories.repeats.sum()) - 1 == pytest.approx(-0.11, abs=0.02)


def test_the_whole_of_cdnow_is_fitted_in_time() -> None:
    histories, mean_value = _weekly(_purchase_days("cdnow_master.csv", "customer_id"))
    started = process_time()
    purchases, values = fit_purchase_model(histories), fit_value_model(histories.repeats, mean_value)

    assert process_time() - started < 3
    assert isinstance(purchases, PurchaseModel)
    assert isinstance(values, ValueModel)
    assert len(histories.repeats) == 23_570


def test_superstore_is_forecast_with_its_seasons(tmp_path: Path) -> None:
    folder = load_client_folder(real_data.superstore(tmp_path))
    total = forecast(Dataset.at(folder, Quarter(2017, 4))).total

    assert total is not None
    assert total.rule in (Rule.DAMPED_WITH_SEASON, Rule.LEVEL_WITH_SEASON)
    assert total.error is not None
    simple = [candidate.error for candidate in total.candidates if candidate.rule in NAIVE_RULES]
    assert total.error < 1.6 * min(error for error in simple if error is not None)
    assert total.coverage is not None
    assert total.coverage.k / total.coverage.n > 0.7


def test_northwind_has_an_interval_for_its_total_and_is_too_short_for_one_by_customers(tmp_path: Path) -> None:
    folder = load_client_folder(real_data.northwind(tmp_path))
    found = forecast(Dataset.at(folder, Quarter(1998, 1)))

    assert found.existing is not None
    assert found.existing.estimate.low is None
    assert found.model is None
    assert found.total is not None
    assert found.total.estimate.low is not None
