"""The section on ten errors about retention."""
