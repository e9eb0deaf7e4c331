"""The report in a page, for the owner who reads nothing else, and the draft of the e-mail that it is sent with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.talk.view import LetterView

if TYPE_CHECKING:
    from retention_reports.presentation.view import Decision, ReportView


def present_letter(report: ReportView) -> LetterView:
    """Take the report's one sentence, its findings and its decisions over into a letter."""
    summary = report.summary
    return LetterView(
        language=report.language,
        title=report.title,
        client_name=report.client_name,
        subject=f"{report.words['document']}, {report.period}",
        as_of=report.as_of,
        footer=report.footer,
        logo_data_url=report.logo_data_url,
        colour=report.colour,
        headline=summary.headline,
        warnings=summary.warnings,
        findings=tuple(finding for finding, _ in summary.findings),
        decisions=summary.decisions,
        total=summary.total,
        became=summary.outcome.words if summary.outcome else "",
        words=report.words,
    )


def mail_text(letter: LetterView) -> str:
    """Return the letter as the plain text of an e-mail."""
    words = letter.words
    parts = [words["letter_greeting"], letter.headline, *letter.warnings]
    if letter.findings:
        parts.append("\n".join((f"{words['findings']}:", *(f"– {finding.text}" for finding in letter.findings))))
    if letter.decisions:
        told = (_told(number, one) for number, one in enumerate(letter.decisions, 1))
        parts.append("\n".join((f"{words['decisions']}:", *told)))
    parts += [
        text for text in (letter.total and f"{letter.total}.", words["mail_closing"], words["letter_farewell"]) if text
    ]
    return "\n\n".join(parts) + "\n"


def _told(number: int, decision: Decision) -> str:
    facts = ", ".join(filter(None, (decision.who, decision.by_when, decision.money)))
    return " ".join(filter(None, (f"{number}. {decision.lead}.", decision.text, f"({facts})")))
