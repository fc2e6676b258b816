"""Bounds on what values may hold."""

MAX_ITEMS = 4096
"""The most items of a list, a range or a text that are told apart."""
