"""The keys that `client.toml` may have, as its author writes them."""

from __future__ import annotations

import codecs
import re
from datetime import date  # noqa: TC003 - pydantic reads it at run time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, model_validator

from retention_reports.messages import say
from retention_reports.reading.day_forms import check_day_form
from retention_reports.reading.decoding import OWN_ENCODINGS
from retention_reports.reading.mapping import ColumnSource, SignRule, parse_signs, parse_source
from retention_reports.reading.problems import shown

DEFAULT = "default"
"""Names, in a table by column, what goes for all columns that it does not name."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NO_FILE_ENCODINGS = frozenset({"undefined", "idna", "punycode"})
"""Python knows them as text, but the first reads nothing and the others are for names of hosts."""


def _known_encoding(name: str) -> str:
    if name in OWN_ENCODINGS:
        return name
    try:
        codec = codecs.lookup(name)
    except LookupError:
        text_codec = False
    else:
        text_codec = codec._is_text_encoding and codec.name not in _NO_FILE_ENCODINGS  # noqa: SLF001
    if not text_codec:
        raise ValueError(say("settings.no_encoding", name=shown(name)))
    return name


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise ValueError(say("settings.no_colour", value=shown(value)))
    return value


def _currency(value: str) -> str:
    if not _CURRENCY.fullmatch(value):
        raise ValueError(say("settings.no_currency", value=shown(value)))
    return value


def _written_as_text(value: object) -> object:
    # Customers' numbers and constants may be written without quotes; a float would not say how it was written.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _day_forms(value: object) -> object:
    """Return one form of days, a list of several, or a table of either by column, once all forms are known to work."""
    entries = list(value.values()) if isinstance(value, dict) else [value]
    for entry in entries:
        for form in entry if isinstance(entry, list) and entry else [entry]:
            if not isinstance(form, str):
                raise ValueError(say("settings.no_day_forms"))  # noqa: TRY004 - pydantic expects it
            if form or entry != form:
                check_day_form(form)
    return value


def _scale(ends: list[float]) -> list[float]:
    if ends[0] == ends[1]:
        raise ValueError(say("settings.no_scale"))
    return ends


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ValueError(say("settings.no_time_zone", name=shown(name))) from problem
    return name


def _one_line(value: str) -> str:
    plain = " ".join(value.split())
    if not plain or not plain.isprintable():
        raise ValueError(say("settings.not_one_line"))
    return plain


def _list_of_words(value: object) -> object:
    if value == []:
        raise ValueError(say("settings.no_words"))
    return [value] if isinstance(value, str | int) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_written_as_text)]
Name = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
LapseMonths = Annotated[int, Field(ge=1, le=120)]
Amount = Annotated[float, Field(ge=0, le=1_000_000_000_000, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=1, le=3650)]
Scale = Annotated[list[float], Field(min_length=2, max_length=2), AfterValidator(_scale)]
Factor = Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)]
PositiveFactor = Annotated[float, Field(allow_inf_nan=False, gt=0, le=1e9)]
DayForms = str | list[str] | dict[str, str | list[str]]
Encoding = Annotated[str, AfterValidator(_known_encoding)]

Source = Annotated[ColumnSource, PlainValidator(parse_source)]
Signs = Annotated[SignRule, PlainValidator(parse_signs)]
Words = Annotated[list[Text], BeforeValidator(_list_of_words)]
Percent = Annotated[float, Field(ge=0, le=100)]


class Settings(BaseModel):
    """A table of `client.toml`: no key but those declared, and every value of its own type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SegmentRules(Settings):
    """Rules that differ for one segment."""

    lapse_months: LapseMonths


class Rules(Settings):
    """By which rules a customer counts as lost, and what a lost one was worth."""

    lapse_months: LapseMonths = 12
    customer_lifetime_years: Annotated[float, Field(gt=0, le=100)] = 5.0
    segments: dict[str, SegmentRules] = {}


class Targets(Settings):
    """What management wants to reach; shown beside the figures."""

    retention_rate: Share | None = None
    retention_rate_12m: Share | None = None
    revenue: Amount | None = None
    new_customers: Amount | None = None
    sales_check_score: Share | None = None


class BrandingSettings(Settings):
    """The client's look."""

    logo: str = ""
    colour: Annotated[str, AfterValidator(_colour)] | None = None


class PrivacySettings(Settings):
    """Whom figures name: how sales people stand beside results."""

    sales_people: Literal["names", "codes", "off"] = "codes"


class ContactCadence(Settings):
    """After how many days a customer of a value class is to be contacted again."""

    A: Days | None = None
    B: Days | None = None
    C: Days | None = None


class Assumptions(Settings):
    """The chance that an action changes what is at stake, where the client's own measures do not tell it."""

    settle_complaint: Share | None = None
    answer_notice: Share | None = None
    save_customer: Share | None = None
    win_back: Share | None = None
    follow_up_offer: Share | None = None
    cross_sell: Share | None = None
    second_purchase: Share | None = None
    price_talk: Share | None = None
    contact: Share | None = None
    ask_referral: Share | None = None
    remove_cause: Share | None = None


class ObjectionText(Settings):
    """What customers say against a higher price, and what is answered."""

    objection: Name
    answer: Annotated[str, Field(max_length=600), AfterValidator(_one_line)]


class PriceTalkSettings(Settings):
    """What every sheet for a price talk says: what was done inside against rising cost, and answers to objections.

    `needed_percent` would have been needed without it, `remaining_percent` is what remains to be asked for.
    """

    needed_percent: Percent | None = None
    remaining_percent: Percent | None = None
    inside: list[Name] = []
    objections: list[ObjectionText] = []


StepState = Literal["done", "partly", "open"]


class CrossSellingSettings(Settings):
    """How far management says each of the six steps of cross-selling is."""

    decision: StepState | None = None
    analysis: StepState | None = None
    target: StepState | None = None
    measures: StepState | None = None
    activation: StepState | None = None
    control: StepState | None = None


class Mark(Settings):
    """A file that lists orders which have a status that the orders' own file does not tell."""

    path: str
    column: str
    status: Literal["completed", "cancelled", "returned"]
    encoding: Encoding = ""
    separator: Literal["", ",", ";", "\t", "|"] = ""


class Renumbering(Settings):
    """A file that lists customers' old ids beside their new ones."""

    path: str
    old: str
    new: str
    encoding: Encoding = ""
    separator: Literal["", ",", ";", "\t", "|"] = ""


class DatevSettings(Settings):
    """What a ledger of DATEV does not tell of itself: its chart of accounts, and rates of tax in percent.

    Accounts are written by their first four digits. `several_books`: files that differ in the numbers of tax consultant
    or client are of one firm all the same.
    """

    chart: Literal["", "03", "04"] = ""
    revenue_accounts: list[Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{4})?$")]] = []
    account_rates: dict[str, Percent] = {}
    key_rates: dict[str, Percent] = {}
    several_books: bool = False


class EInvoiceSettings(Settings):
    """Whose electronic invoices count, where those of several sellers lie together: a VAT number, or else a name.

    `corrections`: whether a corrected invoice comes instead of the one that it names, or beside it.
    """

    seller: str = ""
    corrections: Literal["", "replace", "add"] = ""


class GdpduSettings(Settings):
    """Which table of a data carrier for tax audits holds the rows, where its columns do not tell."""

    table: str = ""


class TaxShare(Settings):
    """Amounts of which the file tells the tax of the whole document only: each takes its share of it.

    `tax` and `of` name the columns of the tax and of the document's total with tax; `less` one without tax (as of
    shipping) that is taken off what remains.
    """

    tax: str
    of: str
    less: str = ""


class Unroll(Settings):
    """A table with a column a month: how months are written in the header, and what their rows' columns are called."""

    form: Annotated[str, AfterValidator(check_day_form)]
    day: str = "month"
    amount: str = "amount"


_SAID_BY_FORMAT = (
    *("separator", "decimal", "decimals", "date_format", "time_zone", "sheet", "day_cells", "header_line"),
    *("columns", "rows", "number_rows", "tax_rate", "tax_rate_column"),
)
"""The keys for which a file in a format of its own leaves nothing to say."""
_LEFT_TO_SAY = frozenset(("gdpdu", key) for key in ("columns", "rows", "tax_rate", "tax_rate_column"))
"""A data carrier tells how it is written, not what its columns stand for."""


class FileSettings(Settings):
    """Where a file is and how it is written, in so far as it is not in standard form."""

    path: str = ""
    format: Literal["", "datev", "dsfinv-k", "e-invoice", "gdpdu"] = ""
    datev: DatevSettings = DatevSettings()
    e_invoice: EInvoiceSettings = EInvoiceSettings()
    gdpdu: GdpduSettings = GdpduSettings()
    encoding: Annotated[str, AfterValidator(lambda name: name and _known_encoding(name))] = ""
    separator: Literal["", ",", ";", "\t", "|"] = ""
    decimal: Literal["", ",", "."] = ""
    date_format: Annotated[DayForms, PlainValidator(_day_forms)] = ""
    time_zone: Annotated[str, AfterValidator(_time_zone)] = ""
    placeholder_days: Literal["", "leave_out"] = ""
    sheet: str | Annotated[list[str], Field(min_length=1)] = ""
    day_cells: Literal["", "right", "swapped"] = ""
    header_line: Annotated[int, Field(ge=0, le=1000)] = 1
    scale: dict[str, Scale] = {}
    lists: dict[str, Annotated[str, Field(min_length=1, max_length=5)]] = {}
    decimals: dict[str, Literal[",", "."]] = {}
    number_marks: dict[str, Factor] = {}
    factors: dict[str, PositiveFactor] = {}
    columns: dict[str, Source] = {}
    values: dict[str, dict[str, str]] = {}
    constants: dict[str, Text] = {}
    only: dict[str, Words] = {}
    skip_rows: dict[str, Words] = {}
    sign: Signs | None = None
    tax_rate: Percent = 0.0
    tax_rate_column: str = ""
    tax_share: TaxShare | None = None
    deducted_files: list[str] = []
    footers: list[str] = []
    fill_down: list[str] = []
    groups: str = ""
    unroll: Unroll | None = None
    ignore: list[str] = []
    rows: Literal["order", "order_line"] = "order"
    per_order: list[Text] = []
    per_line: list[Text] = []
    distinct: bool | Literal["files"] = False
    latest_by: str = ""
    version_mark: Annotated[str, Field(max_length=10)] = ""
    subtotals: Literal["", "leave_out", "count"] = ""
    number_rows: bool = False
    pad: Annotated[int, Field(ge=0, le=40)] | None = None
    id_prefix: Annotated[str, Field(max_length=20)] = ""
    unknown_customers: Literal["", "error", "unassigned"] = ""
    marks: list[Mark] = []
    renumbered: list[Renumbering] = []

    @model_validator(mode="after")
    def _check_format(self) -> FileSettings:
        for key in _SAID_BY_FORMAT if self.format else ():
            if key in self.model_fields_set and (self.format, key) not in _LEFT_TO_SAY:
                raise ValueError(say("formats.said_already", format=shown(self.format), key=key))
        for key, name in (("datev", "datev"), ("e_invoice", "e-invoice"), ("gdpdu", "gdpdu")):
            if key in self.model_fields_set and self.format != name:
                raise ValueError(say("formats.of_another", key=key, format=shown(name)))
        return self

    def day_forms_of(self, column: str) -> tuple[str, ...]:
        """Return the forms in which a column's days are declared to be written; none where nothing is declared."""
        forms = self.date_format
        if isinstance(forms, dict):
            forms = forms.get(column, forms.get(DEFAULT, ""))
        return tuple(forms) if isinstance(forms, list) else tuple(filter(None, [forms]))

    @property
    def all_day_forms(self) -> frozenset[str]:
        """The forms that are declared for any column."""
        forms = self.date_format
        columns = [*forms, DEFAULT] if isinstance(forms, dict) else [DEFAULT]
        return frozenset(form for column in columns for form in self.day_forms_of(column))

    def decimal_of(self, column: str) -> str:
        """Return the decimal sign that is declared for a column (or for one added to it); empty where none is."""
        return self.decimals.get(column.partition(" ")[0], self.decimal)


class ClientSettings(Settings):
    """The whole of `client.toml`."""

    name: Name
    language: Literal["de", "en"] = "de"
    currency: Annotated[str, AfterValidator(_currency)] = "EUR"
    fiscal_year_start_month: Annotated[int, Field(ge=1, le=12)] = 1
    data_from: date | None = None
    history_complete: bool = False
    unknown_customers: Literal["error", "unassigned"] = "error"
    unassigned_up_to: Share | None = None
    exclude_customers: list[Text] = []
    rules: Rules = Rules()
    targets: Targets = Targets()
    branding: BrandingSettings = BrandingSettings()
    privacy: PrivacySettings = PrivacySettings()
    contact_cadence_days: ContactCadence = ContactCadence()
    contact_capacity: Annotated[int, Field(ge=1, le=1000)] = 20
    assumptions: Assumptions = Assumptions()
    loss_reasons: dict[str, str] = {}
    price_talk: PriceTalkSettings = PriceTalkSettings()
    cross_selling: CrossSellingSettings = CrossSellingSettings()
    files: dict[str, FileSettings] = {}
