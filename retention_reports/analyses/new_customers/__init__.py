"""New customers: who buys a second time, what a first purchase leads to, and what a new customer costs."""
