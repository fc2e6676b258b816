"""The activation of a layer by its name."""

from __future__ import annotations

from typing import Final

_LIBRARIES: Final = ("keras.", "tensorflow.", "jax.", "torch.")


def activation_name(activation: object) -> str | None:
    """Return the name of a known activation: a text, or a function of Keras or its backends.

    None for any other function: one of the program may be called ``softmax`` and work along another axis.
    """
    if isinstance(activation, str):
        return activation.rpartition(".")[2]
    name = getattr(activation, "name", None)
    if isinstance(name, str) and name.startswith(_LIBRARIES):
        return name.rpartition(".")[2]
    return None
