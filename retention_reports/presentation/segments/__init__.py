"""The section on segments and services."""
