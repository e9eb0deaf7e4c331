"""Reachability: whom the client can and may write to, and who only hears from it when it sells or bills."""
