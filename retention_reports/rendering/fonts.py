"""The bundled typeface: its faces for paper and screen, and which characters it can show.

Both outputs use the same design under a family name of our own, so that a copy of the typeface that happens to be
installed on a machine is never taken instead.
"""

from __future__ import annotations

import base64
import unicodedata
from enum import StrEnum
from functools import cache
from io import BytesIO

from retention_reports.records import record
from retention_reports.resources import templates_folder

FONT_FAMILY = "Report Inter"
FONT_SCHEME = "font"

_FONTS_FOLDER = templates_folder() / "fonts"
_REPLACEMENT = "\N{WHITE SQUARE}"
_LAYOUT_CHARACTERS = frozenset("\t\n\f\r")


class Medium(StrEnum):
    """Where the text will be read; decides between the complete faces and the small subsets."""

    PRINT = "print"
    SCREEN = "screen"


@record
class _Face:
    """One `@font-face` rule: the file, and the style and weight that it answers to."""

    file_name: str
    weight: int
    style: str = "normal"


# A slanted semibold is not bundled: without the last face the system's font configuration would invent one.
_PRINT_FACES = (
    _Face("Inter-Regular.otf", 400),
    _Face("Inter-SemiBold.otf", 600),
    _Face("Inter-Italic.otf", 400, "italic"),
    _Face("Inter-SemiBold.otf", 600, "italic"),
)
_SCREEN_FACES = (
    _Face("Inter-Regular.latin.woff2", 400),
    _Face("Inter-SemiBold.latin.woff2", 600),
)


@cache
def font_face_css(medium: Medium) -> str:
    """Return the `@font-face` rules of `FONT_FAMILY`.

    On screen the faces are `data:` URLs of about 70 kB together and cover Latin as Europe writes it; a browser slants
    the upright face for emphasis. In print the rules name files through the `font:` scheme, which only the PDF's
    own fetcher understands; `render_pdf` adds them by itself.
    """
    if medium is Medium.PRINT:
        return "".join(_rule(face, f"{FONT_SCHEME}:{face.file_name}", "opentype") for face in _PRINT_FACES)
    return "".join(_rule(face, _data_url(face.file_name), "woff2") for face in _SCREEN_FACES)


@cache
def print_fonts() -> dict[str, bytes]:
    """Return the content of each face for print, by its URL in the `font:` scheme."""
    names = {face.file_name for face in _PRINT_FACES}
    return {f"{FONT_SCHEME}:{name}": (_FONTS_FOLDER / name).read_bytes() for name in sorted(names)}


def printable_text(text: str) -> str:
    """Return the text with a box for every character the typeface lacks, and without uncovered invisible ones.

    Keeps the rest as it is, so that no other font is ever asked for a glyph.
    """
    uncovered = set(text) - _covered()
    if not uncovered:
        return text
    return text.translate({ord(char): None if _is_invisible(char) else _REPLACEMENT for char in uncovered})


@cache
def _covered() -> frozenset[str]:
    """Return what every face can show, and the white space that layout consumes."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- costs a tenth of a second, and only the PDF needs it

    code_points = [set(TTFont(BytesIO(font), lazy=True).getBestCmap()) for font in print_fonts().values()]
    return frozenset(map(chr, set.intersection(*code_points))) | _LAYOUT_CHARACTERS


def _is_invisible(character: str) -> bool:
    """Return whether a reader loses nothing when the character is left out."""
    is_variation_selector = "\N{VARIATION SELECTOR-1}" <= character <= "\N{VARIATION SELECTOR-16}"
    return is_variation_selector or unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}


def _rule(face: _Face, url: str, font_format: str) -> str:
    """Return one `@font-face` rule."""
    return (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-style:{face.style};font-weight:{face.weight};'
        f'src:url("{url}") format("{font_format}")}}\n'
    )


def _data_url(file_name: str) -> str:
    """Return a WOFF2 file as a `data:` URL."""
    content = base64.b64encode((_FONTS_FOLDER / file_name).read_bytes()).decode("ascii")
    return f"data:font/woff2;base64,{content}"
