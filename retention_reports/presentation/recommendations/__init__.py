"""The register in words: decisions for the first page, and what became of the last ones."""

from retention_reports.presentation.recommendations.amended import present_amended
from retention_reports.presentation.recommendations.decisions import present_decisions, total_text
from retention_reports.presentation.recommendations.outcomes import outcome_sentence
from retention_reports.presentation.recommendations.titles import decision_title

__all__ = ["decision_title", "outcome_sentence", "present_amended", "present_decisions", "total_text"]
