"""Expectations: how satisfied customers are, what they complain of, how soon it is settled, what leavers had said."""
