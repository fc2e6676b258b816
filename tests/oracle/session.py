"""Real Keras between two programs that know nothing of each other."""

from __future__ import annotations

import keras


def begin() -> None:
    """Let Keras count the names of layers from the beginning.

    It would collect garbage, too: in a process with all tests in it, that takes longer than most programs.
    """
    keras.backend.clear_session(free_memory=False)
