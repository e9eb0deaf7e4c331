"""The least a report of this stack can cost: the same imports, the same files read, the same HTML written as PDF.

`python -m tests.bench.floor --prepare PRINT_HTML CLIENT_FOLDER` writes the HTML; `… PRINT_HTML CLIENT_FOLDER PDF` is
the floor itself, with WeasyPrint's own `write_pdf`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from retention_reports import pipeline
from retention_reports.rendering import html as page


def prepare(target: Path, folder: Path) -> None:
    """Write the HTML that the sample's PDF is made from, with the fonts as plain files."""
    client = pipeline.load_client(folder)
    report = pipeline.report_view(client, client.newest_quarter)
    fonts = Path("templates/fonts").resolve()
    faces = "".join(
        f"@font-face{{font-family:'Report Inter';font-weight:{weight};src:url('{(fonts / name).as_uri()}')}}"
        for weight, name in ((400, "Inter-Regular.otf"), (600, "Inter-SemiBold.otf"))
    )
    target.write_text(page.render_print(report).replace("<style>", f"<style>{faces}", 1), encoding="utf-8")


def floor(source: Path, folder: Path, target: Path) -> None:
    """Read every file of the client and let WeasyPrint write the PDF, tagged and archivable."""
    from weasyprint import HTML  # noqa: PLC0415 -- not part of preparing

    for file in sorted(folder.rglob("*")):
        if file.is_file():
            file.read_bytes()
    HTML(string=source.read_text(encoding="utf-8")).write_pdf(target, pdf_variant="pdf/a-3a", pdf_tags=True)


if __name__ == "__main__":
    if sys.argv[1] == "--prepare":
        prepare(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        floor(*map(Path, sys.argv[1:4]))
