"""The section on contacts and visits."""
