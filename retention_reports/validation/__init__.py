"""Text to typed tables, or every problem in it."""
