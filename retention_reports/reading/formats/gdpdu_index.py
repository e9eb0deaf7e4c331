"""`index.xml` of a data carrier for tax audits (GoBD, formerly GDPdU): which files there are, and how they are written.

Source: the description standard's document types gdpdu-01-08-2002 and gdpdu-01-09-2004.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.xml_tree import parse_xml
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_reports.reading.formats.xml_tree import XmlElement

_ENCODINGS = {"UTF8": "utf-8", "UTF16": "utf-16", "UTF7": "utf-7", "OEM": "cp850", "Macintosh": "mac_roman"}
_ANSI = "cp1252"
_KEYS = ("VariablePrimaryKey", "FixedPrimaryKey")
_COLUMNS = (*_KEYS, "VariableColumn", "FixedColumn")
_EPOCH = 30


@record
class IndexColumn:
    """A column: `implied` is how many of a number's digits stand behind a point that is not written.

    `span` is where its cells stand in a line of fixed widths, from 0 on; None in other files.
    """

    name: str
    is_key: bool
    is_number: bool
    implied: int
    day_form: str
    words: Mapping[str, str]
    span: slice | None


@record
class IndexTable:
    """A file and how it is written: its data begins on `first_line`; `parents` are the tables its columns point to.

    `length` is that of a row in signs, where lines do not part rows; else 0.
    """

    name: str
    path: str
    line: int
    encoding: str
    decimal: str
    grouping: str
    separator: str
    quote: str
    first_line: int
    epoch: int
    columns: tuple[IndexColumn, ...]
    parents: Mapping[str, str]
    length: int

    @property
    def is_fixed(self) -> bool:
        """Whether columns are told apart by where they stand, not by a sign between them."""
        return any(column.span is not None for column in self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> str:
        """The column that other tables point to; "" where it has none, or several."""
        keys = [column.name for column in self.columns if column.is_key]
        return keys[0] if len(keys) == 1 else ""


def is_gdpdu(head: bytes) -> bool:
    """Tell whether a file is an `index.xml`, by its first bytes."""
    plain = head.replace(b"\0", b"")
    return b"<DataSet" in plain and (b"<Media" in plain or b"gdpdu" in plain.lower())


def read_index(data: bytes) -> tuple[IndexTable, ...]:
    """Return the tables that an `index.xml` describes.

    Raises:
        UnreadableFileError: it is no such file, or does not say how a file is written.
    """
    root = parse_xml(data)
    tables = tuple(_table(table) for media in root.all("Media") for table in media.all("Table"))
    if root.name != "DataSet" or not tables:
        raise UnreadableFileError("no index.xml", say("gdpdu.no_index", root=root.name), root.line)
    return tables


def _table(table: XmlElement) -> IndexTable:
    path = table.at("URL")
    layout = next((found for name in ("VariableLength", "FixedLength") for found in table.all(name)), None)
    columns = [child for child in layout.children if child.name in _COLUMNS] if layout is not None else []
    if layout is None or any(column.name.startswith("Fixed") and _span(column) is None for column in columns):
        raise UnreadableFileError("no layout", say("gdpdu.no_layout", file=path), table.line)
    length = layout.at("Length")
    encoding = next((_ENCODINGS[child.name] for child in table.children if child.name in _ENCODINGS), _ANSI)
    first = table.at("Range", "From")
    return IndexTable(
        name=table.at("Name") or path,
        path=path,
        line=table.line,
        encoding=encoding,
        decimal=_sign(table, "DecimalSymbol", ","),
        grouping=_sign(table, "DigitGroupingSymbol", "."),
        separator=_sign(layout, "ColumnDelimiter", ";"),
        quote=_sign(layout, "TextEncapsulator", '"'),
        first_line=int(first) if first.isdecimal() else 1,
        epoch=int(table.at("Epoch")) if table.at("Epoch").isdecimal() else _EPOCH,
        columns=tuple(map(_column, columns)),
        parents=dict(_parents(layout)),
        length=int(length) if length.isdecimal() else 0,
    )


def _sign(element: XmlElement, name: str, default: str) -> str:
    found = next(element.all(name), None)
    written = "".join(found.texts) if found is not None else ""
    return written[:1] or default


def _column(column: XmlElement) -> IndexColumn:
    number = next(column.all("Numeric"), None)
    implied = number.at("ImpliedAccuracy") if number is not None else ""
    day = next(column.all("Date"), None)
    return IndexColumn(
        name=column.at("Name"),
        is_key=column.name in _KEYS,
        is_number=number is not None,
        implied=int(implied) if implied.isdecimal() else 0,
        day_form="" if day is None else day.at("Format") or "DD.MM.YYYY",
        words={entry.at("From"): entry.at("To") for entry in column.all("Map")},
        span=_span(column),
    )


def _span(column: XmlElement) -> slice | None:
    """Return where a column of fixed width stands; its places are counted from 1, both ends included."""
    start, end, width = (column.at("FixedRange", name) for name in ("From", "To", "Length"))
    if not start.isdecimal() or not (end.isdecimal() or width.isdecimal()):
        return None
    return slice(int(start) - 1, int(end) if end.isdecimal() else int(start) - 1 + int(width))


def _parents(layout: XmlElement) -> Iterator[tuple[str, str]]:
    for foreign in layout.all("ForeignKey"):
        names = [name.text for name in foreign.all("Name")]
        if len(names) == 1:
            yield names[0], foreign.at("References")
