"""Ten errors about retention: common beliefs, each held against the client's own data."""
