"""Decides what has to be built, and has it built: here, in several processes, or on other machines."""
