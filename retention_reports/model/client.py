"""Who the client is and by which rules the figures are computed."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

DEFAULT_LAPSE_MONTHS = 12
DEFAULT_LIFETIME_YEARS = 5.0
DEFAULT_CAPACITY = 20


@record
class Branding:
    """The client's look: a colour as `#rrggbb` and a checked picture as a data URL; both may be empty."""

    colour: str = ""
    logo_data_url: str = ""


@record
class PriceTalk:
    """What the client says in every price talk: see `[price_talk]`; percents are None where not declared.

    `objections` are pairs of what customers say and what is answered.
    """

    needed_percent: float | None = None
    remaining_percent: float | None = None
    inside: tuple[str, ...] = ()
    objections: tuple[tuple[str, str], ...] = ()


@record
class Client:
    """What `client.toml` says, checked and complete.

    `key` is the folder's name. `targets` are fractions, counts, or currency units, by figure. `loss_reasons` maps the
    client's word to a standard reason. `contact_cadence_days` maps the value class (A, B, C) to days.
    `assumptions` are the chances (0 to 1) that an action changes what is at stake, by kind of recommendation;
    `contact_capacity` is how many customers can be called a quarter for one decision. `pseudonymised` tells that
    codes stand in the place of the client's names and words. `sales_people` is how figures by sales person
    show whom they are about: `names`, `codes`, or `off`. `cross_selling` is the declared state (done, partly, open) of
    its steps.
    """

    key: str
    name: str
    language: str = "de"
    currency: str = "EUR"
    fiscal_year_start_month: int = 1
    lapse_months: int = DEFAULT_LAPSE_MONTHS
    segment_lapse_months: Mapping[str, int] = field(default_factory=dict)
    customer_lifetime_years: float = DEFAULT_LIFETIME_YEARS
    data_from: date | None = None
    history_complete: bool = False
    targets: Mapping[str, float] = field(default_factory=dict)
    contact_cadence_days: Mapping[str, int] = field(default_factory=dict)
    loss_reasons: Mapping[str, str] = field(default_factory=dict)
    assumptions: Mapping[str, float] = field(default_factory=dict)
    contact_capacity: int = DEFAULT_CAPACITY
    excluded_customers: tuple[str, ...] = ()
    branding: Branding = field(default_factory=Branding)
    pseudonymised: bool = False
    sales_people: str = "names"
    price_talk: PriceTalk = field(default_factory=PriceTalk)
    cross_selling: Mapping[str, str] = field(default_factory=dict)

    def lapse_months_of(self, segment: str) -> int:
        """Return after how many months without a purchase a customer of the segment counts as lost."""
        return self.segment_lapse_months.get(segment, self.lapse_months)
