"""Next quarter's revenue, what each customer is worth, and whose order is due when."""
