"""Business charts as SVG text: one file a chart kind, each a frozen spec and a `draw_…` function.

Every word and every number a chart shows arrives finished in its spec; nothing here depends on a language.
"""
