from __future__ import annotations

import pytest

from retention_reports.reading.decoding import decode, utf8_of
from retention_reports.reading.problems import UnreadableFileError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_umlauts_are_read_without_a_declaration(encoding: str) -> None:
    assert decode("Müller".encode(encoding)) == "Müller"


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("utf-8", "utf-8-sig"),
        ("cp850", "cp850"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-le", "utf-16"),
        ("utf-16", "utf-16"),
    ],
)
def test_a_declared_encoding_is_used_and_a_byte_order_mark_dropped(declared: str, written: str) -> None:
    assert decode("Müller".encode(written), declared) == "Müller"


def test_bytes_that_cp1252_does_not_know_name_their_line() -> None:
    with pytest.raises(UnreadableFileError, match="0x9d") as caught:
        decode(b"id\n\xfc\n\x9d\n")

    assert caught.value.line == 3


def test_a_declared_encoding_is_not_stretched() -> None:
    with pytest.raises(UnreadableFileError, match="0xfc is not utf-8"):
        decode(b"M\xfcller", "utf-8")


@pytest.mark.parametrize("declared", ["", "cp1252"])
def test_binary_files_are_no_text(declared: str) -> None:
    with pytest.raises(UnreadableFileError, match="is not text"):
        decode(b"PK\x03\x04\0\0", declared)


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (b"Mueller", ""),
        ("Müller".encode(), ""),
        ("Müller".encode(), "utf-8"),
        ("Müller".encode("cp1252"), ""),
        ("Müller".encode("utf-8-sig"), ""),
        (b"id", "utf-16-le"),
        ("Müller".encode("utf-16"), "utf-16"),
    ],
)
def test_the_bytes_of_a_text_are_those_of_its_utf8(data: bytes, declared: str) -> None:
    assert utf8_of(data, declared).decode() == decode(data, declared)


@pytest.mark.parametrize(("data", "declared"), [(b"a\0", ""), (b"M\xfcller", "utf-8"), (b"\x9d", "")])
def test_what_is_no_text_has_no_utf8(data: bytes, declared: str) -> None:
    with pytest.raises(UnreadableFileError):
        utf8_of(data, declared)


def test_the_mark_by_which_dos_ends_a_file_is_no_part_of_it() -> None:
    assert utf8_of(b"a;b\r\n1;2\x1a") == b"a;b\r\n1;2"
    assert utf8_of(b"a;b\r\n1;2\r\n\x1a\r\n") == b"a;b\r\n1;2\r\n"
    assert utf8_of(b"a\x1ab\n") == b"a\x1ab\n"
