"""Where the money goes: what was spent on each pillar beside what it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.spending import PILLAR_OF
from retention_reports.charts.frame import Value
from retention_reports.charts.stacked_bars import Part, StackedBar, StackedBars, draw_stacked_bars
from retention_reports.charts.style import Role
from retention_reports.model.figures import FEW
from retention_reports.presentation.gate import worth_naming
from retention_reports.presentation.view import Chart, Finding
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.spending import PillarRevenue, Spending
    from retention_reports.presentation.context import Context

QUOTED_FIRST = {"acquisition": 0.44, "retention": 0.18}
"""Often quoted: how many firms put which purpose first."""
_ROLES = {"acquisition": Role.NEW, "retention": Role.LOYAL, "win_back": Role.WON_BACK}


@record
class _Split:
    """The two wholes that are told: both known, and of a client with customers enough for shares of what they bring."""

    spending: Spending
    revenue: PillarRevenue

    @property
    def heaviest(self) -> str:
        """The purpose whose part of the spending exceeds its pillar's part of the revenue most."""
        return max((kind for kind, _ in self.spending.known), key=self.excess)

    def excess(self, kind: str) -> float:
        """Return a kind's part of the spending less its pillar's part of the revenue."""
        return self.parts(kind)[0] - self.parts(kind)[1]

    def parts(self, kind: str) -> tuple[float, float]:
        """Return a kind's part of the spending, and its pillar's of the revenue."""
        shares = self.spending.spent_share(kind), self.spending.revenue_share(kind)
        return tuple(share.share or 0.0 if share else 0.0 for share in shares)  # type: ignore[return-value]


def spending_chart(context: Context, spending: Spending) -> Chart | None:
    """Draw spending and revenue by pillar as two bars of one length; None where either is not known."""
    split = _split(context, spending)
    if split is None:
        return None
    say, formats = context.wording.say, context.formats
    title = _sentence(context, split)
    svg = draw_stacked_bars(
        StackedBars(
            identifier="spending-by-pillar",
            title=title,
            description=say("pillars.spending.subtitle"),
            bars=(_spent_bar(context, split), _revenue_bar(context, split)),
        )
    )
    quoted = {kind: formats.percent(part, 0) for kind, part in QUOTED_FIRST.items()}
    return Chart(title, say("pillars.spending.subtitle"), svg, note=say("pillars.spending.quoted", **quoted))


def spending_finding(context: Context, spending: Spending) -> Finding | None:
    """Tell on which pillar more is spent than it brings, by what is spent beyond its part; None where there is none."""
    split = _split(context, spending)
    if split is None:
        return None
    kind = split.heaviest
    weight = round(split.excess(kind) * spending.total)
    if not worth_naming(weight):
        return None
    topic = context.wording.say("pillars.spending.topic")
    return Finding(topic, f"{_sentence(context, split)}.", weight, PILLAR_OF[kind])


def _split(context: Context, spending: Spending) -> _Split | None:
    revenue = spending.revenue
    if revenue is None or not context.knows("spending", "spent") or len(spending.known) == 1:
        return None
    amounts = [*(amount for _, amount in spending.known), *(revenue.of(kind) for kind in PILLAR_OF)]
    customers = int(context.dataset.ledger.active(context.dataset.cut_off).sum())
    shares_told = min(amounts) >= 0 and revenue.unassigned >= 0 and customers >= FEW
    told = shares_told and worth_naming(spending.total) and worth_naming(revenue.total)
    return _Split(spending, revenue) if told else None


def _sentence(context: Context, split: _Split) -> str:
    kind = split.heaviest
    spent, brought = (context.formats.percent(part, 0) for part in split.parts(kind))
    return context.wording.say(f"pillars.spending.title.{kind}", spent=spent, brought=brought)


def _spent_bar(context: Context, split: _Split) -> StackedBar:
    total = split.spending.total
    parts = [(_ROLES[kind], f"pillars.spending.kinds.{kind}", amount) for kind, amount in split.spending.known]
    return _bar(context, "pillars.spending.spent", total, parts)


def _revenue_bar(context: Context, split: _Split) -> StackedBar:
    revenue = split.revenue
    parts = [(_ROLES[kind], f"common.pillars.{pillar}", revenue.of(kind)) for kind, pillar in PILLAR_OF.items()]
    parts.append((Role.UNASSIGNED, "common.pillars.unassigned", revenue.unassigned))
    return _bar(context, "pillars.spending.revenue", revenue.total, parts)


def _bar(context: Context, name: str, total: int, parts: list[tuple[Role, str, int]]) -> StackedBar:
    say, formats = context.wording.say, context.formats
    return StackedBar(
        say(name),
        formats.money_short(total),
        tuple(
            Part(role, say(key), Value(amount / total, formats.percent(amount / total, 0)))
            for role, key, amount in parts
        ),
    )
