"""The section on new customers: from the first purchase to the second, and what a new customer costs."""
