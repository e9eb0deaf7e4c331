"""The programme: what carries it, what nobody buys, and which part of it each sales person sells."""
