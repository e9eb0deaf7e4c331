"""The section on what existing customers will bring: next quarter, over their lifetime, and with the next order."""
