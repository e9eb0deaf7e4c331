"""How lists name and order customers."""

from __future__ import annotations

from tests.support.datasets import Row, amount, dataset, orders


def test_lists_go_by_revenue_and_then_by_id() -> None:
    customers: list[Row] = [{"customer_id": "anna", "name": "Anna Ltd", "segment": "Home", "email_permission": "yes"}]
    data = dataset(
        orders("bernd 2026-06-01 50\nanna 2026-06-01 800\ndora 2026-06-01 50\nclara 2024-06-01 90\nemil 2026-06-01 5"),
        quarter="2026-Q3",
        customers=customers,
    )
    names = data.customers["customer_id"].tolist()
    rows = range(len(names))

    assert [line.customer_id for _, line in data.customer_lines.by_revenue(rows)] == [
        "anna", "bernd", "dora", "emil", "clara",
    ]  # fmt: skip
    line = data.customer_lines.line(names.index("anna"))
    assert (line.name, line.segment, line.value_class, line.revenue) == ("Anna Ltd", "Home", "A", amount("800"))
    assert (line.permission, line.sales_rep, line.contact) == ("yes", "", None)
