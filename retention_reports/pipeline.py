"""The whole flow on one page: a client's folder in, a quarter's report out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from retention_reports import __version__
from retention_reports.errors import DataError, Location, Problem, QuarterError, Severity, UnknownNameError
from retention_reports.messages import LANGUAGES, say
from retention_reports.model.codes import Codes
from retention_reports.model.dataset import Dataset
from retention_reports.model.needs import known_figures
from retention_reports.model.provenance import provenance_of
from retention_reports.model.pseudonyms import pseudonymised
from retention_reports.model.quarters import QUARTERS_PER_YEAR, Quarter
from retention_reports.model.reporting_quarter import complete_quarters, default_quarter
from retention_reports.model.small_groups import without_small_amounts
from retention_reports.model.young_history import young_history
from retention_reports.presentation.actions.action_section import present_actions
from retention_reports.presentation.circulation import for_circulation
from retention_reports.presentation.context import Context
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.recommendations.recommendation_section import decision_title
from retention_reports.presentation.report import present_report
from retention_reports.presentation.talk.letter import present_letter
from retention_reports.presentation.talk.slides import present_slides
from retention_reports.presentation.wording import load_wording
from retention_reports.reading.clients import PSEUDONYMISED
from retention_reports.reading.git import read_git_facts
from retention_reports.reading.git_process import repository_root
from retention_reports.reading.problems import shown
from retention_reports.recommending import recommend
from retention_reports.records import record
from retention_reports.rendering.figures import figures_json
from retention_reports.resources import templates_folder
from retention_reports.restating import Published
from retention_reports.sections import ANALYSES, SECTIONS
from retention_reports.since_last import changes_since_last
from retention_reports.validation.folder import load_client_folder
from retention_reports.validation.notes import normalised_heading
from retention_reports.writing.report_files import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import date
    from pathlib import Path

    from retention_reports.model.figures import Figure
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.provenance import Provenance
    from retention_reports.presentation.view import ReportView
    from retention_reports.presentation.wording import Wording
    from retention_reports.reading.past import Origin
    from retention_reports.recommending.results import Register

ALL_QUARTERS = "all"


@record
class LoadedClient:
    """A client's checked folder and where its data comes from.

    `warnings` and `remarks` name files as messages do, those of `folder` as the report does: by their path in it, so
    that the same data gives the same report wherever it lies.
    """

    folder: ClientFolder
    provenance: Provenance
    warnings: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    published: Published | None
    shown_as: str

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Every quarter from the first order's to the newest complete one."""
        return complete_quarters(_first_order(self.folder), self.newest_quarter)

    def doubts_about(self, quarter: Quarter) -> tuple[Problem, ...]:
        """Return the warnings that concern a quarter: it is not over, or the orders do not reach back far enough."""
        found = []
        if quarter > self.newest_quarter:
            message = say("quarters.unfinished", quarter=str(quarter), newest=str(self.newest_quarter))
            found.append(Problem(Location(self.shown_as), "unfinished quarter", message, Severity.WARNING))
        young = young_history(self.folder.client, _first_order(self.folder), quarter)
        if young is not None:
            hidden = young.hides_customers_in(quarter)
            message = say(
                "history.young" if hidden else "history.young_year",
                day=young.first_day.isoformat(),
                quarter=str(quarter),
                known_from=str(young.known_from if hidden else young.known_from.plus(QUARTERS_PER_YEAR - 1)),
            )
            found.append(Problem(Location(self.shown_as), "young history", message, Severity.WARNING))
        return tuple(found)

    def recommended(self, dataset: Dataset, results: Mapping[str, object]) -> Register:
        """Return the register of a quarter.

        Raises:
            DataError: the consultant's last word is of decisions that there are not.
        """
        try:
            return recommend(dataset, results.values(), self.provenance.committed_on)
        except DataError as error:
            raise DataError(_renamed(error.problems, "", f"{self.shown_as}/")) from error

    def misjudged_decisions(self) -> tuple[Problem, ...]:
        """Return what is said of decisions that there are not, in any quarter; their registers are made for it."""
        found: dict[Problem, None] = {}
        for label, said in self.folder.amendments.items():
            quarter = Quarter.parse(label, self.folder.client.fiscal_year_start_month)
            try:
                dataset = Dataset.at(self.folder, quarter)
                self.recommended(dataset, {analysis.key: analysis.run(dataset) for analysis in ANALYSES})
            except QuarterError as error:
                at = Location(f"{self.shown_as}/{said.path}")
                found[Problem(at, "unknown note", error.message)] = None
            except DataError as error:
                found |= dict.fromkeys(error.problems)
        return tuple(found)

    def since_last(self, path: Path) -> tuple[Problem, ...]:
        """Return warnings of what the folder no longer says as it did at the last report; no report holds them."""
        return changes_since_last(path, self.folder, self.provenance.changed, self.shown_as)

    def pseudonymised(self, key: bytes) -> LoadedClient:
        """Return the client with codes for names under a secret key, without notes, and under a name of its own."""
        client = self.folder.client
        words = load_wording(templates_folder() / "wording", client.language).group("pseudonyms.words")
        coded = pseudonymised(self.folder, Codes(key, client.key, words))
        name = f"{client.key}{PSEUDONYMISED}"
        return replace(self, folder=replace(coded, client=replace(coded.client, key=name)), published=None)

    @property
    def newest_quarter(self) -> Quarter:
        """The quarter that is reported where none is asked for."""
        return default_quarter(
            self.folder.newest_order, self.provenance.committed_on, self.folder.client.fiscal_year_start_month
        )


def load_client(path: Path, *, shown_as: str = "", origin: Origin | None = None) -> LoadedClient:
    """Read and check a client's folder and ask git for its version.

    Messages name the folder by its path, or as `shown_as` says. `origin` tells the version of a folder that was taken
    out of git; it is not asked for then.

    Raises:
        DataError: the files have errors.
    """
    place, shown = path.as_posix(), shown_as or path.as_posix()
    try:
        folder = load_client_folder(path, section_headings=section_headings())
    except DataError as error:
        raise DataError(_renamed(error.problems, place, shown)) from error
    facts = read_git_facts(path, folder.files, folder.outside_git) if origin is None else origin.facts
    provenance = provenance_of(
        folder.files,
        commit=facts.commit,
        committed_at=facts.committed_at,
        changed=facts.changed,
        reason=facts.reason,
    )
    inside = replace(
        folder,
        warnings=_renamed(folder.warnings, f"{place}/", ""),
        remarks=_renamed(folder.remarks, f"{place}/", ""),
    )
    warnings, remarks = (_renamed(found, place, shown) for found in (folder.warnings, folder.remarks))
    warnings += tuple(
        Problem(Location(f"{shown}/{name}"), "names in git", say("git.names_held"), Severity.WARNING)
        for name in facts.held
    )
    return LoadedClient(inside, provenance, warnings, remarks, _published(path, origin), shown)


def chosen_quarters(client: LoadedClient, wanted: str | None) -> tuple[Quarter, ...]:
    """Return the quarters to report on: the newest complete one, all complete ones, or the one named.

    Raises:
        UnknownNameError: the client has no such quarter; the message lists the known ones.
    """
    if wanted is None:
        return (client.newest_quarter,)
    if wanted == ALL_QUARTERS:
        return client.quarters
    try:
        quarter = Quarter.parse(wanted, client.folder.client.fiscal_year_start_month)
    except ValueError as error:
        raise UnknownNameError(say("quarters.unreadable", quarter=shown(wanted))) from error
    oldest = Quarter.of(_first_order(client.folder), quarter.start_month)
    newest_in_data = Quarter.of(client.folder.newest_order, quarter.start_month)
    if not oldest <= quarter <= max(newest_in_data, client.newest_quarter):
        known = ", ".join(str(entry) for entry in client.quarters) or str(newest_in_data)
        raise UnknownNameError(
            say("quarters.unknown", client=client.folder.client.key, quarter=str(quarter), known=known)
        )
    return (quarter,)


def build_report(
    client: LoadedClient, quarter: Quarter, formats: Sequence[str] = FORMATS, paper: Executor | None = None
) -> dict[str, bytes]:
    """Return the files of one report by name, ready to be written. The PDF is laid out by `paper`, beside the others.

    Raises:
        QuarterError: nobody has bought anything up to the quarter's end.
        DataError: the consultant's last word is of decisions that there are not.
    """
    dataset = Dataset.at(client.folder, quarter)
    results = {analysis.key: analysis.run(dataset) for analysis in ANALYSES}
    context = _context(client, dataset, results)
    sections = {key: known_figures(dataset, key, result.figures()) for key, result in results.items()}
    sections["recommendations"] = _recommendations(context)
    restatement = client.published and client.published.restatement(client.folder, quarter, sections)
    earlier = {"restated": restatement} if restatement else {}
    if client.folder.client.pseudonymised:
        sections = {key: without_small_amounts(section) for key, section in sections.items()}
    figures = figures_json(
        dataset, client.provenance, sections | {key: result.figures() for key, result in earlier.items()}
    )
    stem = f"{dataset.client.key}-{quarter}"
    files: dict[str, bytes] = {}
    if "json" in formats:
        files["figures.json"] = figures
    if set(formats) - {"json", "actions"}:
        report = _report_view(replace(context, results={**results, **earlier}), client.provenance)
        if {"pdf", "eml"} & set(formats):
            pdf = _laid_out(report, figures, _created(dataset, client.provenance), client.provenance, paper)
        if "html" in formats:
            from retention_reports.rendering import html  # noqa: PLC0415 -- not needed for figures alone

            files[f"{stem}.html"] = html.render_screen(report).encode("utf-8")
        files |= _for_the_meeting(report, figures, stem, formats, _created(dataset, client.provenance))
    if "actions" in formats:
        files |= _actions(context, client.provenance)
    if {"pdf", "eml"} & set(formats):
        files |= _on_paper(report, pdf(), stem, formats, _created(dataset, client.provenance))
    return files


def _on_paper(report: ReportView, pdf: bytes, stem: str, formats: Sequence[str], created: datetime) -> dict[str, bytes]:
    """Return the PDF, the e-mail that it is attached to, or both."""
    files = {f"{stem}.pdf": pdf} if "pdf" in formats else {}
    if "eml" in formats:
        from retention_reports.rendering.talk import draft_mail  # noqa: PLC0415 -- not needed for the report alone

        files[f"{stem}.eml"] = draft_mail(present_letter(report), f"{stem}.pdf", pdf, created=created)
    return files


def _for_the_meeting(
    report: ReportView, figures: bytes, stem: str, formats: Sequence[str], created: datetime
) -> dict[str, bytes]:
    """Return what was asked for beside the report itself: its main part alone, slides, a letter."""
    if not {"short", "slides", "letter"} & set(formats):
        return {}
    from retention_reports.rendering.report_pdf import report_pdf  # noqa: PLC0415 -- not needed for figures alone
    from retention_reports.rendering.talk import letter_pdf, slides_pdf  # noqa: PLC0415 -- loads the templates

    made: dict[str, Callable[[], bytes]] = {
        "short": lambda: report_pdf(report, figures, created=created, tool_version=__version__, short=True),
        "slides": lambda: slides_pdf(present_slides(report), created=created, tool_version=__version__),
        "letter": lambda: letter_pdf(present_letter(report), created=created, tool_version=__version__),
    }
    return {f"{stem}-{name}.pdf": make() for name, make in made.items() if name in formats}


def _laid_out(
    report: ReportView, figures: bytes, created: datetime, provenance: Provenance, paper: Executor | None
) -> Callable[[], bytes]:
    """Have the PDF laid out, and return what gives it when it is done."""
    from retention_reports.rendering.report_pdf import report_pdf  # noqa: PLC0415 -- not needed for figures alone

    lay_out = partial(report_pdf, report, figures, created=created, tool_version=provenance.tool_version)
    return lay_out if paper is None else paper.submit(lay_out).result


def section_headings() -> dict[str, str]:
    """Return the headings that notes may use: a section's key, or its title in either language."""
    headings = {}
    for section in SECTIONS:
        headings[normalised_heading(section.key)] = section.key
        for language in LANGUAGES:
            headings[normalised_heading(_wording(language).say(f"{section.key}.title"))] = section.key
    return headings


_wordings: dict[str, Wording] = {}


def _wording(language: str) -> Wording:
    if language not in _wordings:
        _wordings[language] = load_wording(templates_folder() / "wording", language)
    return _wordings[language]


def report_view(client: LoadedClient, quarter: Quarter) -> ReportView:
    """Return the report before it is laid out."""
    return _report_view(report_context(client, quarter), client.provenance)


def _report_view(context: Context, provenance: Provenance) -> ReportView:
    views = [
        replace(section.present(context), chapter=section.chapter, leading=section.leading) for section in SECTIONS
    ]
    if context.client.pseudonymised:
        views = [for_circulation(context, view) for view in views]
    return present_report(context, views, provenance)


def _context(client: LoadedClient, dataset: Dataset, results: Mapping[str, object]) -> Context:
    wording = _wording(dataset.client.language)
    formats = Formats(wording, dataset.client.currency, in_bands=dataset.client.pseudonymised)
    register = client.recommended(dataset, results)
    return Context(dataset, results, wording, formats, register, client.provenance.committed_on)


def report_context(client: LoadedClient, quarter: Quarter) -> Context:
    """Return everything that a report of the quarter rests on, before it is put into words.

    Raises:
        QuarterError: nobody has bought anything up to the quarter's end.
    """
    dataset = Dataset.at(client.folder, quarter)
    results = {analysis.key: analysis.run(dataset) for analysis in ANALYSES}
    return _context(client, dataset, results)


def _recommendations(context: Context) -> dict[str, Figure]:
    titles = {one.identifier: decision_title(context, one) for one in context.register.decisions}
    return context.register.figures(titles)


def _actions(context: Context, provenance: Provenance) -> dict[str, bytes]:
    from retention_reports.rendering import actions  # noqa: PLC0415 -- loads XlsxWriter

    view = present_actions(context)
    created = _created(context.dataset, provenance)
    return {"actions.csv": actions.actions_csv(view), "actions.xlsx": actions.actions_xlsx(view, created)}


def _created(dataset: Dataset, provenance: Provenance) -> datetime:
    """Return when the data was committed, else the cut-off: what files say of themselves follows no clock."""
    return provenance.committed_at or datetime.combine(dataset.cut_off, time(), UTC)


def _published(path: Path, origin: Origin | None) -> Published | None:
    if origin is not None:
        return Published(origin.place.folder, path.name, origin.place.repository, origin.commit)
    folder = path.resolve()
    root = repository_root(folder)
    return None if root is None else Published(folder.parent, folder.name, root, "HEAD")


def _renamed(problems: Sequence[Problem], place: str, shown: str) -> tuple[Problem, ...]:
    return tuple(
        replace(problem, location=replace(problem.location, path=shown + problem.location.path.removeprefix(place)))
        for problem in problems
    )


def _first_order(folder: ClientFolder) -> date:
    first: date = folder.tables["orders"]["ordered_on"].min().date()
    return first
