"""Facts about one-hot rows: the columns that they have against the labels that they are made of.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.inference.labels import ONE_HOT
from layoutlint.inference.spans import highest_label, span_of
from layoutlint.model.graph import Tensor


def _encoded(view: LayerView) -> Tensor | None:
    return view.tensor if view.layer.class_name in ONE_HOT else None


@TABLE.fact(Type.NUMBER, "for `one_hot` and `to_categorical`: the number of columns, as it is written")
def one_hot_columns(view: LayerView) -> Value:
    written = view.layer.config.get("depth") if _encoded(view) is not None else None
    return written if isinstance(written, int) else UNKNOWN


@TABLE.fact(Type.TRUTH, "for `one_hot` and `to_categorical`: nothing says how many columns there are to be")
def counts_columns(view: LayerView) -> Value:
    return _encoded(view) is not None and view.layer.config.get("depth", UNKNOWN) is None


@TABLE.fact(Type.NUMBER, "for `one_hot` and `to_categorical`: the highest of the labels, as far as known")
def highest_encoded(view: LayerView) -> Value:
    array = _encoded(view)
    found = None if array is None else highest_label(array)
    return UNKNOWN if found is None else found


@TABLE.fact(Type.NUMBER, "for `one_hot` and `to_categorical`: the lowest of the labels, as far as known")
def lowest_encoded(view: LayerView) -> Value:
    array = _encoded(view)
    span = None if array is None else span_of(array)
    return UNKNOWN if span is None else span.lowest
