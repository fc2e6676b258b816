"""``ImageDataGenerator.flow(X)`` and ``fit(X)``: Keras refuses arrays that do not have four axes.

Such a call goes into the graph as an operation of its own, with Keras's error message. Source:
``keras/src/legacy/preprocessing/image.py`` (``NumpyArrayIterator``, ``ImageDataGenerator.fit``).
"""

from __future__ import annotations

from functools import partial
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.libraries.keras_generators import IMAGES
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.graph import Call, Layer

METHODS: Final = {
    f"{IMAGES}.flow": (
        "Input data in `NumpyArrayIterator` should have rank 4. You passed an array with shape {}"
    ),
    f"{IMAGES}.fit": "Input to `.fit()` should have rank 4. Got array with shape: {}",
}
"""Keras's error message, by the qualified name of the method."""


def _note(name: str, message: str, site: Site, arguments: Arguments) -> None:
    """Put a call of such a method into the graph if Keras refuses its array."""
    given = arguments.get(0, "x")
    array = array_of(given[0] if isinstance(given, tuple) and given else given)
    if array is None or array.shape is None or array.shape.rank == 4:
        return
    error = ShapeError(ErrorKind.RANK, message.format(array.shape), expected=4, found=array.shape.rank)
    origin = site.origin
    layer = Layer(f"ImageDataGenerator.{name.rsplit('.', 1)[1]}", {}, origin, name, "operation")
    site.evaluator.record(
        Call(layer, array, {}, origin, error=error, conditions=tuple(site.evaluator.conditions))
    )


LIBRARY = Library(
    "batches of images", observers={name: partial(_note, name, message) for name, message in METHODS.items()}
)
