"""Quarterly customer retention reports from exports of customers and orders."""

__version__ = "1.1.0"
