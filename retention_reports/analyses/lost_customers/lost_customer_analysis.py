"""Lost customers: how many, why, what it cost, and whom to win back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.lost_customers.leavers import leavers_tell, win_back_benefits
from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
from retention_reports.analyses.lost_customers.notices import notice_management
from retention_reports.analyses.lost_customers.reasons import lost_customers_of, reasons, reasons_then
from retention_reports.analyses.lost_customers.return_chances import return_chances
from retention_reports.analyses.lost_customers.steps import win_back_steps
from retention_reports.analyses.lost_customers.three_questions import (
    breakdowns,
    losses_up_to,
    lost_year,
    missing_questions,
)
from retention_reports.analyses.lost_customers.win_back import candidates, contact_cost
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.lapse_reasons import explained_lapses
from retention_reports.model.ledger import day_number
from retention_reports.model.loss_reasons import loss_records

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.notice_results import NoticeManagement
    from retention_reports.analyses.lost_customers.win_back_results import ReturnChances
    from retention_reports.model.dataset import Dataset


def lost_customers(dataset: Dataset, *, of_past: bool = False) -> LostCustomers:
    """Answer the three questions, name the reasons, and rank who may be won back.

    `of_past` leaves out what only the report of its own quarter shows: breakdowns, who may be won back, and where
    nobody keeps reasons, who was lost.
    """
    losses, earlier = losses_up_to(dataset, dataset.quarter), losses_up_to(dataset, dataset.quarter.year_before)
    records = loss_records(dataset)
    now, before = lost_year(losses), lost_year(earlier)
    segments, classes, people = ((), (), ()) if of_past else breakdowns(dataset, losses)
    customers = () if of_past and records is None else lost_customers_of(dataset, losses, records)
    why = None if records is None else reasons(customers, reasons_then(records, dataset, earlier), losses)
    told = explained_lapses(dataset.lapses, records, day_number(dataset.cut_off))
    chances = return_chances(dataset, told)
    bands = chances.bands
    cost, source = contact_cost(dataset)
    notices = notice_management(dataset, losses)
    steps = win_back_steps(dataset, told, reasons_kept=records is not None)
    return LostCustomers(
        now=now,
        before=before,
        by_segment=segments,
        by_value_class=classes,
        by_sales_rep=people,
        reasons=why.reasons if why else (),
        reason_known=why.known if why else None,
        reason_known_before=why.known_before if why else None,
        by_avoidability=why.by_avoidability if why else (),
        departments=why.departments if why else (),
        competitors=why.competitors if why else (),
        customers=customers,
        chances=bands,
        chance_test=chances.test,
        win_back=() if of_past else candidates(dataset, told, bands, losses, cost),
        contact_cost=cost,
        contact_cost_source=source,
        steps=steps,
        notices=notices,
        told=leavers_tell(dataset, customers),
        benefits=win_back_benefits(dataset, told.lapses, steps.second_loyalty, why.known if why else None),
        missing=(
            *missing_questions(dataset, "lost_12m", now),
            *missing_questions(dataset, "lost_12m_before", before),
            *_missing_files(dataset, chances, source),
            *_missing_answers(dataset, notices),
        ),
    )


def _missing_answers(dataset: Dataset, notices: NoticeManagement) -> list[Missing]:
    if notices.reactions is not None:
        return []
    reason = Unknown.NO_FILE if dataset.table("touchpoints") is None else Unknown.NO_ROWS
    return [Missing(key, reason, "touchpoints") for key in ("notices_open", "notice_reactions")]


def _missing_files(dataset: Dataset, chances: ReturnChances, cost_source: str) -> list[Missing]:
    missing = []
    if dataset.table("losses") is None:
        missing += [Missing(key, Unknown.NO_FILE, "losses") for key in ("reasons", "reason_known")]
    if dataset.table("measures") is None:
        missing.append(Missing("steps.regained", Unknown.NO_FILE, "measures"))
    if chances.test is None:
        missing.append(Missing("chance_test", Unknown.NOT_YET_OBSERVED))
    if chances.bands[0].chance is None:
        missing.append(Missing("win_back.chance", Unknown.NOT_YET_OBSERVED))
    if cost_source == "none":
        missing.append(Missing("contact_cost", Unknown.NO_ROWS, "measures.cost, costs"))
    return missing
