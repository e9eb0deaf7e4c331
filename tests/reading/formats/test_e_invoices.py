"""Electronic invoices: what was sold to whom, in every syntax and packing."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from retention_reports.reading.formats.known_formats import recognise
from tests.support.e_invoices import cii, pdf, ubl
from tests.support.folders import load, problems

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = 'name = "Client"\n' + "".join(
    f'[files.{table}]\nformat = "e-invoice"\npath = "exports/{{path}}"\n' for table in ("customers", "orders")
)
WITH_LINES = CLIENT + '[files.order_lines]\nformat = "e-invoice"\npath = "exports/{path}"\n'
LINES = (("A-1", "Schraube", "10", "60.00"), ("A-2", "Mutter", "4", "40.00"))


def _files(**files: bytes) -> dict[str, str | bytes | None]:
    return {"customers": None, "orders": None, **{f"exports/r/{name}": data for name, data in files.items()}}


def _zip(**files: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"2026/{name}.xml", data)
    return target.getvalue()


def test_every_syntax_says_the_same(tmp_path: Path) -> None:
    files = _files(
        **{
            "1.xml": ubl("RE-1", "2026-01-05", "100.00", lines=LINES),
            "2.xml": cii("RE-2", "20260206", "50.50", lines=(("A-1", "Schraube", "5", "50.50"),)),
            "3.pdf": pdf(cii("RE-3", "20260307", "30.00")),
            "4.xml": ubl("GS-1", "2026-03-08", "20.00", kind="381", lines=(("A-2", "Mutter", "2", "20.00"),)),
            "5.xml": cii("GS-2", "20260309", "-10.00", kind="381"),
        }
    )

    loaded = load(tmp_path, WITH_LINES.format(path="r"), **files)

    orders, lines = loaded.tables["orders"], loaded.tables["order_lines"]
    assert dict(zip(orders["order_id"], orders["amount"] // 10_000, strict=True)) == {
        "RE-1": 100,
        "RE-2": 50,
        "RE-3": 30,
        "GS-1": -20,
        "GS-2": -10,
    }
    assert [str(day)[:10] for day in orders["ordered_on"]][1] == "2026-02-06"
    assert set(orders["customer_id"]) == {"K-100"}
    assert lines["amount"].sum() == 1_305_000
    assert loaded.tables["customers"]["name"].tolist() == ["Käufer & Söhne AG"]


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    packed = _zip(a=ubl("RE-1", "2026-01-05", "100.00"), b=ubl("RE-2", "2026-01-06", "1.00"))

    loaded = load(tmp_path, CLIENT.format(path="r/all.zip"), **_files(**{"all.zip": packed}))

    assert loaded.tables["orders"]["amount"].tolist() == [1_000_000, 10_000]


def test_copies_of_an_invoice_count_once(tmp_path: Path) -> None:
    same = ubl("RE-1", "2026-01-05", "100.00")

    loaded = load(tmp_path, CLIENT.format(path="r"), **_files(**{"a.xml": same, "b.xml": same}))

    assert loaded.tables["orders"]["order_id"].tolist() == ["RE-1"]
    assert "invoices twice" in {problem.kind for problem in loaded.warnings}


def test_a_copy_that_is_written_otherwise_is_one_all_the_same(tmp_path: Path) -> None:
    files = _files(
        **{
            "a.xml": ubl("RE-1", "2026-01-05", "100.00"),
            "b.xml": ubl("RE-1", "2026-01-05", "100"),
            "c.pdf": pdf(cii("RE-1", "20260105", "100.0")),
        }
    )

    loaded = load(tmp_path, CLIENT.format(path="r"), **files)

    assert loaded.tables["orders"]["amount"].tolist() == [1_000_000]


@pytest.mark.parametrize("sign", [1, -1])
def test_a_credit_note_with_a_discount_adds_up_to_its_total(tmp_path: Path, sign: int) -> None:
    """100.00 less 10.00 were sold, and all of it is taken back: lines add up to nothing, as do the totals."""
    lines = (("A", "Ware", "2", f"{100 * sign}.00"), ("B", "Rabatt", "1", f"{-10 * sign}.00"))
    sold = (("A", "Ware", "2", "100.00"), ("B", "Rabatt", "1", "-10.00"))
    files = _files(
        **{
            "a.xml": ubl("RE-1", "2026-01-05", "90.00", lines=sold),
            "b.xml": ubl("GS-1", "2026-02-05", f"{90 * sign}.00", kind="381", lines=lines),
        }
    )

    loaded = load(tmp_path, WITH_LINES.format(path="r"), **files)

    assert loaded.tables["orders"]["amount"].tolist() == [900_000, -900_000]
    assert loaded.tables["order_lines"]["amount"].tolist() == [1_000_000, -100_000, -1_000_000, 100_000]
    assert not [problem for problem in loaded.warnings if problem.severity == "warning"]


def test_whether_a_correction_replaces_an_invoice_is_asked_and_the_answer_taken(tmp_path: Path) -> None:
    """RE-2 corrects RE-1 from 80.00 to 70.00, or adds 70.00; RE-3 deducts 5.00 and replaces nothing."""
    files = _files(
        **{
            "a.xml": ubl("RE-1", "2026-01-05", "80.00"),
            "b.xml": ubl("RE-2", "2026-01-06", "70.00", kind="384", refers_to="RE-1"),
            "c.xml": ubl("RE-3", "2026-01-07", "-5.00", kind="384", refers_to="RE-2"),
        }
    )
    client, key = CLIENT.format(path="r"), "[files.orders.e_invoice]\ncorrections = "

    asked = problems(tmp_path / "1", client, **files)
    replacing = load(tmp_path / "2", f'{client}{key}"replace"\n', **files)
    adding = load(tmp_path / "3", f'{client}{key}"add"\n', **files)

    assert len(asked) == 1
    assert 'corrected by another (code 384) that is no deduction: "RE-1"' in asked[0]
    assert replacing.tables["orders"]["amount"].sum() == 650_000
    assert adding.tables["orders"]["amount"].sum() == 1_450_000


@pytest.mark.parametrize(
    ("part", "final", "is_told"),
    [
        ({"kind": "326"}, {"paid": "95.20"}, True),
        ({}, {"paid": "95.20", "refers_to": "RE-1"}, True),
        ({}, {"paid": "238.00"}, False),
        ({"kind": "326"}, {"paid": "0.00"}, False),
    ],
)
def test_a_final_invoice_beside_its_parts_is_told(
    tmp_path: Path, part: dict[str, str], final: dict[str, str], *, is_told: bool
) -> None:
    first = ubl("RE-1", "2026-01-05", "80.00", kind=part.get("kind", "380"))
    last = ubl("RE-2", "2026-02-06", "200.00", paid=final["paid"], refers_to=final.get("refers_to", ""))

    loaded = load(tmp_path, CLIENT.format(path="r"), **_files(**{"a.xml": first, "b.xml": last}))

    told = [problem.kind for problem in loaded.warnings if problem.on_first_page]
    assert ("parts and final invoices" in told) is is_told


def test_a_buyer_without_a_number_is_known_by_its_name(tmp_path: Path) -> None:
    nameless = ubl("RE-2", "2026-01-06", "1.00", buyer=("", "DE222222222", "Käufer & Söhne AG"))
    other = ubl("RE-3", "2026-01-07", "1.00", buyer=("", "DE333333333", "Andere KG"))
    files = _files(**{"a.xml": ubl("RE-1", "2026-01-05", "100.00"), "b.xml": nameless, "c.xml": other})

    loaded = load(tmp_path, CLIENT.format(path="r"), **files)

    assert loaded.tables["orders"]["customer_id"].tolist() == ["K-100", "K-100", "DE333333333"]


def test_purchases_are_asked_about_and_the_answer_is_taken(tmp_path: Path) -> None:
    bought = ubl("L-1", "2026-01-06", "999.00", seller=("DE999999999", "Lieferant"), buyer=("", "DE111111111", "Wir"))
    files = _files(**{"a.xml": ubl("RE-1", "2026-01-05", "100.00"), "b.xml": bought})
    client = CLIENT.format(path="r")

    asked = problems(tmp_path / "1", client, **files)
    told = load(tmp_path / "2", f'{client}[files.orders.e_invoice]\nseller = "DE111111111"\n', **files)

    assert any("holds invoices of several sellers" in problem for problem in asked)
    assert told.tables["orders"]["order_id"].tolist() == ["RE-1"]
    assert told.tables["customers"]["customer_id"].tolist() == ["K-100"]


def test_prepayments_and_plain_pdfs_are_told(tmp_path: Path) -> None:
    files = _files(
        **{
            "a.xml": ubl("RE-1", "2026-01-05", "100.00"),
            "b.xml": cii("AZ-1", "20260104", "50.00", kind="386"),
            "c.pdf": pdf(),
        }
    )

    loaded = load(tmp_path, CLIENT.format(path="r"), **files)

    assert loaded.tables["orders"]["order_id"].tolist() == ["RE-1"]
    assert {"down payments", "PDF without an invoice"} <= {problem.kind for problem in loaded.warnings}


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<Invoice><ID>&b;</ID></Invoice>"""
OUTSIDE = b"""<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice><ID>&x;</ID></Invoice>"""


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xml", BOMB, "declares entities"),
        ("a.xml", OUTSIDE, "declares entities"),
        ("a.xml", b"<Invoice><ID>1</ID>", "no XML that can be read"),
        ("a.xml", b"<a>" * 1_000 + b"</a>" * 1_000, "nested too deeply"),
        ("a.xml", b"<Order><ID>1</ID></Order>", "its root is <Order>"),
        ("a.pdf", pdf(cii("RE-1", "20260101", "1.00"), "secret"), "protected by a password"),
        ("a.pdf", b"%PDF-1.7 nothing", "PDF that cannot be read"),
        ("a.zip", b"PK\x03\x04 nothing", "cannot be unpacked"),
        ("a.zip", _zip(bomb=b" " * 5_000_000), "which is too much"),
    ],
)
def test_what_does_harm_or_is_broken_is_refused(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    found = problems(tmp_path, CLIENT.format(path="r"), **_files(**{name: data}))

    assert any(f"exports/r/{name}" in problem and told in problem for problem in found)


def test_files_are_recognised_by_their_root_or_attachment(tmp_path: Path) -> None:
    for name, data in (
        ("ubl", ubl("RE-1", "2026-01-05", "1.00")),
        ("cii", cii("RE-1", "20260105", "1.00")),
        ("pdf", pdf(cii("RE-1", "20260105", "1.00"))),
        ("plain", pdf()),
    ):
        (tmp_path / name).write_bytes(data)

    found = {path.name: getattr(recognise(path), "format", None) for path in tmp_path.iterdir()}

    assert found == {"ubl": "e-invoice", "cii": "e-invoice", "pdf": "e-invoice", "plain": None}
