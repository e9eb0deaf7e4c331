"""The lists to work with: who is to be turned to, why, by whom, until when, and what became of it."""
