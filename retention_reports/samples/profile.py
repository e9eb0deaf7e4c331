"""What a kind of sample is made of: segments, programme, staff, words and the stories hidden in the figures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping  # noqa: TC003 (the profile is checked against its types at run time)
from dataclasses import field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter

from retention_reports.records import record

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class Product(NamedTuple):
    """One article; `price` in currency units, `margin` a fraction; `new_since` months before the end, 0: always."""

    product_id: str
    name: str
    category: str
    price: float
    margin: float
    kind: str
    new_since: int

    @property
    def is_service(self) -> bool:
        """Whether it is work done for the customer rather than goods."""
        return self.kind == "service"


@record
class Segment:
    """One kind of customer.

    `spend` multiplies the usual yearly value, `churn` is the yearly chance of leaving, `late_churn` the chance per
    late delivery. `categories` gives the chance that a customer buys from a category. `firms` are name patterns.
    """

    name: str
    share: float
    spend: float
    churn: float
    categories: Mapping[str, float]
    firms: tuple[str, ...]
    late_churn: float = 0.02
    troubled_late_share: float | None = None
    private: bool = False


@record
class MeasurePlan:
    """A measure with a target and a control group, and the chance that either group acts on it."""

    measure_id: str
    kind: str
    title: str
    months_back: int
    target_share: float
    control_share: float
    target_effect: float
    control_effect: float
    cost: int
    owner: str
    state: str
    category: str = ""
    segment: str = ""
    expected_revenue: int = 0


@record
class Undertaking:
    """A measure without named customers."""

    measure_id: str
    kind: str
    title: str
    months_back: int
    due_in_months: int
    cost: int
    owner: str
    state: str
    expected_revenue: int = 0
    idea_months_back: int = 0


@record
class PriceChange:
    """A price change of everything, of a category or of one product."""

    months_back: int
    percent: float
    product_id: str = ""
    category: str = ""


@record
class Catalogue:
    """The programme on offer."""

    products: tuple[Product, ...]
    price_changes: tuple[PriceChange, ...]


@record
class LateShare:
    """Share of late deliveries in usual times and in the troubled period."""

    usual: float
    troubled: float


@record
class Names:
    """Invented names."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    surnames: tuple[str, ...]
    towns: tuple[str, ...]
    postcodes: tuple[str, ...]
    emblems: tuple[str, ...]


@record
class Profile:
    """One kind of sample. Money in currency units, periods in months before the last day."""

    customers: int
    prospects: int
    months: int
    customer_id: str
    first_customer_number: int
    order_id: str
    first_order_number: int
    year_value: float
    year_value_spread: float
    usual_gap: float
    existing_share: float
    one_time_share: float
    notice_share: float
    season: tuple[float, ...]
    holidays: tuple[str, ...]
    easter_offsets: tuple[int, ...]
    sales_reps: Mapping[str, float]
    hasty_rep: str
    visit_success: Mapping[str, float]
    channels: Mapping[str, float]
    field_channel: str
    late_period: tuple[int, int]
    late_share: LateShare
    dropped_product: str
    collective_account: str
    segments: tuple[Segment, ...]
    catalogue: Catalogue
    measures: tuple[MeasurePlan, ...]
    undertakings: tuple[Undertaking, ...]
    costs: Mapping[str, float]
    departments: Mapping[str, str]
    loss_words: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    names: Names
    extra_customer_columns: tuple[str, ...] = ()
    byte_order_mark: tuple[str, ...] = ()
    grouped: tuple[str, ...] = ()
    lapse_months: int = 12
    segment_lapse_months: Mapping[str, int] = field(default_factory=dict)


def profile_folder(kind: str) -> Traversable:
    """Return the folder with a kind's profile and ready-made texts."""
    return resources.files(__package__).joinpath(kind)


@cache
def load_profile(kind: str) -> Profile:
    """Read the profile of a kind; lapse rules come from the `client.toml` that the sample will carry."""
    folder = profile_folder(kind)
    values = tomllib.loads(folder.joinpath("profile.toml").read_text(encoding="utf-8"))
    values["names"] = tomllib.loads(folder.joinpath("names.toml").read_text(encoding="utf-8"))
    rules = tomllib.loads(folder.joinpath("client.toml").read_text(encoding="utf-8"))["rules"]
    values["lapse_months"] = rules["lapse_months"]
    values["segment_lapse_months"] = {name: rule["lapse_months"] for name, rule in rules.get("segments", {}).items()}
    return TypeAdapter(Profile).validate_python(values)
