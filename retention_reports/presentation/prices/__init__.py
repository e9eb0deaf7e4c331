"""The section on prices: what past increases did, and how to prepare the next."""
