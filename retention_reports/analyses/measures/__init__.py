"""Measures: what was planned and done, whether it worked, and what retention is worth."""
