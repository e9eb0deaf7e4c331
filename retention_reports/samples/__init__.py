"""Invented clients: seeded, complete data folders for demonstrations, tests and measurements of speed."""

from retention_reports.samples.folders import DEFAULT_SEED, DEFAULT_UNTIL, SAMPLE_KINDS, SampleKind, write_sample

__all__ = ["DEFAULT_SEED", "DEFAULT_UNTIL", "SAMPLE_KINDS", "SampleKind", "write_sample"]
