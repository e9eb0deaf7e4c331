"""Offers: what is open, what became of the decided ones and why, and which enquiries were worth the time."""
