"""Cross-selling: who buys from one category only, what peers buy besides, and where the client stands in six steps."""
