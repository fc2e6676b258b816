"""Keras 2 as a package of its own, ``import keras``: up to 2.3 it still read what Keras 1 wrote.

From 2.4 on, and as ``tf.keras``, it no longer did.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

ALONE: Final = re.compile(r"^\s*(?:from|import)\s+keras\b", re.MULTILINE)
_OUT_OF_TENSORFLOW: Final = re.compile(r"\btf\.keras\b|\btensorflow(?:\.python)?(?:\.| import )keras\b")

GONE_WITH_2_4: Final = (
    r"\bkeras\.(?:engine\.topology|legacy)\b|\btheano\b|\btensorflow_backend\b|\bimage_dim_ordering\b"
    r"|\bimport cPickle\b"
)
"""What Keras has had no longer since it runs on TensorFlow alone, and the Python of before."""
_OF_ITS_YEARS: Final = re.compile(
    GONE_WITH_2_4 + r"|\btf\.(?:Session|placeholder|ConfigProto|get_default_graph|contrib)\b"
)
"""These, and what the TensorFlow that Keras 2.4 needs has no longer."""


@lru_cache(maxsize=16)
def reads_keras_1(text: str) -> bool | None:
    """Tell whether the Keras 2 that a module is written for reads the arguments of Keras 1; None where
    nothing says which release it is.
    """
    if ALONE.search(text) is None:
        return False
    return True if _OF_ITS_YEARS.search(text) and not _OUT_OF_TENSORFLOW.search(text) else None
