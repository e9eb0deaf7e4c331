"""The three pillars: how many customers came, stayed, returned, and left, and what each group brought."""
