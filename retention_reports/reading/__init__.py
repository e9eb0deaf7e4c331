"""Files in: client.toml, csv files, spreadsheets, notes and pictures, as text that knows where it stood."""
