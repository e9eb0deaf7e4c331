"""The register as everybody reads it. Amounts are ten-thousandths; facts are worded by whoever shows them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.model.figures import Figure, Rate, money_figure
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from retention_reports.model.amendments import Amendment
    from retention_reports.model.quarters import Quarter
    from retention_reports.recommending.effects import Effect
    from retention_reports.recommending.kinds import Evidence, Kind

Fact: TypeAlias = "int | float | str | date | tuple[str, ...] | None"


@record
class Entry:
    """One thing to do. `subject` makes its identifier: a customer, an offer, a measure, a reason, a question.

    `effect` is None where no money can be named. `source` names the measure that proved the effect. `why` holds the
    figures behind it: names that begin with `amount` are ten-thousandths, days are dates. `leading` tells the one entry
    of a customer whose money counts; what else there is hangs below it.
    """

    kind: Kind
    subject: str
    customer_id: str
    effect: Effect | None
    evidence: Evidence
    owner: str
    due_on: date
    why: Mapping[str, Fact]
    source: str = ""
    leading: bool = True

    @property
    def identifier(self) -> str:
        """The entry's name, the same in every quarter."""
        return f"{self.kind}:{self.subject}" if self.subject else str(self.kind)

    @property
    def name_order(self) -> tuple[str, str]:
        """By what equals are put in order: kind and subject, which keep the order of the ids they are made of."""
        return str(self.kind), self.subject

    @property
    def cautious(self) -> int:
        """By what entries are ranked: the lower bound; 0 where no money can be named."""
        return 0 if self.effect is None else self.effect.low

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `recommendations.register`."""
        return {
            "id": self.identifier,
            "kind": str(self.kind),
            "customer_id": self.customer_id or None,
            "effect": None if self.effect is None else self.effect.figures(),
            "evidence": str(self.evidence),
            "owner": self.owner or None,
            "due_on": self.due_on.isoformat(),
            "leading": self.leading,
        }


@record
class Decision:
    """What management is asked to decide: leading entries of one kind, or one entry of the firm's.

    `entries` are ranked; `effect` is the sum of theirs, None where no money can be named. `pinned` tells that the
    consultant put it there; `wording` and `reason` are the consultant's own words ("" for ours). `out_of` counts the
    customers there are for it, at least as many as are named.
    """

    kind: Kind
    subject: str
    entries: tuple[Entry, ...]
    effect: Effect | None
    evidence: Evidence
    owner: str
    due_on: date
    pinned: bool = False
    wording: str = ""
    reason: str = ""
    out_of: int = 0

    @property
    def identifier(self) -> str:
        """The decision's name, the same in every quarter."""
        return f"{self.kind}:{self.subject}" if self.subject else str(self.kind)

    @property
    def name_order(self) -> tuple[str, str]:
        """By what equals are put in order: kind and subject, which keep the order of the ids they are made of."""
        return str(self.kind), self.subject

    @property
    def cautious(self) -> int:
        """By what decisions are ranked."""
        return 0 if self.effect is None else self.effect.low

    @property
    def customers(self) -> tuple[str, ...]:
        """The customers it is about, as ranked."""
        return tuple(entry.customer_id for entry in self.entries if entry.customer_id)

    def figures(self, title: str, whole: Effect | None) -> dict[str, Figure]:
        """Return the entry of `recommendations.decisions`; `whole` is the sum of all decisions."""
        effect = self.effect
        part = share(effect.expected, whole.expected) if effect and whole and whole.expected else None
        return {
            "id": self.identifier,
            "kind": str(self.kind),
            "title": title,
            "owner": self.owner or None,
            "due_on": self.due_on.isoformat(),
            "effect": None if effect is None else effect.figures(),
            "evidence": str(self.evidence),
            "customers": list(self.customers),
            "out_of": self.out_of,
            "share_of_total": part,
            "pinned": self.pinned,
        }


@record
class Amended:
    """A decision as it would have been, and what the consultant said of it."""

    decision: Decision
    amendment: Amendment

    @property
    def changes(self) -> tuple[str, ...]:
        """What was changed: pin, drop, title, owner, due_on, text."""
        said = self.amendment
        return tuple(name for name in ("pin", "drop", "title", "owner", "due_on", "text") if getattr(said, name))

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `recommendations.amended`."""
        return {"id": self.decision.identifier, "changes": list(self.changes)}


@record
class Exclusion:
    """A customer who is not recommended for something, and why.

    `reason`: control, running, negative_margin, unavoidable, complaint_open, price_fixed.
    """

    customer_id: str
    reason: str

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `recommendations.excluded`."""
        return {"customer_id": self.customer_id, "reason": self.reason}


@record
class Outcome:
    """What became of the decisions of an earlier quarter, up to the cut-off.

    `approached` counts the customers named with a contact, visit, offer, or measure since; `bought` those of them who
    bought since, `bought_without` those not approached who did. `expected` is the decisions' effect as it was said,
    `came` the margin (or revenue) since of the customers approached; `None` where nobody was named.
    """

    quarter: Quarter
    decisions: int
    done: int
    begun: int
    untouched: int
    approached: Rate
    bought: Rate
    bought_without: Rate
    expected: int | None
    came: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `recommendations.outcome`."""
        return {
            "quarter": str(self.quarter),
            "decisions": self.decisions,
            "done": self.done,
            "begun": self.begun,
            "untouched": self.untouched,
            **self.approached.figures("approached"),
            **self.bought.figures("bought"),
            **self.bought_without.figures("bought_without"),
            "expected": money_figure(self.expected),
            "came": money_figure(self.came),
        }


@record
class HitRate:
    """How the registers of up to eight earlier quarters did, each made from what was known then.

    `warned` counts those warned of who bought nothing in the quarter after, `others` all other active customers who did
    not; approached or not. `won_back` counts those of the win-back list who were approached in that quarter and bought,
    `left_alone` those who bought unasked. A customer counts once a quarter. `forecasts` counts the past quarters within
    their interval. `expected` is what the decisions of one and of two years ago were said to bring from the customers
    who were approached since, `change` by how much these brought more in the twelve months after than in those before;
    both None without any, `years` counts them.
    """

    quarters: int
    warned: Rate
    others: Rate
    won_back: Rate
    left_alone: Rate
    forecasts: Rate
    years: int
    expected: int | None
    change: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry `recommendations.hit_rate`."""
        rates = ("warned", "others", "won_back", "left_alone", "forecasts")
        return {
            "quarters": self.quarters,
            **{key: figure for name in rates for key, figure in getattr(self, name).figures(name).items()},
            "years": self.years,
            "expected": money_figure(self.expected),
            "change": money_figure(self.change),
        }


@record
class Register:
    """Everything recommended at a cut-off, and what became of the last four quarters' decisions (newest first).

    `entries` are ranked by what they cautiously bring. `is_margin` tells whether amounts are margins or revenue.
    `occasions` carry no money and stand in work lists alone.
    `amended` are decisions of which the consultant has said something. `barred` are the ids of those for whom nothing
    of a kind is recommended, so that no other list names them for it either. `unlisted` are the ids of further
    customers of a kind, of whom no decision could be made, where a quarter is looked back on.
    """

    decisions: tuple[Decision, ...]
    entries: tuple[Entry, ...]
    total_effect: Effect | None
    excluded: tuple[Exclusion, ...]
    outcomes: tuple[Outcome, ...]
    is_margin: bool
    occasions: tuple[Entry, ...] = ()
    amended: tuple[Amended, ...] = ()
    barred: Mapping[Kind, frozenset[str]] = field(default_factory=dict)
    hit_rate: HitRate | None = None
    unlisted: Mapping[Kind, frozenset[str]] = field(default_factory=dict)

    def named(self, kind: Kind) -> frozenset[str]:
        """Return the ids of the customers for whom something of the kind is recommended."""
        listed = (entry.customer_id for entry in self.entries if entry.kind is kind)
        return self.unlisted.get(kind, frozenset()).union(listed)

    def allows(self, kind: Kind, customer_id: str) -> bool:
        """Tell whether a list may name the customer for something of the kind."""
        return customer_id not in self.barred.get(kind, frozenset())

    def figures(self, titles: Mapping[str, str]) -> dict[str, Figure]:
        """Return the section `recommendations` of `figures.json`; `titles` are the decisions' by identifier."""
        return {
            "amounts_are": "margin" if self.is_margin else "revenue",
            "decisions": [one.figures(titles[one.identifier], self.total_effect) for one in self.decisions],
            "register": [entry.figures() for entry in self.entries],
            "total_effect": None if self.total_effect is None else self.total_effect.figures(),
            "amended": [entry.figures() for entry in self.amended],
            "excluded": [entry.figures() for entry in self.excluded],
            "outcome": [entry.figures() for entry in self.outcomes],
            "hit_rate": None if self.hit_rate is None else self.hit_rate.figures(),
        }
