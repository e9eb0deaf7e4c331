"""What each key of `figures.json` means: a file a section, from which the reference and the JSON Schema are made.

`figures.md` and `figures.schema.json` are generated (`make figures`); the other files are their one source. A line is
`"key" = "unit: definition"`; the steps of a key lead into lists, too, and `*` stands for a name that the data gives.
`like other` says that all below a key is as below another one. A `?` behind the unit tells that the key may be absent.
"""
