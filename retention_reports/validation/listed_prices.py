"""Order lines that tell a product and a quantity alone: their prices are those of the list of products."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.cells import same_in_every_row
from retention_reports.reading.problems import ProblemLog, shown
from retention_reports.validation.columns import ColumnReader
from retention_reports.validation.mapped_amounts import MappedAmounts
from retention_reports.validation.numbers import MONEY_PLACES
from retention_reports.validation.telling_columns import is_gross, is_net

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.model.client import Client
    from retention_reports.reading.tables import SourceTable

_PRICE = "unit_price"
_LISTED = "price"
_UNIT = 10**MONEY_PLACES


def look_up_prices(tables: Mapping[str, SourceTable], log: ProblemLog, client: Client) -> dict[str, SourceTable]:
    """Return the tables with the prices of products where `client.toml` says that rows name a product instead.

    What was charged at the time no price list tells, so the report's reader is told, too. A product without a price,
    or with two of them, is an error.
    """
    found = dict(tables)
    for name, table in tables.items():
        for column, source in table.settings.columns.items():
            if source.lookup != _LISTED:
                continue
            if column != _PRICE:
                log.error(table.settings_at("columns", column), "unusable setting", say("mapping.price_elsewhere"))
                found[name] = _emptied(table, column)
            elif column in table.cells:
                found[name] = _with_prices(table, tables.get("products"), log, client)
    return found


def _with_prices(table: SourceTable, products: SourceTable | None, log: ProblemLog, client: Client) -> SourceTable:
    place = table.settings_at("columns", _PRICE)
    if products is None or not {"product_id", _LISTED} <= products.cells.keys():
        log.error(place, "missing column", say("mapping.no_listed_prices"))
        return _emptied(table, _PRICE)
    prices = _prices(products, log, client)
    cells = table.cells[_PRICE]
    words = cells.words.tolist()
    unknown = {row: place for row, place in cells.rows_of(set(range(len(words)))) if words[place] not in prices}
    if unknown:
        at = [table.location(row, _PRICE) for row in unknown]
        first = shown(words[next(iter(unknown.values()))])
        log.error(at[0], "product without price", say("mapping.no_price", n=len(at), product=first), at)
    _tell(table, products, log)
    written = [_written(prices[word], table) if word in prices else "" for word in words]
    return replace(table, cells={**table.cells, _PRICE: cells.reworded(lambda _: written)})


def _emptied(table: SourceTable, column: str) -> SourceTable:
    """Return the table without what is no price, so that nothing else is told of it."""
    return replace(table, cells={**table.cells, column: same_in_every_row("", table.row_count)})


def _prices(products: SourceTable, log: ProblemLog, client: Client) -> dict[str, int]:
    """Return the net price of each product in ten-thousandths; what is wrong with one is told with its file."""
    aside = ProblemLog()
    columns = {_LISTED: ColumnReader(products, aside, client).read(products.schema.column(_LISTED), required=False)}
    MappedAmounts(products, aside, client).apply(columns, ())
    prices: dict[str, int] = {}
    for row, (product, price) in enumerate(zip(products.cells["product_id"], columns[_LISTED].tolist(), strict=True)):
        if not product or not isinstance(price, int):
            continue
        if prices.setdefault(product, price) != price:
            log.error(products.location(row, _LISTED), "two prices", say("mapping.two_prices", product=shown(product)))
    return prices


def _tell(table: SourceTable, products: SourceTable, log: ProblemLog) -> None:
    heading = products.column_location(_LISTED).column
    settings = (table.settings, products.settings)
    if is_gross(heading) and not is_net(heading) and not any(one.tax_rate or one.tax_rate_column for one in settings):
        message = say("columns.called_gross", amount=shown(heading), table=table.schema.name)
        file = products.parts[0].path.rpartition("/")[2]
        page = say("columns.called_gross_page", amount=shown(heading), file=file)
        log.warning(products.column_location(_LISTED), "gross amounts", message, page)
    message = say("mapping.listed_prices", n=table.row_count)
    log.warning(
        table.column_location(_PRICE), "prices of a list", message, on_first_page=say("mapping.listed_prices_page")
    )


def _written(price: int, table: SourceTable) -> str:
    """Return a price as the file of order lines writes numbers, so that it is read as any other."""
    whole, rest = divmod(abs(price), _UNIT)
    decimal = table.settings.decimal_of(_PRICE) or "."
    return f"{'-' if price < 0 else ''}{whole}{decimal}{rest:0{MONEY_PLACES}d}"
