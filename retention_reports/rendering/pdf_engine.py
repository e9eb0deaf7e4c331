"""The one place that reaches behind WeasyPrint's public interface, and why.

WeasyPrint starts from the fonts and rules of the machine's fontconfig. Then a missing glyph is borrowed from whatever
is installed, and a missing weight is smeared or slanted according to local rules: other bytes on every machine.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from weasyprint.text import ffi as native
from weasyprint.text.fonts import FontConfiguration

if TYPE_CHECKING:
    from collections.abc import Iterator

native.ffi.cdef("FcConfig * FcConfigCreate (void);")


class BundledFontConfiguration(FontConfiguration):  # type: ignore[misc] # WeasyPrint has no types
    """Knows no font and no rule until a `@font-face` rule brings one."""

    def __init__(self) -> None:
        """Do what the parent does, with an empty configuration in place of the machine's."""
        self._config = native.fontconfig.FcConfigCreate()
        self.font_map = native.ffi.gc(native.pangoft2.pango_ft2_font_map_new(), native.gobject.g_object_unref)
        font_map = native.ffi.cast("PangoFcFontMap *", self.font_map)
        native.pangoft2.pango_fc_font_map_set_config(font_map, self._config)
        native.fontconfig.FcConfigDestroy(self._config)  # the font map keeps its own reference
        self._folder = None
        self.strut_layouts: dict[object, object] = {}
        self.font_features: dict[object, object] = {}


def require_font_subsetting() -> None:
    """Raise `OSError` where HarfBuzz cannot cut fonts down: the substitute writes the time of day into the file."""
    if not (native.harfbuzz_subset and native.harfbuzz.hb_version_atleast(4, 1, 0)):
        message = "HarfBuzz 4.1 or later with its subset library is missing"
        raise OSError(message)


@contextmanager
def collected_complaints() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs as errors: resources it could not load, links to nowhere, missing descriptions."""
    complaints: list[str] = []
    handler = _Collector(complaints)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield complaints
    finally:
        logger.removeHandler(handler)


class _Collector(logging.Handler):
    """Appends the messages of errors to a list."""

    def __init__(self, messages: list[str]) -> None:
        """Take the list to fill."""
        super().__init__(logging.ERROR)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self._messages.append(record.getMessage())
