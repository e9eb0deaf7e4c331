"""The section on expectations."""
