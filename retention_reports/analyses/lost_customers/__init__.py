"""Lost customers: how many, why, what it cost, and whom to win back."""
