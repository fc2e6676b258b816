"""Prints the table of all layers: ``python -m layoutlint.layers > docs/layers.md``."""

from __future__ import annotations

from layoutlint.layers.document import document

print(document(), end="")
