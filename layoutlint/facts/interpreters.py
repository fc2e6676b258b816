"""Facts about arrays that a converted model is given: ``interpreter.set_tensor(index, array)``.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model import sizes
from layoutlint.model.syntax_text import written


@TABLE.fact(Type.LIST, "for `set_tensor`: the sizes of the converted model's input, a free one is 1")
def wanted_sizes(view: LayerView) -> Value:
    return view.layer.config.get("wanted", UNKNOWN) if view.layer.class_name == "set_tensor" else UNKNOWN


@TABLE.fact(Type.TRUTH, "for `set_tensor`: the array has another shape than the converted model's input")
def set_in_other_shape(view: LayerView) -> Value:
    wanted, shape = wanted_sizes(view), view.shape
    if wanted is UNKNOWN or shape is None:
        return UNKNOWN
    return len(wanted) != shape.rank or any(
        sizes.equal(a, b) is False for a, b in zip(wanted, shape.sizes, strict=True)
    )


@TABLE.fact(Type.TRUTH, "for `set_tensor`: the array has the sizes of one sample, without the batch")
def set_without_batch(view: LayerView) -> Value:
    wanted, shape = wanted_sizes(view), view.shape
    if wanted is UNKNOWN or shape is None or len(wanted) != shape.rank + 1:
        return False
    pairs = zip(wanted[1:], shape.sizes, strict=True)
    return wanted[0] == 1 and all(sizes.equal(a, b) is not False for a, b in pairs)


@TABLE.fact(Type.TEXT, "the last argument of a call as it is written, where that is short")
def last_argument(view: LayerView) -> Value:
    node = getattr(view.call.origin, "node", None)
    if not isinstance(node, ast.Call) or not node.args:
        return UNKNOWN
    text = written(node.args[-1])
    return text if len(text) <= 40 else UNKNOWN
