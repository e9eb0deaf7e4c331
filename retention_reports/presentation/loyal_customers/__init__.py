"""The section on loyal customers: what revenue rests on, who stays, who moves, and how well they are looked after."""
