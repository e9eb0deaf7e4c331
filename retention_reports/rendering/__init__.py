"""Finished views in; HTML, PDF, and figures out."""
