"""What a shape of TensorFlow answers, which is a tuple of sizes here, and an axis of it, which is a size.

Sources: https://www.tensorflow.org/api_docs/python/tf/TensorShape, ``tf.compat.v1.Dimension``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import Value, as_size
from layoutlint.model.sizes import product

Sizes = tuple[Value, ...]

ATTRIBUTES: Final[Mapping[str, Callable[[Sizes], Value]]] = {
    "ndims": len,
    "rank": len,
    "dims": lambda sizes: sizes,
}


def _list(site: Site, sizes: Sizes, arguments: Arguments) -> Value:
    return site.journal.born(list(sizes))


def _elements(site: Site, sizes: Sizes, arguments: Arguments) -> Value:
    if None in sizes:
        return site.lost("the number of elements of a free shape")
    return product([as_size(size) for size in sizes])


def _itself(site: Site, sizes: Sizes, arguments: Arguments) -> Value:
    return sizes


METHODS: Final[Mapping[str, Callable[[Site, Sizes, Arguments], Value]]] = {
    "as_list": _list,
    "num_elements": _elements,
    "with_rank": _itself,
    "with_rank_at_least": _itself,
    "with_rank_at_most": _itself,
}
