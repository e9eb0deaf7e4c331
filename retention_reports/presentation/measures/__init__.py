"""The section on measures: did they work, where do they stand, what comes next, and what retention is worth."""
