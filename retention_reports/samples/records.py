"""What happens to customers: orders, complaints, departures, enrolments in measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.samples.assortments import Habit
    from retention_reports.samples.customers import Customer
    from retention_reports.samples.profile import MeasurePlan, Product


@record
class Line:
    """One product of an order; money in cents."""

    product: Product
    quantity: int
    amount: int
    cost: int


@dataclass(slots=True)
class Order:
    """An order or credit note; money in cents. `mood` is the customer's satisfaction (0–10) at that time."""

    customer: Customer
    day: date
    amount: int
    cost: int
    status: str
    channel: str
    rep: str
    promised: date | None
    delivered: date | None
    mood: float
    order_id: str = ""
    customer_id: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def late_days(self) -> int:
        """Days between promise and delivery; negative if early, 0 if not delivered."""
        return (self.delivered - self.promised).days if self.promised and self.delivered else 0


@record
class Complaint:
    """A complaint, about a late delivery or something else."""

    customer: Customer
    day: date
    late: bool
    resolved_on: date | None


@record
class Departure:
    """A customer's leaving: the last purchase, the cause, the day of a notice if one was given, and the return."""

    customer: Customer
    last_day: date
    cause: str
    notice_on: date | None
    noticed_on: date
    returned_on: date | None


@record
class Enrolment:
    """A customer in a measure's target or control group."""

    plan: MeasurePlan
    customer: Customer
    targeted: bool


@dataclass
class History:
    """All that happened to one customer. `habits` holds what the customer took up on the way."""

    customer: Customer
    orders: list[Order] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)
    habits: list[Habit] = field(default_factory=list)

    @property
    def gone_since(self) -> date | None:
        """The last purchase of a customer who left and has not come back."""
        if self.departures and self.departures[-1].returned_on is None:
            return self.departures[-1].last_day
        return None
