"""Prints the documentation of all facts: ``python -m layoutlint.engine > docs/facts.md``."""

from layoutlint.engine.document import document

print(document(), end="")
