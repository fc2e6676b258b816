"""Readers: one format a module, from bytes to a graph. They know formats and nothing of rules.

Every reader has ``read(...) -> Graph`` and raises
:class:`~layoutlint.model.unreadable.UnreadableError` or ``NothingToReadError``, each with one clear line that
does not repeat the path.
"""
