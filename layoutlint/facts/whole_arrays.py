"""Facts about inputs that are declared with the whole shape of the array that they are fed.

Part of the facts about a feed; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.feed import TABLE, FeedView
from layoutlint.model.graph import SHAPE_OF, Tensor


@TABLE.fact(
    Type.TEXT,
    "the array that is fed, of unknown rank, where the input is declared with its whole shape "
    "(`Input(shape=X.shape)`): `X`; the empty text for all others",
)
def declared_by(view: FeedView) -> Value:
    array, made = view.array, None if view.model_side is None else view.model_side.producer
    source = None if made is None else made.keywords.get(SHAPE_OF)
    if array is None or not isinstance(source, Tensor) or array.shape is not None or not source.name:
        return ""
    is_same = source.origin is array.origin is not None and source.name == array.name
    return source.name if is_same else ""
