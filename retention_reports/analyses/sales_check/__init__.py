"""The sales check: what the client's people answered, and what the data says to the same questions."""
