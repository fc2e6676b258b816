"""Prints how the version of Keras is told: ``python -m layoutlint.readers > docs/keras-versions.md``."""

from __future__ import annotations

from layoutlint.readers.document import document

print(document(), end="")
