"""The section on the three pillars: where customers and revenue were won and lost."""
