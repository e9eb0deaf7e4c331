"""Quarterly customer retention reports from exports of customers and orders."""

__version__ = "1.0.0"
