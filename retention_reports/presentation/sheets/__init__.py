"""Sheets to take into a conversation: filled in as far as the data can, with lines to write on."""
