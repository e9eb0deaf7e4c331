"""What turns WeasyPrint's PDF/A-3a into a file that is PDF/UA-1 as well.

WeasyPrint writes one variant at a time. The second one is added with its public means alone: the metadata object of
the document, and a finisher that sees the PDF's objects before they are written.
"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

import pydyf
from weasyprint.document import DocumentMetadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weasyprint import Document

PDF_VERSION = "1.7"
BASE_VARIANT = "pdf/a-3a"

# PDF/A allows only schemas it knows or finds described: hence the description around the one property of PDF/UA.
_PDF_UA_SCHEMA = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
_END_OF_METADATA = b"</rdf:RDF>"
_AMBIGUOUS_END = b"\r\nendstream"


class TwofoldMetadata(DocumentMetadata):  # type: ignore[misc] # WeasyPrint has no types
    """Metadata that claims PDF/UA-1 beside the PDF/A of the variant, readable without decompression."""

    def include_in_pdf(self, pdf: pydyf.PDF, variant: str, version: int, conformance: str, compress: bool) -> None:  # noqa: ARG002, FBT001
        """Add the metadata stream, never compressed."""
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """Return the parent's RDF with the claim of PDF/UA-1 in it."""
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        return rdf.replace(_END_OF_METADATA, _PDF_UA_SCHEMA + _END_OF_METADATA)


class Finisher:
    """Called by WeasyPrint before it writes; afterwards `sealed` gives the bytes to keep."""

    def __init__(self, mime_types: Sequence[str]) -> None:
        """Take the type of each attachment, in the order in which they were handed to WeasyPrint."""
        self._mime_types = tuple(mime_types)
        self.undescribed_pictures = 0
        self._pdf = pydyf.PDF()
        self._object_count = 0

    def __call__(self, _document: Document, pdf: pydyf.PDF) -> None:
        """Complete the objects of the PDF."""
        _name_types_of_attachments(pdf, self._mime_types)
        _list_attachments_once(pdf)
        _add_scope_to_header_cells(pdf)
        self.undescribed_pictures = sum("Alt" not in figure for figure in _structure_elements(pdf, "/Figure"))
        _freeze(pdf)
        self._pdf = pdf
        self._object_count = len(pdf.objects)

    def sealed(self, content: bytes) -> bytes:
        """Return the written PDF, written again if a stream that came with the writing ends in a carriage return.

        The index and the packed objects are compressed while they are written, and every 128th file or so is
        unlucky. One more object, which nothing refers to, changes them.
        """
        for attempt in itertools.count(1):
            if _AMBIGUOUS_END not in content:
                break
            content = self._written_again(attempt)
        return content

    def _written_again(self, attempt: int) -> bytes:
        """Return the PDF with one more object, different on every attempt."""
        del self._pdf.objects[self._object_count :]
        self._pdf.add_object(pydyf.Dictionary({"Attempt": attempt}))
        self._pdf.current_position = 0
        output = io.BytesIO()
        self._pdf.write(output, PDF_VERSION, identifier=True, compress=True)
        return output.getvalue()


def _name_types_of_attachments(pdf: pydyf.PDF, mime_types: Sequence[str]) -> None:
    """Write the given types; WeasyPrint guesses them from the file names and from the machine's list of types."""
    files = [
        item for item in pdf.objects if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/EmbeddedFile"
    ]
    for file, mime_type in zip(files, mime_types, strict=True):
        file.extra["Subtype"] = f"/{mime_type.replace('/', '#2f')}"


def _list_attachments_once(pdf: pydyf.PDF) -> None:
    """Drop the repeated references to the same attachment that WeasyPrint 70 writes."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _add_scope_to_header_cells(pdf: pydyf.PDF) -> None:
    """Say of every TH whether it heads its column or its row.

    Cells in the head of a table, and rows that consist of header cells alone, head columns; others head their row.
    """
    for cell in _structure_elements(pdf, "/TH"):
        row = _referenced(pdf, cell["P"])
        in_head = _referenced(pdf, row["P"])["S"] == "/THead"
        row_is_heading = all(_referenced(pdf, other)["S"] == "/TH" for other in row["K"])
        cell["A"]["Scope"] = "/Column" if in_head or row_is_heading else "/Row"


def _structure_elements(pdf: pydyf.PDF, kind: str) -> Iterator[pydyf.Dictionary]:
    """Return the elements of one kind of the structure tree."""
    return (item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("S") == kind)


def _referenced(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    """Return the object that a reference such as `12 0 R` names."""
    return pdf.objects[int(reference.split()[0])]


def _freeze(pdf: pydyf.PDF) -> None:
    """Turn each object into its bytes once: the file takes them, and then the number that identifies it."""
    for number, item in enumerate(pdf.objects):
        if not isinstance(item, pydyf.Stream):
            pdf.objects[number] = item if item.free == "f" else _Written(item)
        elif item.compress:
            pdf.objects[number] = _frozen(item)


class _Written(pydyf.Object):  # type: ignore[misc] # pydyf has no types
    """A small object as it stands in the file."""

    data = b""

    def __init__(self, item: pydyf.Object) -> None:
        """Take the object, to which nothing is added any more."""
        super().__init__()
        self.number, self.generation = item.number, item.generation
        self.data = item.data


def _frozen(stream: pydyf.Stream) -> pydyf.Stream:
    """Return the stream as it would be written, padded if it ends in a carriage return.

    A reader may take that byte for half of the line end before `endstream`; inflating ignores the byte after the data.
    """
    compressed = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    padding = b"\n" if compressed.endswith(b"\r") else b""
    frozen = pydyf.Stream([compressed + padding], {**stream.extra, "Filter": "/FlateDecode"})
    frozen.number = stream.number
    return frozen
