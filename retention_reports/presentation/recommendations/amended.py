"""What the consultant has changed of the decisions, told in the appendix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.presentation.recommendations.decisions import owner_of
from retention_reports.presentation.recommendations.titles import decision_title
from retention_reports.presentation.view import ListItem, PointList, Row, SectionView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Amended


def present_amended(context: Context) -> SectionView | None:
    """List what was changed, under our own titles; None where nothing was."""
    register = context.register
    if not register.amended:
        return None
    shown = {one.identifier for one in register.decisions}
    items = tuple(_item(context, one, on_page=one.decision.identifier in shown) for one in register.amended)
    say = context.wording.say
    title, headline = (say(f"appendix.amended.{name}") for name in ("title", "headline"))
    return SectionView("amended", title, headline, (Row((PointList("", items),)),))


def _item(context: Context, one: Amended, *, on_page: bool) -> ListItem:
    say = context.wording.say
    parts = list(_parts(context, one))
    if not on_page and not one.amendment.drop:
        parts.append(say("appendix.amended.not_shown"))
    return ListItem(f"{decision_title(context, one.decision)}:", "; ".join(parts), one.decision.identifier)


def _parts(context: Context, one: Amended) -> Iterator[str]:
    say, said, day = context.wording.say, one.amendment, context.formats.day
    for name in one.changes:
        if name == "title":
            yield say("appendix.amended.new_title", new=said.title)
        elif name == "owner":
            new = replace(one.decision, owner=said.owner)
            yield say("appendix.amended.new_owner", new=owner_of(context, new), old=owner_of(context, one.decision))
        elif name == "due_on" and said.due_on is not None:
            yield say("appendix.amended.new_day", new=day(said.due_on), old=day(one.decision.due_on))
        elif name == "text":
            yield say("appendix.amended.new_text")
        else:
            yield say(f"appendix.amended.{name}")
