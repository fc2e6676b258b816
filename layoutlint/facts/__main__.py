"""Prints the documentation of all facts: ``python -m layoutlint.facts > docs/facts.md``."""

from layoutlint.facts.document import document

print(document(), end="")
