"""A client's folder as text: settings, tables, notes, questions and logo, nothing interpreted yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.model.schema import FILE_BY_NAME, NAMES, ORDERS, TABLE_BY_NAME, Column, Kind, Table
from retention_reports.reading.client_file import ClientFile, read_client_file
from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.reading.files import FolderFiles, check_path
from retention_reports.reading.formats.format_reader import Request
from retention_reports.reading.formats.known_formats import FORMATS
from retention_reports.reading.headers import wanted_columns
from retention_reports.reading.logo import read_logo
from retention_reports.reading.mapping import ColumnSource
from retention_reports.reading.notes import NoteText, read_notes
from retention_reports.reading.problems import UnreadableFileError, shown, suggestion
from retention_reports.reading.questions import QUESTIONS_FILE, QuestionsText, read_questions
from retention_reports.reading.settings import DEFAULT, FileSettings
from retention_reports.reading.sources import GridReader
from retention_reports.reading.tables import SourceTable, TableReader
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from retention_reports.errors import Location
    from retention_reports.messages import Message
    from retention_reports.reading.amendments import AmendmentsFile
    from retention_reports.reading.files import FileBytes
    from retention_reports.reading.formats.format_reader import FormatReader
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.row_filters import Locate
    from retention_reports.reading.settings import Mark, Renumbering

_BY_COLUMN = ("columns", "values", "constants", "date_format", "decimals", "scale", "factors", "lists")
"""The keys that may name standard columns."""
_PATTERN_SIGNS = frozenset("*?[")
LINE_COLUMNS = ("product_id", "quantity", "unit_price", "discount")
"""What a file with several rows an order tells about its lines, beside the columns of orders."""
DEFAULT_PATHS = {"answers": "sales_check/answers.csv"}


@record
class SourceFolder:
    """Everything in the folder, as text. `marks` are lists of orders, `renumbered` of customers' old and new ids."""

    key: str
    client_file: ClientFile
    tables: Mapping[str, SourceTable]
    marks: tuple[SourceTable, ...]
    renumbered: tuple[SourceTable, ...]
    notes: tuple[NoteText, ...]
    amendments: tuple[AmendmentsFile, ...]
    questions: QuestionsText | None
    logo_data_url: str
    files: tuple[FileBytes, ...]

    @property
    def outside_git(self) -> frozenset[str]:
        """The paths, as files have them, of what no commit is to hold."""
        parts = self.tables[NAMES.name].parts if NAMES.name in self.tables else ()
        places = {part.path for part in parts}
        return frozenset(file.path for file in self.files if any(place.endswith(f"/{file.path}") for place in places))


def read_client_folder(path: Path, log: ProblemLog, names: Collection[str]) -> SourceFolder | None:
    """Read a client's folder, of the tables those named; return None if `client.toml` cannot be read at all.

    Problems are noted in the log, and reading goes on.
    """
    files = FolderFiles(path, log)
    client_file = read_client_file(files)
    if client_file is None:
        return None
    reader = _TablesReader(files, client_file)
    settings = client_file.settings
    tables = reader.read_all(names)
    marks = reader.read_marks() if "orders" in names else ()
    renumbered = reader.read_renumbered() if "customers" in names else ()
    if set(names) >= set(TABLE_BY_NAME):
        reader.warn_of_unread_sheets()
    notes = read_notes(files)
    return SourceFolder(
        key=path.resolve().name,
        client_file=client_file,
        tables=tables,
        marks=marks,
        renumbered=renumbered,
        notes=notes.notes,
        amendments=notes.amendments,
        questions=read_questions(files) if files.exists(QUESTIONS_FILE) else None,
        logo_data_url=read_logo(files, settings.branding.logo) if settings.branding.logo else "",
        files=files.files_read,
    )


class _TablesReader:
    """Reads all tables of a folder; a file that several tables are cut from is taken apart once."""

    def __init__(self, files: FolderFiles, client_file: ClientFile) -> None:
        self._files = files
        self._client_file = client_file
        self._settings = client_file.settings.files
        self._reader = GridReader(files)
        self._formats: dict[str, FormatReader] = {}

    def read_all(self, names: Collection[str]) -> dict[str, SourceTable]:
        self._check_names()
        found = {
            name: self._table(_schema_of(schema, self._settings.get(name)))
            for name, schema in FILE_BY_NAME.items()
            if name in names
        }
        return {name: table for name, table in found.items() if table is not None}

    def read_marks(self) -> tuple[SourceTable, ...]:
        orders = self._settings.get("orders", FileSettings())
        schema = Table("orders", (ORDERS.column("order_id"),))
        return self._lists(schema, "marks", [(mark, {"order_id": mark.column}) for mark in orders.marks])

    def read_renumbered(self) -> tuple[SourceTable, ...]:
        customers = self._settings.get("customers", FileSettings())
        schema = Table("customers", tuple(Column(name, Kind.IDENTIFIER, required=True) for name in ("old", "new")))
        lists = [(entry, {"old": entry.old, "new": entry.new}) for entry in customers.renumbered]
        return self._lists(schema, "renumbered", lists)

    def _lists(
        self, schema: Table, key: str, entries: Sequence[tuple[Mark | Renumbering, Mapping[str, str]]]
    ) -> tuple[SourceTable, ...]:
        """Read files that say more of what a table holds, each with its own way of being written."""
        tables = []
        for entry, columns in entries:
            settings = FileSettings(
                path=entry.path,
                encoding=entry.encoding,
                separator=entry.separator,
                columns={name: ColumnSource(((heading,),)) for name, heading in columns.items()},
            )
            grids = self._grids_of(schema, settings)
            reader = TableReader(schema, settings, self._files, self._at_of(schema.name, key))
            tables.append(reader.read(grids) if grids else None)
        return tuple(table for table in tables if table is not None)

    def warn_of_unread_sheets(self) -> None:
        self._reader.warn_of_unread_sheets()

    def _check_names(self) -> None:
        for name, settings in self._settings.items():
            if name not in FILE_BY_NAME:
                hint = suggestion(name, FILE_BY_NAME)
                self._refuse(("files", name), say("client_file.unknown_file", name=name, hint=hint))
                continue
            known = _schema_of(FILE_BY_NAME[name], settings).column_names
            for kind in _BY_COLUMN:
                by_column = getattr(settings, kind)
                for column in by_column if isinstance(by_column, dict) else ():
                    if column not in known and (kind, column) != ("date_format", DEFAULT):
                        key = f"files.{name}.{kind}.{column}"
                        message = say("client_file.unknown_column", key=key, hint=suggestion(column, known))
                        self._refuse(("files", name, kind, column), message)

    def _refuse(self, keys: tuple[str, ...], message: Message) -> None:
        location = self._files.location(CLIENT_FILE, self._client_file.line_of(*keys))
        self._files.log.error(location, "unknown key", message)

    def _table(self, schema: Table) -> SourceTable | None:
        settings = self._settings.get(schema.name, FileSettings())
        default = DEFAULT_PATHS.get(schema.name, f"{schema.name}.csv")
        declared = settings.path or default
        may_lack = schema is NAMES or not (settings.path or schema.required)
        if may_lack and not _PATTERN_SIGNS & set(declared) and not self._files.exists(declared):
            self._note_names_elsewhere(schema, declared)
            return None
        grids = self._grids_of(schema, replace_path(settings, declared))
        at = self._at_of(schema.name)
        return TableReader(schema, settings, self._files, at).read(grids) if grids else None

    def _note_names_elsewhere(self, schema: Table, path: str) -> None:
        if schema is NAMES and schema.name in self._settings:
            location = self._files.location(CLIENT_FILE, self._client_file.line_of("files", schema.name))
            self._files.log.note(location, "names elsewhere", say("files.names_elsewhere", path=path))

    def _at_of(self, *table: str) -> Locate:
        """Return what gives the place of a key of a table's settings in `client.toml`."""

        def at(*keys: str) -> Location:
            return self._files.location(CLIENT_FILE, self._client_file.line_of("files", *table, *keys))

        return at

    def _grids_of(self, schema: Table, settings: FileSettings) -> list[tuple[str, Grid]]:
        try:
            paths = self._paths(settings.path)
        except UnreadableFileError as problem:
            location = self._files.location(CLIENT_FILE, self._client_file.line_of("files", schema.name, "path"))
            message = say("files.path", path=shown(settings.path), reason=problem.message)
            self._files.log.error(location, problem.kind, message)
            return []
        if settings.format:
            reader = self._formats.setdefault(settings.format, FORMATS[settings.format](self._files))
            orders = self._settings.get("orders", FileSettings())
            return reader.read(Request(schema.name, tuple(paths), settings, orders, self._at_of(schema.name)))
        wanted = wanted_columns(schema, settings)
        return [named for path in paths for named in self._reader.read(path, settings, wanted)]

    def _paths(self, declared: str) -> list[str]:
        check_path(declared)
        if not _PATTERN_SIGNS & set(declared):
            return [declared]
        found = self._files.matching(declared)
        if not found:
            raise UnreadableFileError("missing file", say("files.no_match"))
        return found


def _schema_of(schema: Table, settings: FileSettings | None) -> Table:
    if settings is None or schema is not ORDERS or settings.rows != "order_line":
        return schema
    lines = TABLE_BY_NAME["order_lines"]
    return replace(schema, columns=(*schema.columns, *(lines.column(name) for name in LINE_COLUMNS)))


def replace_path(settings: FileSettings, path: str) -> FileSettings:
    """Return the settings for a file at another path."""
    return settings.model_copy(update={"path": path})
