"""One figure has one number: page 1, sections, lists and cards of the samples say the same of the same."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from retention_reports.pipeline import load_client, report_context, report_view
from retention_reports.presentation.actions.action_section import present_actions
from retention_reports.presentation.view import FactStrip, Table
from retention_reports.recommending.effects import total

if TYPE_CHECKING:
    from retention_reports.presentation.actions.action_section import Action
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import ReportView

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.parametrize("name", ["musterhandel", "example_ltd"])


@cache
def _made(name: str) -> tuple[Context, ReportView]:
    client = load_client(PROJECT / "data" / name)
    return report_context(client, client.newest_quarter), report_view(client, client.newest_quarter)


def _actions(context: Context) -> dict[str, Action]:
    return {action.identifier: action for one in present_actions(context).lists for action in one.actions}


def test_a_label_has_the_same_value_wherever_it_is_printed(name: str) -> None:
    _, report = _made(name)
    said: dict[str, set[str]] = defaultdict(set)
    for figure in (*report.summary.key_figures, *(one for view in report.sections for one in view.key_figures)):
        said[figure.label].add(figure.value)
    for block in (block for view in report.sections for row in view.rows for block in row.blocks):
        for fact in block.facts if isinstance(block, FactStrip) else ():
            said[fact.label].add(fact.value)

    assert len(said) > 40
    assert {label: values for label, values in said.items() if len(values) > 1} == {}


def test_decisions_speak_of_the_customers_of_their_lists(name: str) -> None:
    context, report = _made(name)
    assert report.lists is not None
    tables = {block.identifier for row in report.lists.rows for block in row.blocks if isinstance(block, Table)}
    actions = _actions(context)
    seen: set[str] = set()
    for decision, shown in zip(context.register.decisions, report.summary.decisions, strict=True):
        if decision.customers:
            paying = [
                entry
                for entry in context.register.entries
                if entry.kind is decision.entries[0].kind and entry.leading and entry.cautious > 0
            ]
            assert decision.out_of == len(paying)
            assert shown.work_list in tables
        for entry in decision.entries:
            if entry.customer_id:
                amounts = entry.effect and (entry.effect.expected, entry.effect.low, entry.effect.high)
                assert actions[entry.identifier].amounts == (amounts or (None, None, None))
                assert entry.customer_id not in seen
                seen.add(entry.customer_id)

    effects = [one.effect for one in context.register.decisions if one.effect]
    assert context.register.total_effect == total(effects)


def test_cards_say_what_the_lists_say(name: str) -> None:
    context, report = _made(name)
    assert report.cards is not None
    actions = _actions(context)
    leading = {entry.customer_id: entry for entry in context.register.entries if entry.customer_id and entry.leading}
    compared = 0
    for card in report.cards.cards:
        entry = leading.get(card.customer_id)
        if entry is None:
            continue
        action = actions[entry.identifier]
        texts = " ".join(text for line in card.lines for text in line.texts)
        assert card.reason == action.reason
        assert card.name == action.customer
        assert context.formats.day(action.due) in card.who
        assert card.who.startswith(action.owner)
        assert action.phone in texts
        assert action.person in texts
        compared += 1

    assert compared > 30


def test_whom_the_register_leaves_alone_no_list_to_work_with_names(name: str) -> None:
    context, report = _made(name)
    control = {one.customer_id for one in context.register.excluded if one.reason == "control"}
    worked_with = {
        "win-back", "loss-call-list", "open-offers", "one-time-buyers", "contacts-overdue", "contacts-decisions",
        "contacts-birthdays", "forecast-orders", "fading", "satisfied",
    }  # fmt: skip
    views = (*report.sections, *((report.lists,) if report.lists else ()))
    named = {
        cell.customer_id
        for view in views
        for row in view.rows
        for block in row.blocks
        if isinstance(block, Table) and (block.identifier in worked_with or block.identifier.startswith("list-"))
        for cells in block.rows
        for cell in cells
    }

    assert control
    assert named
    assert not control & named
