"""The section on cross-selling: who buys from one category only, and what to offer whom."""
