"""Images of ``keras.datasets`` come in the data format that Keras is set to."""

from __future__ import annotations

from layoutlint.interpreter.core import described
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import Value
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor

IN_CONFIGURED_ORDER = ("keras.datasets.cifar10.load_data", "keras.datasets.cifar100.load_data")
"""Source: ``keras/src/datasets/cifar10.py``, which asks for ``image_data_format()``."""


def _loader(name: str) -> Handler:
    def load(site: Site, arguments: Arguments) -> Value:
        loaded = described.function(name)
        assert loaded is not None
        found = loaded(site, arguments)
        return found if site.evaluator.data_format == "channels_last" else _in_order(found, site)

    return load


def _in_order(value: Value, site: Site) -> Value:
    if isinstance(value, tuple):
        return tuple(_in_order(part, site) for part in value)
    if not isinstance(value, Tensor) or value.shape is None or value.shape.rank != 4:
        return value
    if site.evaluator.data_format is None:
        return Tensor(None, value.producer, value.origin)
    samples, height, width, channels = value.shape
    return Tensor(Shape((samples, channels, height, width)), value.producer, value.origin)


LIBRARY = Library("keras.datasets", functions={name: _loader(name) for name in IN_CONFIGURED_ORDER})
