"""Settings for all tests."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from retention_reports.commands.language import VARIABLE
from retention_reports.writing.secret_key import VARIABLE as SECRET

# The same examples every time, and no limit of time each: a loaded machine must not turn a law into a coin toss.
settings.register_profile(
    "steady", derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

# Commands speak English in the tests that do not ask for the client's own language.
os.environ[VARIABLE] = "en"

# Versions with codes are built under a key of the tests' own, never under the user's.
os.environ[SECRET] = "5e" * 32
