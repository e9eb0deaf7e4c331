"""Lays the report out as HTML: one file for the screen, and the page that becomes the PDF."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from retention_reports.charts.style import screen_css
from retention_reports.model.shown_keys import NOT_A_FIGURE, chart_key, shown_keys
from retention_reports.presentation.view import Chart, FactStrip, PointList, Table
from retention_reports.records import record
from retention_reports.rendering.column_widths import FULL_WIDTH, HALF_WIDTH, column_widths, width_class, width_rules
from retention_reports.rendering.drawings import paper_drawing, screen_drawing, screen_ornament
from retention_reports.rendering.fonts import Medium, font_face_css
from retention_reports.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template

    from retention_reports.presentation.index import IndexView
    from retention_reports.presentation.questionnaire import QuestionnaireView
    from retention_reports.presentation.sheets.sheet_view import SheetsView
    from retention_reports.presentation.talk.view import LetterView, SlidesView
    from retention_reports.presentation.view import Cell, ReportView, Row, SectionView
    from retention_reports.reading.form_fields import FormFields


@record
class _Page:
    """What surrounds the content: the stylesheet, the script, and the policy that allows these two alone."""

    style: Markup
    script: Markup
    policy: str


@record
class Detail:
    """How much of a section is shown: everything on screen, on paper what the pages have room for.

    Beside the leading sections the main part has `others`, those with most money in them (all where None); what is left
    stands in the appendix with its first rows. `table_rows` bounds every table, `section_rows` the rows of a section
    (its first picture comes first); `method` tells whether definitions are printed, of each section the first
    `dense_items`, or all are left to the HTML. A `short` report has no appendix.
    """

    on_screen: bool = False
    others: int | None = None
    table_rows: int | None = None
    section_rows: int | None = None
    method: bool = True
    dense_items: int = 3
    short: bool = False

    def shows(self, report: ReportView, key: str) -> bool:
        """Whether a section stands in the document, so that a link may lead to it."""
        return not self.short or any(view.key == key for view in self.main(report))

    def main(self, report: ReportView) -> tuple[SectionView, ...]:
        """Return the sections of the main part, in the order of the story."""
        if self.others is None:
            return report.sections
        others = (view for view in report.sections if not view.leading)
        chosen = {view.key for view in sorted(others, key=lambda view: view.rank, reverse=True)[: self.others]}
        return tuple(view for view in report.sections if view.leading or view.key in chosen)

    def minor(self, report: ReportView) -> tuple[SectionView, ...]:
        """Return the other sections: a line in the main part, their first rows in the appendix."""
        main = {view.key for view in self.main(report)}
        return tuple(view for view in report.sections if view.key not in main)

    def rows(self, view: SectionView, kind: str = "") -> tuple[Row, ...]:
        """Return the rows that are shown of a section of the main part (""), a "minor" one or one of the "appendix"."""
        if self.on_screen:
            return view.rows
        rows = tuple(row for row in view.rows if row.on_paper and _is_on_paper(row))
        bound = {"minor": _MINOR_ROWS, "appendix": None}.get(kind, self.section_rows)
        return rows if bound is None else (*rows[:bound], *(row for row in rows[bound:] if row.kept))

    def column_widths(self, table: Table, *, narrow: bool) -> tuple[int, ...]:
        """Return the widths of a table's columns in half per cents, none where they follow from the cells."""
        if self.on_screen:
            return ()
        rows = (*self.table_rows_of(table), table.total)
        return column_widths(table.columns, rows, HALF_WIDTH if narrow else FULL_WIDTH)

    def is_too_wide(self, table: Table, *, narrow: bool) -> bool:
        """Whether a table without pictures is wider than the page at its usual size."""
        return not any(cell.svg for row in table.rows for cell in row) and not self.column_widths(table, narrow=narrow)

    def table_rows_of(self, table: Table) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows of a table that are shown."""
        if self.on_screen:
            return table.rows
        bounds = [bound for bound in (table.print_rows, self.table_rows) if bound is not None]
        return table.rows[: min(bounds)] if bounds else table.rows


_MINOR_ROWS = 2
_SLIDE_ROWS = 6
_FEW = 8
"""A report of so few sections may tell all of them in its main part."""
_DETAILS = (
    Detail(),
    Detail(table_rows=5),
    Detail(others=3, table_rows=4, section_rows=3),
    Detail(others=1, table_rows=4, section_rows=2),
    Detail(others=0, table_rows=3, section_rows=1, method=False),
)
_SHORTER = 2
"""The first of those that leave out sections: no report of many has room for more, and each try costs a layout."""


def paper_details(report: ReportView) -> tuple[Detail, ...]:
    """Return what the PDF may show, from the full report to the shortest: it takes the first that fits."""
    return _DETAILS if len(report.sections) <= _FEW else _DETAILS[_SHORTER:]


_VARIABLE = re.compile(r"(--[a-z]+):([^;}]+)")
_CHART_NAME = re.compile(r'aria-labelledby="(\S+)-title')
_USE = re.compile(r"var\((--[a-z]+)\)")
_METHOD_KEY = "method"


def _is_on_paper(row: Row) -> bool:
    return any(not isinstance(block, Table) or block.on_paper for block in row.blocks)


def render_screen(report: ReportView) -> str:
    """Return the report as one HTML file that needs no network and runs no script but its own."""
    return _template("report.html.j2").render(
        report=report, page=_screen_page(report.colour), on_screen=True, paper=Detail(on_screen=True)
    )


def render_print(report: ReportView, detail: Detail = _DETAILS[0]) -> str:
    """Return the HTML that the PDF is made from."""
    if not detail.method:
        report = replace(report, appendix=tuple(view for view in report.appendix if view.key != _METHOD_KEY))
    page = _paper_page(report.colour, _style("print.css"), width_rules())
    return _template("report.html.j2").render(report=report, page=page, on_screen=False, paper=detail)


def render_slides(talk: SlidesView) -> str:
    """Return the HTML that the PDF of the slides is made from."""
    page = _paper_page(talk.colour, _style("slides.css"), width_rules())
    detail = Detail(table_rows=_SLIDE_ROWS)
    return _template("slides.html.j2").render(report=talk, page=page, on_screen=False, paper=detail)


def render_letter(letter: LetterView) -> str:
    """Return the HTML that the PDF of the letter is made from."""
    page = _paper_page(letter.colour, _style("letter.css"))
    return _template("letter.html.j2").render(letter=letter, page=page)


def render_form(form: QuestionnaireView, fields: type[FormFields]) -> str:
    """Return the HTML that the PDF of a questionnaire is made from; `fields` gives its fields their names."""
    page = _paper_page(form.colour, _style("print.css"), _style("questionnaire.css"))
    return _template("questionnaire.html.j2").render(form=form, fields=fields, page=page)


def render_sheets(sheets: SheetsView) -> str:
    """Return the HTML that the PDF of sheets is made from."""
    page = _paper_page(sheets.colour, _style("print.css"), _style("sheets.css"))
    return _template("sheets.html.j2").render(page=page, sheets=sheets)


def render_index(index: IndexView) -> str:
    """Return the page over all clients and quarters."""
    return _template("index.html.j2").render(index=index, page=_screen_page("", script=False))


def load_templates() -> None:
    """Read the report's templates, which are then at hand."""
    for name in ("report.html.j2", "macros/blocks.html.j2"):
        _template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["paper_drawing"] = paper_drawing
    environment.filters["screen_drawing"] = screen_drawing
    environment.filters["screen_ornament"] = screen_ornament
    environment.filters["width_class"] = width_class
    environment.filters["chart_key"] = _chart_key
    environment.filters["data_keys"] = _data_keys
    # Notes were sanitised when they were turned into HTML.
    environment.filters["sanitised"] = Markup
    for name, kind in (("chart", Chart), ("data_table", Table), ("fact_strip", FactStrip), ("point_list", PointList)):
        environment.tests[name] = _is_a(kind)
    return environment


def _data_keys(identifier: str) -> Markup:
    """Return the attribute by which a table tells the keys of `figures.json` that its columns show."""
    shown = shown_keys(identifier)
    if shown is None:
        return Markup()
    columns = ("+".join(keys) or NOT_A_FIGURE for keys in shown.columns)
    return Markup(' data-keys="{}"').format(" ".join((shown.whole, *columns)))


def _chart_key(svg: str) -> Markup:
    """Return the attribute by which a picture tells what of `figures.json` it shows."""
    named = _CHART_NAME.search(svg)
    key = chart_key(named[1]) if named else ""
    return Markup(' data-key="{}"').format(key) if key else Markup()


def _is_a(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _template(name: str) -> Template:
    return _environment().get_template(name)


def _screen_page(colour: str, *, script: bool = True) -> _Page:
    style = "".join(
        (
            font_face_css(Medium.SCREEN),
            _brand(colour, after=_style("base.css")),
            _style("screen.css"),
            screen_css(),
        )
    )
    program = (templates_folder() / "scripts" / "report.js").read_text(encoding="utf-8") if script else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_digest(style)}",
            f"script-src {_digest(program)}" if program else "script-src 'none'",
            "font-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return _Page(Markup(style), Markup(program), policy)  # noqa: S704 -- our own files


def _paper_page(colour: str, *styles: str) -> _Page:
    """Return the stylesheet with values in place of variables, which WeasyPrint looks up again for every element."""
    style = "".join((_brand(colour, after=_style("base.css")), *styles))
    values = {variable: value.strip() for variable, value in _VARIABLE.findall(style)}
    return _Page(Markup(_USE.sub(lambda use: values[use[1]], style)), Markup(), "")  # noqa: S704 -- our own stylesheet


def _style(name: str) -> str:
    return (templates_folder() / "styles" / name).read_text(encoding="utf-8")


def _brand(colour: str, *, after: str) -> str:
    """Return the stylesheet with the client's colour (`#rrggbb`, checked when it was read) for accents."""
    return f"{after}\n:root {{ --brand: {colour}; }}\n" if colour else after


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
