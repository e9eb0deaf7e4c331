"""Segments and services: whom we want, what they bring and cost, whether the segments are of use, who uses what."""
