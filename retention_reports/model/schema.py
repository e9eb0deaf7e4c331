"""Every file and column that a client folder may hold: the one place for names, kinds and rules."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from retention_reports.records import record


class Kind(StrEnum):
    """How the text of a column is understood."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    FRACTION = "fraction"
    DAY = "day"
    QUARTER = "quarter"
    CHOICE = "choice"


class Privacy(StrEnum):
    """What a version for wider circulation shows of a column, so that nobody is told by it and every figure stays.

    PLAIN: as it is (standard values, numbers, days). CODED: a code for each different text. LISTED: a code for each
    part of a list. NAME: the code of the row's customer. PERSON: a code for a person. ADDRESS: an address that leads
    nowhere. OCCASION: a code, and still whether it sells or bills. STANDARD: as it is where it is a word of our own
    catalogues, else a code. RECOMMENDATION: the recommendation's kind, and a code of whom it is about. SAID: only that
    something stands there. WITHHELD: nothing; the figures that need it are null.
    """

    PLAIN = "plain"
    CODED = "coded"
    LISTED = "listed"
    NAME = "name"
    PERSON = "person"
    ADDRESS = "address"
    OCCASION = "occasion"
    STANDARD = "standard"
    RECOMMENDATION = "recommendation"
    SAID = "said"
    WITHHELD = "withheld"


@record
class Column:
    """One column: its standard name, kind, and what it may hold.

    `choices` lists the standard values of a CHOICE column. `low` and `high` bound a NUMBER. `default` stands where an
    optional CHOICE cell is empty. `percent` is what `1 %` stands for, where a number may carry that sign.
    `privacy` says what becomes of it in a pseudonymised report.
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    low: float | None = None
    high: float | None = None
    percent: Decimal | None = None
    privacy: Privacy = Privacy.PLAIN

    @property
    def is_personal(self) -> bool:
        """Tell whether cells are about a person by themselves: names, addresses, birthdays, what somebody said."""
        return self.privacy in _ABOUT_PERSONS


_ABOUT_PERSONS = frozenset({Privacy.NAME, Privacy.PERSON, Privacy.ADDRESS, Privacy.SAID, Privacy.WITHHELD})


@record
class Table:
    """One standard file: `key` names the column whose values must be unique, where there is one."""

    name: str
    columns: tuple[Column, ...]
    key: str = ""
    required: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """Standard names, in the order of the schema."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises:
            KeyError: the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


ORDER_STATUSES = ("completed", "cancelled", "returned")
YES_NO = ("yes", "no")
YES_NO_UNKNOWN = ("yes", "no", "unknown")
ANSWERS = ("yes", "partly", "no", "not_applicable", "unknown")
RANKS = ("A", "B", "C")
SPENDING_KINDS = ("acquisition", "retention", "win_back")
RECOMMENDATIONS = (
    "settle_complaint",
    "answer_notice",
    "save_customer",
    "win_back",
    "ask_reason",
    "follow_up_offer",
    "decision_day",
    "overdue_order",
    "contact",
    "cross_sell",
    "second_purchase",
    "price_talk",
    "wish_customer",
    "ask_referral",
    "birthday",
    "anniversary",
    "correct_address",
)
FOLLOW_UP_RESULTS = ("bought", "interested", "no", "not_reached", "reason")
SUITABILITIES = ("always", "mostly", "sometimes", "rarely", "unsuitable")
MEASURE_KINDS = ("win_back", "retention", "cross_selling", "acquisition")


def _identifier(name: str, privacy: Privacy = Privacy.CODED, *, required: bool = False) -> Column:
    return Column(name, Kind.IDENTIFIER, required, privacy=privacy)


def _text(name: str, privacy: Privacy = Privacy.CODED, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, required, privacy=privacy)


def _money(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.MONEY, required)


def _day(name: str, privacy: Privacy = Privacy.PLAIN, *, required: bool = False) -> Column:
    return Column(name, Kind.DAY, required, privacy=privacy)


def _choice(name: str, choices: tuple[str, ...], *, required: bool = False, default: str = "") -> Column:
    return Column(name, Kind.CHOICE, required, choices, default)


CUSTOMERS = Table(
    "customers",
    (
        _identifier("customer_id", required=True),
        _text("name", Privacy.NAME),
        _text("segment"),
        _text("email", Privacy.ADDRESS),
        _choice("email_permission", YES_NO_UNKNOWN, default="unknown"),
        _text("salutation", Privacy.SAID),
        _identifier("referred_by"),
        _money("potential"),
        Column("fit", Kind.NUMBER, low=1, high=5),
        _text("motive"),
        _choice("supplier_rank", RANKS),
        _day("price_fixed_until"),
        _day("notice_on"),
        _identifier("merged_into"),
        _text("sales_rep", Privacy.PERSON),
    ),
    key="customer_id",
    required=True,
)
ORDERS = Table(
    "orders",
    (
        _identifier("order_id", required=True),
        # The cell may be empty (such an order is not assignable); the column may not be missing.
        _identifier("customer_id", required=True),
        _day("ordered_on", required=True),
        _money("amount", required=True),
        _money("cost"),
        _choice("status", ORDER_STATUSES, default="completed"),
        _text("currency", Privacy.PLAIN),
        _text("channel"),
        _text("sales_rep", Privacy.PERSON),
        _day("promised_on"),
        _day("delivered_on"),
    ),
    key="order_id",
    required=True,
)
ORDER_LINES = Table(
    "order_lines",
    (
        _identifier("order_id", required=True),
        _identifier("product_id", required=True),
        Column("quantity", Kind.NUMBER),
        _money("amount", required=True),
        _money("unit_price"),
        Column("discount", Kind.FRACTION, low=0, high=1, percent=Decimal("0.01")),
        _choice("status", ORDER_STATUSES, default="completed"),
    ),
)
PRODUCTS = Table(
    "products",
    (
        _identifier("product_id", required=True),
        _text("name", required=True),
        _text("category", required=True),
        _choice("kind", ("product", "service"), default="product"),
        _day("introduced_on"),
        _money("price"),
        _money("cost"),
        _choice("suitability", SUITABILITIES),
    ),
    key="product_id",
)
CONTACTS = Table(
    "contacts",
    (
        _identifier("customer_id", required=True),
        _text("name", Privacy.PERSON, required=True),
        _text("salutation", Privacy.SAID),
        _text("role", Privacy.SAID),
        _choice("decides", YES_NO),
        _text("email", Privacy.ADDRESS),
        _text("phone", Privacy.SAID),
        _day("birthday", Privacy.WITHHELD),
    ),
)
TOUCHPOINTS = Table(
    "touchpoints",
    (
        _identifier("customer_id", required=True),
        _day("date", required=True),
        _text("channel", required=True),
        _choice("state", ("planned", "done"), required=True),
        _text("occasion", Privacy.OCCASION),
        _text("sales_rep", Privacy.PERSON),
        _choice("initiated_by", ("customer", "us")),
        _text("department", Privacy.STANDARD),
    ),
)
VISITS = Table(
    "visits",
    (
        _identifier("customer_id", required=True),
        _day("visited_on", required=True),
        _text("sales_rep", Privacy.PERSON),
        _identifier("order_id"),
    ),
)
OFFERS = Table(
    "offers",
    (
        _identifier("offer_id", required=True),
        _identifier("customer_id", required=True),
        _day("offered_on", required=True),
        _money("amount", required=True),
        _choice("state", ("open", "won", "lost", "expired"), required=True),
        _day("decision_due_on"),
        _day("decided_on"),
        _day("followed_up_on"),
        _text("lost_reason", Privacy.STANDARD),
        _text("wishes", Privacy.LISTED),
        _text("sales_rep", Privacy.PERSON),
        _choice("presented", YES_NO),
        _text("guarantees", Privacy.LISTED),
        _money("cost"),
    ),
    key="offer_id",
)
ENQUIRIES = Table(
    "enquiries",
    (
        _identifier("enquiry_id", required=True),
        _day("received_on", required=True),
        _text("criteria", Privacy.LISTED),
        _identifier("customer_id"),
        _choice("won", YES_NO),
    ),
    key="enquiry_id",
)
LOSSES = Table(
    "losses",
    (
        _identifier("customer_id", required=True),
        _day("noticed_on", required=True),
        _text("reason", Privacy.STANDARD, required=True),
        _choice("kind", ("notice", "silent"), default="silent"),
        _text("competitor"),
        _choice("recoverable", YES_NO_UNKNOWN, default="unknown"),
        _text("department", Privacy.STANDARD),
        _text("note", Privacy.SAID),
        _day("passed_on"),
    ),
)
MEASURES = Table(
    "measures",
    (
        _identifier("measure_id", required=True),
        _choice("kind", MEASURE_KINDS, required=True),
        _text("title", required=True),
        _identifier("customer_id"),
        _choice("group", ("target", "control"), default="target"),
        _day("started_on", required=True),
        _money("cost"),
        _text("owner", Privacy.PERSON),
        _day("due_on"),
        _choice("state", ("idea", "planned", "running", "done", "dropped")),
        _money("expected_revenue"),
        _day("idea_on"),
    ),
)
FEEDBACK = Table(
    "feedback",
    (
        _identifier("customer_id", required=True),
        _day("date", required=True),
        _choice("kind", ("survey", "complaint", "praise"), required=True),
        Column("score", Kind.NUMBER, low=0, high=10),
        _text("topic"),
        _day("resolved_on"),
        _text("text", Privacy.SAID),
    ),
)
COSTS = Table(
    "costs",
    (
        Column("quarter", Kind.QUARTER, required=True),
        _choice("kind", SPENDING_KINDS, required=True),
        _money("amount", required=True),
    ),
)
PRICE_CHANGES = Table(
    "price_changes",
    (
        _day("date", required=True),
        Column("percent", Kind.NUMBER, required=True, percent=Decimal(1)),
        _identifier("product_id"),
        _text("category"),
    ),
)
FOLLOW_UP = Table(
    "follow_up",
    (
        _identifier("recommendation_id", Privacy.RECOMMENDATION, required=True),
        _identifier("customer_id", required=True),
        _day("date", required=True),
        _choice("kind", RECOMMENDATIONS, required=True),
        _choice("result", FOLLOW_UP_RESULTS, required=True),
        _text("reason", Privacy.STANDARD),
        _text("note", Privacy.SAID),
        _text("sales_rep", Privacy.PERSON),
        _identifier("offer_id"),
    ),
)
ANSWER_SHEET = Table(
    "answers",
    (
        Column("quarter", Kind.QUARTER, required=True),
        _identifier("question_id", Privacy.STANDARD, required=True),
        Column("version", Kind.NUMBER, low=1),
        _choice("answer", ANSWERS, required=True),
        _text("evidence", Privacy.SAID),
        _text("answered_by", Privacy.PERSON),
    ),
)

NAMES = Table(
    "names",
    (
        _identifier("customer_id", required=True),
        _text("name", Privacy.NAME),
        _text("salutation", Privacy.SAID),
        _text("email", Privacy.ADDRESS),
        _text("contact", Privacy.PERSON),
        _text("role", Privacy.SAID),
        _text("phone", Privacy.SAID),
        _day("birthday", Privacy.WITHHELD),
    ),
)
"""Who the customers and their contacts are, for folders whose other files say it of nobody; it lies outside git."""

TABLES: tuple[Table, ...] = (
    CUSTOMERS,
    ORDERS,
    ORDER_LINES,
    PRODUCTS,
    CONTACTS,
    TOUCHPOINTS,
    VISITS,
    OFFERS,
    ENQUIRIES,
    LOSSES,
    MEASURES,
    FEEDBACK,
    COSTS,
    PRICE_CHANGES,
    ANSWER_SHEET,
)
"""All files of the client's, in the order of the data folder's description."""

TABLE_BY_NAME = {table.name: table for table in (*TABLES, FOLLOW_UP)}
"""All files that are read: the client's, and the one that this program writes itself."""

FILE_BY_NAME = {**TABLE_BY_NAME, NAMES.name: NAMES}
"""All files that `client.toml` may describe."""
