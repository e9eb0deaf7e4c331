"""One customer's life, order by order: rhythm, late deliveries, complaints, fading, leaving, coming back."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention_reports.model.quarters import months_before
from retention_reports.samples.assortments import Habit
from retention_reports.samples.chance import happens, scattered, stream, weighted
from retention_reports.samples.deliveries import delivery
from retention_reports.samples.prices import price_level
from retention_reports.samples.records import Complaint, Departure, Enrolment, History, Order

if TYPE_CHECKING:
    from retention_reports.samples.customers import Customer
    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import MeasurePlan, Profile

_USUAL_CAUSES = {
    "competitor": 0.20,
    "service": 0.20,
    "contact_change": 0.15,
    "business_closed": 0.20,
    "quality": 0.09,
    "moved_away": 0.08,
    "unknown": 0.08,
}
UNAVOIDABLE = frozenset({"business_closed", "moved_away"})
_FADING_VALUES = (0.78, 0.62, 0.5)
_RECENT_DAYS = 200
_PRICE_REACTION_DAYS = 75
_SPONTANEOUS_RETURN = 0.10


class Life:
    """Simulates one customer from the first order to the last day of the period."""

    def __init__(self, profile: Profile, period: Period, customer: Customer, seed: int) -> None:
        """Take a source of chance of the customer's own."""
        self._profile = profile
        self._period = period
        self._customer = customer
        self._chance = stream(seed, "life", customer.number)
        self._history = History(customer)
        self._fading: list[float] = []
        self._cause = ""
        self._grudge = 0
        self._second_life = False
        self._protection = 1.0
        self._tempo = 1.0
        self._pending = [plan for plan in profile.measures if plan.kind != "win_back"]

    def run(self) -> History:
        """Return everything that happened by the end of the period."""
        day: date | None = self._customer.first_day
        while day is not None and day <= self._period.last:
            self._enrol_regulars(day)
            order = self._order(day)
            self._history.orders.append(order)
            self._complain(order)
            day = self._leave(day) if self._leaves(order) else self._next_day(order)
        return self._history

    def _order(self, day: date) -> Order:
        customer, chance = self._customer, self._chance
        value = scattered(chance, customer.order_value, 0.38) * price_level(self._profile, self._period, day)
        mood = customer.content
        if self._fading:
            value *= self._fading[0]
            mood -= 3.4 - 1.2 * self._fading[0]
        promised, delivered, late = delivery(self._profile, self._period, customer.segment, day, chance)
        status = self._status()
        order = Order(
            customer=customer,
            day=day,
            amount=max(900, round(value)),
            cost=0,
            status=status,
            channel=weighted(chance, self._profile.channels),
            rep=customer.rep,
            promised=promised,
            delivered=None if status == "cancelled" else self._period.known(delivered),
            customer_id=customer.customer_id,
            mood=mood - (1.8 if late else 0) - (1.2 if self._grudge else 0),
        )
        order.cost = round(order.amount * (0.62 + 0.12 * chance.random()))
        return order

    def _status(self) -> str:
        if not self._history.orders:
            return "completed"
        cancelled = 0.085 if self._customer.rep == self._profile.hasty_rep else 0.018
        return weighted(self._chance, {"completed": 0.985 - cancelled, "cancelled": cancelled, "returned": 0.015})

    def _complain(self, order: Order) -> None:
        late = order.late_days > 1
        self._grudge = max(0, self._grudge - 1)
        if order.status != "completed" or not happens(self._chance, 0.16 if late else 0.009):
            return
        day = (order.delivered or order.day) + timedelta(days=self._chance.randint(1, 6))
        if day > self._period.last:
            return
        resolved = happens(self._chance, 0.72)
        resolved_on = day + timedelta(days=self._chance.randint(1, 21)) if resolved else None
        self._history.complaints.append(Complaint(self._customer, day, late, self._period.known(resolved_on)))
        self._grudge = 0 if resolved else 4

    def _leaves(self, order: Order) -> bool:
        """Return whether this order was the last one; many fade for some orders before they go."""
        if self._fading:
            self._fading.pop(0)
            return not self._fading
        if self._customer.one_time and len(self._history.orders) == 1:
            self._cause = "unknown"
            return True
        cause = self._cause_to_leave(order)
        if not cause:
            return False
        self._cause = cause
        if cause not in UNAVOIDABLE and happens(self._chance, 0.62):
            self._fading = list(_FADING_VALUES[: self._chance.randint(2, 3)])
            return False
        return True

    def _cause_to_leave(self, order: Order) -> str:
        customer = self._customer
        exposure = min(1.0, customer.gap / 30)
        factor = self._protection * (0.2 if customer.uses_services else 1.0) * (0.5 if customer.referred_by else 1.0)
        factor *= 1.5 if self._second_life else 1.0
        chances = {"": 0.0}
        yearly = customer.segment.churn * factor
        usual = 1 - math.exp(-yearly * customer.gap / 365)
        chances |= {cause: usual * share for cause, share in _USUAL_CAUSES.items()}
        if order.late_days > 0:
            chances["late_delivery"] = customer.segment.late_churn * exposure * factor
        chances["price"] = self._price_reaction(order.day) * exposure * factor
        if self._grudge:
            chances["service"] += 0.10 * exposure * factor
        chances[""] = max(0.0, 1 - sum(chances.values()))
        return weighted(self._chance, chances)

    def _price_reaction(self, day: date) -> float:
        if not self._customer.price_sensitive:
            return 0.0
        for change in self._profile.catalogue.price_changes:
            since = (day - self._period.back(change.months_back)).days
            if 0 <= since <= _PRICE_REACTION_DAYS and not change.product_id:
                return 0.014 * max(0.0, change.percent - 2)
        return 0.0

    def _next_day(self, order: Order) -> date:
        gap = (
            self._tempo * scattered(self._chance, self._customer.gap, 0.34) / self._profile.season[order.day.month - 1]
        )
        gap *= 1.35 if order.late_days > 0 else 1.0
        gap *= 1.2 if self._fading or self._second_life else 1.0
        return self._period.business_day(order.day + timedelta(days=max(1, round(gap))), self._chance)

    def _leave(self, day: date) -> date | None:
        """Note the departure and return the day of coming back, if the customer comes back."""
        chance = self._chance
        gives_notice = not self._customer.one_time and happens(chance, self._profile.notice_share)
        notice = day + timedelta(days=chance.randint(6, 28)) if gives_notice else None
        noticed = notice or day + timedelta(days=chance.randint(70, 190))
        lapse = self._profile.segment_lapse_months.get(self._customer.segment.name, self._profile.lapse_months)
        lost_on = notice or months_before(day, -lapse)
        returns = self._return_day(day, lost_on)
        if returns is not None:
            returns = self._period.business_day(returns, chance)
            returns = self._period.known(returns)
        departure = Departure(self._customer, day, self._cause, self._period.known(notice), noticed, returns)
        self._history.departures.append(departure)
        self._second_life, self._grudge = True, 0
        return returns

    def _return_day(self, day: date, lost_on: date) -> date | None:
        chance = self._chance
        recoverable = self._cause not in UNAVOIDABLE
        for plan in self._profile.measures:
            start = self._period.back(plan.months_back)
            if plan.kind != "win_back" or start <= lost_on or not self._concerns(plan):
                continue
            targeted = self._draw_group(plan)
            if targeted is None:
                continue
            self._history.enrolments.append(Enrolment(plan, self._customer, targeted))
            effect = plan.target_effect if targeted else plan.control_effect
            if recoverable and happens(chance, effect):
                return start + timedelta(days=chance.randint(8, 110))
        if recoverable and happens(chance, _SPONTANEOUS_RETURN):
            later = lost_on + timedelta(days=chance.randint(15, 240))
            return later if later > day else None
        return None

    def _enrol_regulars(self, day: date) -> None:
        for plan in [plan for plan in self._pending if self._period.back(plan.months_back) <= day]:
            self._pending.remove(plan)
            start = self._period.back(plan.months_back)
            orders = self._history.orders
            if len(orders) < 3 or (start - orders[-1].day).days > _RECENT_DAYS or not self._concerns(plan):  # noqa: PLR2004
                continue
            targeted = self._draw_group(plan)
            if targeted is not None:
                self._history.enrolments.append(Enrolment(plan, self._customer, targeted))
                self._act_on(plan, targeted=targeted, start=start)

    def _act_on(self, plan: MeasurePlan, *, targeted: bool, start: date) -> None:
        effect = plan.target_effect if targeted else plan.control_effect
        if plan.kind == "retention":
            self._protection = effect
            self._tempo = 0.82 if targeted else 1.0
            self._fading = [] if targeted else self._fading
        elif happens(self._chance, effect):
            products = [one for one in self._profile.catalogue.products if one.category == plan.category]
            since = start + timedelta(days=self._chance.randint(5, 60))
            self._history.habits.append(Habit(self._chance.choice(products), 1.6, since, date.max))

    def _concerns(self, plan: MeasurePlan) -> bool:
        customer = self._customer
        if plan.segment and plan.segment != customer.segment.name:
            return False
        return not plan.category or all(habit.product.category != plan.category for habit in customer.habits)

    def _draw_group(self, plan: MeasurePlan) -> bool | None:
        """Return True for target, False for control, None for neither."""
        point = self._chance.random()
        if point < plan.target_share:
            return True
        return False if point < plan.target_share + plan.control_share else None
