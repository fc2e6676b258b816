"""The names that Keras gives by itself."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(1000)
def snake_case(name: str) -> str:
    """Return a class's name as layers are called after it: ``conv1d`` (``keras/src/utils/naming.py``)."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
