"""The section on the sales check: what was answered, what the data says to it, and what there is to gain."""
