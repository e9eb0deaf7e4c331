"""Formats that say by themselves what each of their fields means: a file's table names one by `format = "…"`.

Each format yields the rows of `customers`, `orders` and, where it has them, `order_lines` under standard column names,
with days as `2026-01-31` and amounts with a decimal point; every row keeps the line of the file that it begins on.
`known_formats.recognise(path)` tells by a file's first bytes (never by its name) which format it is in and which
standard tables it fills, or None; `known_formats.FORMATS` are the words that `format` may have.
"""
