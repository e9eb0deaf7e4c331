"""The section on offers: what waits for a decision, what wins, and which enquiries are worth the time."""
