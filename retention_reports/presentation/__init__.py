"""Results and a language in, finished words, numbers, tables, and pictures out."""
