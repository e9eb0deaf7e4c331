"""What a script with pandas, matplotlib, Jinja and WeasyPrint would do: four charts, four tables, two files.

`python -m tests.bench.plain_stack CLIENT_FOLDER TARGET`.
"""

from __future__ import annotations

import base64
import io
import sys
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from jinja2 import Template
from weasyprint import HTML

mpl.use("Agg")

from matplotlib import pyplot as plt

_PAGE = Template(
    "<html lang='de'><style>body{font-family:sans-serif}table{border-collapse:collapse}td,th{border:1px solid #ccc}"
    "</style><h1>Review</h1>{% for chart in charts %}<img src='data:image/svg+xml;base64,{{ chart }}'>{% endfor %}"
    "{% for table in tables %}{{ table }}{% endfor %}</html>"
)


def main(folder: Path, target: Path) -> None:
    """Read orders and lines, draw, and write HTML and PDF."""
    exports = folder / "exports"
    orders = pd.read_csv(exports / "Auftraege.csv", sep=";", decimal=",", thousands=".", encoding="cp1252", dtype=str)
    orders["amount"] = pd.to_numeric(orders["Netto"].str.replace(".", "").str.replace(",", "."), errors="coerce")
    orders["day"] = pd.to_datetime(orders["Belegdatum"], format="%d.%m.%Y", errors="coerce")
    lines = pd.concat(
        pd.read_csv(file, sep=";", decimal=",", thousands=".", dtype=str, encoding="cp1252")
        for file in sorted(exports.glob("Positionen-*.csv"))
    )
    quarter = orders["day"].dt.to_period("Q")
    tables = [
        orders.groupby(quarter)["amount"].sum().tail(8),
        orders.groupby("Kundennr.")["amount"].sum().nlargest(20),
        orders.groupby(quarter)["Kundennr."].nunique().tail(8),
        lines.groupby(lines.columns[1]).size().nlargest(20),
    ]
    page = _PAGE.render(
        charts=[_chart(table) for table in tables], tables=[table.to_frame().to_html() for table in tables]
    )
    target.mkdir(parents=True, exist_ok=True)
    (target / "report.html").write_text(page, encoding="utf-8")
    HTML(string=page).write_pdf(target / "report.pdf", pdf_tags=True)


def _chart(table: pd.Series) -> str:
    figure, axes = plt.subplots(figsize=(7, 3))
    axes.bar([str(label) for label in table.index], table.to_numpy())
    axes.tick_params(axis="x", rotation=60)
    picture = io.BytesIO()
    figure.savefig(picture, format="svg", bbox_inches="tight")
    plt.close(figure)
    return base64.b64encode(picture.getvalue()).decode("ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
