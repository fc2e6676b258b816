"""``python -m layoutlint``."""

from layoutlint.cli import run

run()
