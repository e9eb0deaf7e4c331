"""A card for every customer that the report lists: what is known, what is to be done, and how to begin the call."""
