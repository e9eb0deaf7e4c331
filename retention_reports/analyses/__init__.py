"""One question a module: what the data says, as plain numbers."""
