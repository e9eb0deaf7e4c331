"""What the files mean: columns, days, money, and who was a customer when."""
