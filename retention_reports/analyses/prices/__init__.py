"""Prices: what customers did after past increases, and how to prepare each of them for the next."""
