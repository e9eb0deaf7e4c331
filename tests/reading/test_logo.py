from __future__ import annotations

import base64
import struct
from typing import TYPE_CHECKING

import pytest

from retention_reports.reading.files import FolderFiles
from retention_reports.reading.logo import read_logo
from retention_reports.reading.problems import ProblemLog

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


def _logo(folder: Path, name: str, data: bytes) -> tuple[str, list[str]]:
    (folder / name).write_bytes(data)
    files = FolderFiles(folder, ProblemLog())
    return read_logo(files, name), [str(problem.message) for problem in files.log.problems]


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x06\0\0\0" + b"\0" * 4


def _jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xe0\0\x04ab" + b"\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + b"\0" * 4


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("logo.svg", SVG.format('<g fill="url(#a)"><path d="M0 0"/></g>').encode(), "svg+xml"),
        ("logo.png", _png(10, 20), "png"),
        ("logo.JPG", _jpeg(10, 20), "jpeg"),
    ],
)
def test_a_picture_becomes_a_data_url(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    url, problems = _logo(tmp_path, name, data)

    assert problems == []
    assert url == f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        '<use href="#a"/>',
        '<image href="http://example.invalid/a.png"/>',
        "<style>@import 'a'</style>",
        '<path onload="alert(1)"/>',
        '<path style="fill:red"/>',
        '<path fill="url(http://example.invalid/a)"/>',
        '<path fill="u\\72l(a)"/>',
        '<animate attributeName="x"/>',
        "<path>",
        "<g>" * 60 + "</g>" * 60,
        "<path/>" * 6000,
    ],
)
def test_an_svg_that_does_more_than_draw_is_refused(tmp_path: Path, inside: str) -> None:
    url, problems = _logo(tmp_path, "logo.svg", SVG.format(inside).encode())

    assert url == ""
    assert len(problems) == 1


@pytest.mark.parametrize(
    "text", ['<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "<html/>", "", '<?xml-stylesheet href="a.css"?><svg/>']
)
def test_documents_that_are_no_plain_svg_are_refused(tmp_path: Path, text: str) -> None:
    assert _logo(tmp_path, "logo.svg", text.encode())[0] == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.png", _png(20_000, 20_000)),
        ("logo.jpg", _jpeg(20_000, 20_000)),
        ("logo.png", b"GIF89a"),
        ("logo.jpg", b"\xff\xd8\xff"),
        ("logo.eps", b"%!PS"),
        ("logo.svg", b" " * 1_000_001),
    ],
)
def test_other_pictures_and_huge_ones_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    url, problems = _logo(tmp_path, name, data)

    assert url == ""
    assert len(problems) == 1
