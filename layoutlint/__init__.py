"""layoutlint: a static linter for input-layout mistakes in Keras models."""

__version__ = "0.1.0"
