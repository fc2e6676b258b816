"""Mistakes and correct programs, each with every way to load its data and every style of program.

``python -m tests.crossings --report docs/research/crossings.md`` writes the table of what is found.
"""
