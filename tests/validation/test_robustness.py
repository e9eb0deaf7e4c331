from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.folders import CLIENT, outcome, write_client

if TYPE_CHECKING:
    import pytest

WORDS = st.sampled_from(
    [
        "",
        "1",
        "2",
        "K1",
        "K2",
        "2026-01-05",
        "2026-02-31",
        "-5",
        "1,5",
        "yes",
        "won",
        "2026-Q1",
        '"',
        "é",
        "\x00",
        "a b",
        "completed",
    ]
)
ROWS = st.lists(st.lists(WORDS, min_size=3, max_size=6).map(",".join), max_size=5).map("\n".join)
HEADERS = {
    "customers": "customer_id,referred_by,merged_into,name,email",
    "orders": "order_id,customer_id,ordered_on,amount,status",
    "order_lines": "order_id,product_id,quantity,unit_price,discount",
    "products": "product_id,name,category,kind",
    "enquiries": "enquiry_id,received_on,customer_id,won",
    "sales_check__answers": "quarter,question_id,answer,version",
}
PRODUCTS_OF_LINES = """
[files.products]
path = "order_lines.csv"
distinct = true
columns.name = "quantity"
columns.category = "discount"
"""
SETTINGS = st.sampled_from(
    [
        "",
        '[files.orders]\nrows = "order_line"\n',
        "[files.orders]\nnumber_rows = true\n",
        PRODUCTS_OF_LINES,
        '[[files.orders.marks]]\npath = "customers.csv"\ncolumn = "customer_id"\nstatus = "returned"\n',
    ]
)


@settings(deadline=None, max_examples=100)
@given(st.fixed_dictionaries(dict.fromkeys(HEADERS, ROWS)), SETTINGS)
def test_whatever_the_files_hold_the_answer_is_a_folder_or_a_list_of_problems(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, str], files: str
) -> None:
    contents = {name: f"{header}\n{rows[name]}\n" for name, header in HEADERS.items()}
    folder = write_client(tmp_path_factory.mktemp("any"), CLIENT + files, **contents)

    told = outcome(folder)

    assert told
    assert told.isprintable()
