"""Exports of known systems, as data: by which columns each is known, and the settings that read it."""
