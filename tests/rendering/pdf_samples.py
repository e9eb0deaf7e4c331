"""A report in small with everything a real one has, and a way to look into the file that comes of it."""

from __future__ import annotations

import re
import zlib
from datetime import datetime, timedelta, timezone

from retention_reports.rendering.pdf_document import PdfAttachment, PdfDocument

MIDDAY_IN_BERLIN = datetime(2026, 10, 5, 12, 0, tzinfo=timezone(timedelta(hours=2)))

DOCUMENT = PdfDocument(
    language="de",
    title="Kundenbindung – Musterhandel – Q3 2026",
    author="Beratung",
    creator="retention-reports 1.0",
    subject="Bericht für das dritte Quartal 2026",
    created=MIDDAY_IN_BERLIN,
    attachments=(PdfAttachment("figures.json", b'{"customers": 12}', "application/json", "Alle Zahlen des Berichts"),),
)

_STYLES = """
@page {
  size: A4; margin: 22mm 18mm;
  @top-left { content: "Musterhandel · Q3 2026" }
  @top-right { content: string(section) }
  @bottom-right { content: counter(page) " / " counter(pages) }
}
html { font: 400 10pt/1.4 "Report Inter" }
h1 { string-set: section content(); break-before: page; font-weight: 600 }
th { font-weight: 600; text-align: left }
td { font-variant-numeric: tabular-nums; text-align: right }
.contents a::after { content: leader(".") " 00" }
"""

_TABLE = """
<table><caption>Kunden und Umsatz, Q3 2026</caption>
<thead><tr><th scope="col">Kunde</th><th scope="col">Umsatz</th></tr></thead>
<tbody>{rows}</tbody>
<tfoot><tr><th scope="row">Summe</th><td>9.999,00 €</td></tr></tfoot></table>
"""
_ROW = '<tr><th scope="row">Łukasz Nguyễn {number}</th><td>−1.{number:03},50 €</td></tr>'

_CHART = """
<figure><svg xmlns="http://www.w3.org/2000/svg" role="img" width="240" height="80" viewBox="0 0 240 80">
<title>Zwölf Kunden gingen</title><desc>Säulen je Quartal</desc>
<rect x="10" y="20" width="40" height="50" fill="#336699"/>
<text x="10" y="15" font-family="Report Inter" font-size="10" font-weight="600">−12 ▼</text>
</svg><figcaption>Kunden je Quartal</figcaption></figure>
"""

_PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>wird ersetzt</title>
<style>{styles}</style></head><body>{body}</body></html>"""

_BODY = """
<nav class="contents"><ul><li><a href="#lost">Verloren</a></li>
<li><a href="#plan">Plan</a><ul><li><a href="#later">Später</a></li></ul></li></ul></nav>
<h1 id="lost">Verloren</h1>
<p>Zwölf Kunden gingen: <strong>wichtig</strong>, <em>neu</em> und
<strong><em>beides</em></strong>. Mehr <a href="https://example.org/">im Netz</a>.</p>
{table}{chart}
<h1 id="plan">Plan</h1><h2 id="later">Später</h2>
<ol><li>Anrufen<ol><li>diese Woche</li><li>nächste Woche</li></ol></li><li>Schreiben</li></ol>
{exotic}
"""

EXOTIC_TEXT = "漢字 😀 👩‍👩‍👧 شركة שלום ☎️ \N{HYPHEN} \N{LEFT-TO-RIGHT MARK}Ende"


def page_with(body: str, styles: str = "") -> str:
    return _PAGE.format(styles=styles, body=body)


def report_html(row_count: int = 80) -> str:
    rows = "".join(_ROW.format(number=number) for number in range(row_count))
    body = _BODY.format(table=_TABLE.format(rows=rows), chart=_CHART, exotic=f"<p>{EXOTIC_TEXT} &#x6F22;</p>")
    return page_with(body, _STYLES)


def unpacked(pdf: bytes) -> bytes:
    """Return the file with every compressed stream inflated after it."""
    streams = re.findall(rb"\nstream\n(.*?)\nendstream", pdf, re.DOTALL)
    return pdf + b"\n".join(_inflated(stream) for stream in streams)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""
