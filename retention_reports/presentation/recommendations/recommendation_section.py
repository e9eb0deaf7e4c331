"""The register in words: decisions for the first page, and what became of the last ones."""

from retention_reports.presentation.recommendations.amended import present_amended
from retention_reports.presentation.recommendations.decisions import present_decisions, total_text
from retention_reports.presentation.recommendations.hit_rates import present_hit_rate
from retention_reports.presentation.recommendations.outcomes import present_outcome
from retention_reports.presentation.recommendations.titles import decision_title

__all__ = [
    "decision_title",
    "present_amended",
    "present_decisions",
    "present_hit_rate",
    "present_outcome",
    "total_text",
]
