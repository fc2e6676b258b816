"""The mutation study: known-good programs and models with one layout broken by machine, and what is found.

``python -m tests.mutations`` prints the figures; see ``docs/research/mutations.md``.
"""
