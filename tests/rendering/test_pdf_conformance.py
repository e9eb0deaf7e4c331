from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING

import pydyf
import pytest

from retention_reports.rendering.pdf import render_pdf
from retention_reports.rendering.pdf_conformance import PDF_VERSION, Finisher
from tests.rendering.pdf_samples import DOCUMENT, page_with, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

_AMBIGUOUS_END = b"\r\nendstream"


def _finished(*objects: pydyf.Object) -> tuple[pydyf.PDF, Finisher]:
    pdf = pydyf.PDF()
    for item in objects:
        pdf.add_object(item)
    finisher = Finisher([])
    finisher(None, pdf)
    return pdf, finisher


def _written(pdf: pydyf.PDF) -> bytes:
    output = io.BytesIO()
    pdf.write(output, PDF_VERSION, identifier=True, compress=True)
    return output.getvalue()


def _texts() -> Iterator[str]:
    """Return texts with sums of every size: the last byte of compressed data is the low byte of such a sum."""
    return (f"{'t' * (number % 97)} {number}" for number in range(2_000))


def _text_that_ends_badly_when_compressed() -> bytes:
    return next(text.encode() for text in _texts() if zlib.compress(text.encode(), 9).endswith(b"\r"))


def test_a_compressed_stream_that_ends_in_a_carriage_return_is_padded_and_still_inflates() -> None:
    text = _text_that_ends_badly_when_compressed()

    pdf, _ = _finished(pydyf.Stream([text], compress=True))

    content = pdf.objects[-1].stream[0]
    assert content.endswith(b"\r\n")
    assert zlib.decompressobj().decompress(content) == text


def test_other_streams_keep_every_byte_and_their_place() -> None:
    pdf, _ = _finished(
        pydyf.Stream([b"plain\r"]), pydyf.Stream([b"x" * 99], {"Type": "/Metadata"}, compress=True), pydyf.Dictionary()
    )

    plain, packed, _ = pdf.objects[-3:]
    assert plain.stream == [b"plain\r"]
    assert zlib.decompress(packed.stream[0]) == b"x" * 99
    assert packed.extra == {"Type": "/Metadata", "Filter": "/FlateDecode"}
    assert [item.number for item in pdf.objects] == list(range(len(pdf.objects)))


def test_a_file_whose_index_ends_in_a_carriage_return_is_written_again() -> None:
    for text in _texts():
        pdf, finisher = _finished(pydyf.Dictionary({"Text": pydyf.String(text)}))
        content = _written(pdf)
        if _AMBIGUOUS_END in content:
            break

    sealed = finisher.sealed(content)

    assert _AMBIGUOUS_END in content
    assert _AMBIGUOUS_END not in sealed
    assert f"({text})".encode() in unpacked(sealed)
    assert sealed.count(b"%PDF-") == 1
    index_position = int(sealed.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert b"/Type /XRef" in sealed[index_position:]


def test_a_sound_file_is_left_as_it_is() -> None:
    assert Finisher([]).sealed(b"sound") == b"sound"


@pytest.mark.parametrize(
    ("table", "scopes"),
    [
        (
            "<thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><th>c</th><td>1</td></tr></tbody>",
            ["Column"] * 2 + ["Row"],
        ),
        ("<tr><th>a</th><td>1</td></tr>", ["Row"]),
        ("<tbody><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></tbody>", ["Column"] * 2),
        ("<tbody><tr><td>1</td></tr></tbody><tfoot><tr><th>sum</th><td>1</td></tr></tfoot>", ["Row"]),
        ("<tr><td>1</td></tr>", []),
    ],
)
def test_every_header_cell_says_what_it_heads(table: str, scopes: list[str]) -> None:
    pdf = unpacked(render_pdf(page_with(f"<table>{table}</table>"), document=DOCUMENT))

    assert len(re.findall(rb"/S /TH\b", pdf)) == len(scopes)
    assert pdf.count(b"/Scope /Column") == scopes.count("Column")
    assert pdf.count(b"/Scope /Row") == scopes.count("Row")


def test_the_claims_of_both_standards_can_be_read_without_decompression() -> None:
    pdf = render_pdf(page_with("<p>Text</p>"), document=DOCUMENT)

    assert pdf.count(b"</rdf:RDF>") == 1
    assert b'pdfuaid:part="1"' in pdf
    assert b'pdfaid:part="3" pdfaid:conformance="A"' in pdf
