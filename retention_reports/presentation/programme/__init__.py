"""The section on the programme: what carries it, what nobody buys, and who sells which part of it."""
