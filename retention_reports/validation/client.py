"""The settings of `client.toml` as the analyses get them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.client import Branding, Client, PriceTalk

if TYPE_CHECKING:
    from pydantic import BaseModel

    from retention_reports.reading.folder import SourceFolder


def client_of(source: SourceFolder) -> Client:
    """Return who the client is and its rules; what is not set has the model's defaults."""
    settings = source.client_file.settings
    rules = settings.rules
    return Client(
        key=source.key,
        name=settings.name,
        language=settings.language,
        currency=settings.currency,
        fiscal_year_start_month=settings.fiscal_year_start_month,
        lapse_months=rules.lapse_months,
        segment_lapse_months={name: rule.lapse_months for name, rule in sorted(rules.segments.items())},
        customer_lifetime_years=rules.customer_lifetime_years,
        data_from=settings.data_from,
        history_complete=settings.history_complete,
        targets=_given(settings.targets),
        contact_cadence_days={name: int(days) for name, days in _given(settings.contact_cadence_days).items()},
        loss_reasons=dict(sorted(settings.loss_reasons.items())),
        assumptions=_given(settings.assumptions),
        contact_capacity=settings.contact_capacity,
        excluded_customers=tuple(sorted(set(settings.exclude_customers))),
        sales_people=settings.privacy.sales_people,
        price_talk=PriceTalk(
            needed_percent=settings.price_talk.needed_percent,
            remaining_percent=settings.price_talk.remaining_percent,
            inside=tuple(settings.price_talk.inside),
            objections=tuple((one.objection, one.answer) for one in settings.price_talk.objections),
        ),
        cross_selling=settings.cross_selling.model_dump(exclude_none=True),
        branding=Branding((settings.branding.colour or "").lower(), source.logo_data_url),
    )


def _given(settings: BaseModel) -> dict[str, float]:
    return {name: value for name, value in settings.model_dump().items() if value is not None}
