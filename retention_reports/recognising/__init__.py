"""What came from a client: of which system it is, how it is written, and the settings by which it is read."""
