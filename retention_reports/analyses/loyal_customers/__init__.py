"""Loyal customers: who stays, what revenue rests on, who grows and who fades, who recommends."""
