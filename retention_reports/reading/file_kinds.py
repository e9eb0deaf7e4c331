"""What a file is by its first bytes, where it is not what its name promises."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from retention_reports.messages import say
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.workbooks import ENDINGS

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_OLD_SHEET = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_MARKS = (
    (b"version https://git-lfs.github.com/spec/", "files.lfs_pointer"),
    (b"%PDF-", "files.pdf"),
    (b"\x1f\x8b", "files.gzip"),
    (b"7z\xbc\xaf\x27\x1c", "files.other_archive"),
    (b"Rar!\x1a\x07", "files.other_archive"),
    (b"SQLite format 3\0", "files.database"),
    (b"PAR1", "files.database"),
    (b"\x89PNG\r\n", "files.picture"),
    (b"\xff\xd8\xff", "files.picture"),
    (b"{\\rtf", "files.rich_text"),
)
_HEAD = 4_096
_MOST_NAMES = 5


def check_kind(name: str, data: bytes) -> bool:
    """Tell whether a file is a spreadsheet; the other kind that can be read is text.

    Raises:
        UnreadableFileError: it is something else, or not what its name says; tells what to do.
    """
    promises_sheet = name.lower().endswith(ENDINGS)
    if data.startswith(_OLD_OFFICE):
        return _old_office(data, promises_sheet=promises_sheet)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data, promises_sheet=promises_sheet)
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    for mark, key in _MARKS:
        if head.startswith(mark):
            raise UnreadableFileError("other kind of file", say(key))
    if _XML_SHEET in head:
        raise UnreadableFileError("other kind of file", say("files.xml_spreadsheet"))
    if _HTML.match(head):
        raise UnreadableFileError("other kind of file", say("files.html"))
    if promises_sheet and not _OLD_SHEET.match(data):
        raise UnreadableFileError(
            "other kind of file", say("files.text_named_sheet" if data.strip() else "sheets.empty")
        )
    return promises_sheet


def _old_office(data: bytes, *, promises_sheet: bool) -> bool:
    if _ENCRYPTED in data:
        raise UnreadableFileError("locked file", say("files.locked"))
    if not any(name in data for name in _OLD_BOOKS):
        raise UnreadableFileError("other kind of file", say("files.other_office"))
    return _named_rightly(promises_sheet=promises_sheet)


def _archive(data: bytes, *, promises_sheet: bool) -> bool:
    try:
        names = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError) as problem:
        raise UnreadableFileError("not a spreadsheet", say("files.not_a_spreadsheet")) from problem
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return _named_rightly(promises_sheet=promises_sheet)
        raise UnreadableFileError("other kind of file", say("files.other_office"))
    if "content.xml" in names:
        return _named_rightly(promises_sheet=promises_sheet)
    listed = ", ".join(sorted(names)[:_MOST_NAMES])
    raise UnreadableFileError("other kind of file", say("files.zip", names=listed))


def _named_rightly(*, promises_sheet: bool) -> bool:
    if not promises_sheet:
        raise UnreadableFileError("other kind of file", say("files.sheet_named_text"))
    return True
