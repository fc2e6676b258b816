"""Architectures, registered by name."""
from .registry import Zoo
from . import towers

__all__ = ["Zoo", "towers"]
