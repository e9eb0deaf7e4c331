"""The figures that can answer a question of the sales check, by the name that the questionnaire gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.sales_check.gaps import Gap
from retention_reports.analyses.sales_check.measured_customers import (
    contact_coverage,
    contacts_recorded,
    email_reachable,
    two_contacts_at_a_customers,
    visits_planned_by_importance,
)
from retention_reports.analyses.sales_check.measured_losses import loss_reasons_known, win_back_running
from retention_reports.analyses.sales_check.measured_offers import decision_dates_on_open_offers, offers_followed_up
from retention_reports.analyses.sales_check.measured_orders import (
    categories_per_customer,
    feedback_after_large_orders,
    programme_sold,
)
from retention_reports.analyses.sales_check.sales_check_results import Measurement
from retention_reports.model.figures import Missing, Rate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_reports.model.dataset import Dataset

YES_FROM = 0.9
"""Questions ask about all or every: from this share on the data says yes."""

PARTLY_FROM = 0.5

MOST_THRESHOLDS: Mapping[str, tuple[float, float]] = {"categories_per_customer": (0.5, 0.25)}
"""Yes and partly for figures whose question asks about most, not all."""

_FIGURES: Mapping[str, Callable[[Dataset], Rate | Gap]] = {
    function.__name__: function
    for function in (
        contacts_recorded,
        two_contacts_at_a_customers,
        decision_dates_on_open_offers,
        feedback_after_large_orders,
        programme_sold,
        visits_planned_by_importance,
        offers_followed_up,
        contact_coverage,
        email_reachable,
        categories_per_customer,
        loss_reasons_known,
        win_back_running,
    )
}


def measurements(dataset: Dataset) -> dict[str, Measurement | Missing]:
    """Return what each figure says that a question of the client's names, or why it cannot tell.

    A name that no figure has is left out: such a question has its declared answer alone.
    """
    wanted = {question.measured for question in dataset.folder.questionnaire.questions}
    return {name: _measured(dataset, name) for name in _FIGURES if name in wanted}


def _measured(dataset: Dataset, name: str) -> Measurement | Missing:
    found = _FIGURES[name](dataset)
    if isinstance(found, Gap):
        return Missing(f"measured.{name}", found.reason, found.detail)
    return Measurement(name, found, *MOST_THRESHOLDS.get(name, (YES_FROM, PARTLY_FROM)))
