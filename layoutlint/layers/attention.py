"""Attention: each step of a query gathers from the steps of a value, by its likeness to the steps of a key.

Facts from ``keras/src/layers/attention``. ``Attention`` takes one list ``[query, value]`` or
``[query, value, key]``; ``MultiHeadAttention`` and ``GroupQueryAttention`` take ``query, value, key=None`` as
arguments of the call, by position or by name (see ``many`` of :class:`~layoutlint.layers.spec.LayerSpec`).
"""

from __future__ import annotations

from layoutlint.layers.checks import (
    check_between,
    check_defined,
    check_optional_positive,
    check_positive,
    known_axes,
    refused,
    stated_sizes,
)
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes, Weights, layer
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Size, equal, is_number, modulo


def _wants_scores(arguments: LayerArguments) -> bool:
    wanted = arguments.keywords.get("return_attention_scores", False)
    if isinstance(wanted, Expression):
        raise UndeterminedError(f"return_attention_scores is {wanted}")
    return bool(wanted)


def _check_rank(arguments: LayerArguments, shape: Shape | None, rank: int) -> None:
    if shape is not None and shape.rank < rank:
        raise ShapeError(
            ErrorKind.RANK,
            f"{arguments.class_name}: expected min_ndim={rank}, found ndim={shape.rank}. "
            f"Full shape received: {shape}",
            expected=rank,
            found=shape.rank,
        )


def _check_tensor(arguments: LayerArguments, value: object) -> None:
    """Raise unless the value is one shape, or None for one of unknown rank."""
    if value is None or isinstance(value, Shape):
        return
    if isinstance(value, list | tuple | dict):
        raise ShapeError(ErrorKind.STRUCTURE, f"{arguments.class_name} takes tensors, received {value}")
    raise UndeterminedError("an input is unknown")


# --- Attention, AdditiveAttention


def _check_attention(arguments: LayerArguments) -> None:
    check_between(arguments, "dropout", float("-inf"))
    mode = arguments["score_mode"]
    if not isinstance(mode, Expression) and mode not in ("dot", "concat"):
        raise refused(arguments, "score_mode", "'dot' or 'concat'")


def _listed(arguments: LayerArguments, inputs: Shapes) -> list[Shape | None]:
    """Query, value and key of a list; the value is the key where there is none."""
    if not isinstance(inputs, list) or len(inputs) not in (2, 3):
        raise ShapeError(
            ErrorKind.STRUCTURE,
            f"{arguments.class_name} layer must be called on a list of inputs, "
            f"namely [query, value] or [query, value, key]. Received: {inputs}",
        )
    for shape in inputs:
        _check_tensor(arguments, shape)
    return [*inputs, inputs[1]][:3]


def _attention(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    query, value, key = _listed(arguments, inputs)
    if query is None or value is None:
        raise UndeterminedError("the rank of an input is unknown")
    _check_rank(arguments, query, 1)
    _check_rank(arguments, value, 1)
    output = Shape((*query[:-1], value[-1]))
    if not _wants_scores(arguments):
        return output
    if key is None:
        return output, None
    _check_rank(arguments, key, 2)
    return output, Shape((*query[:-1], key[-2]))


def _additive_attention(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    query = _listed(arguments, inputs)[0]
    if arguments["use_scale"] is True and query:
        check_defined(arguments, query[-1].size, "the last axis of the query", query)
    return _attention(arguments, inputs)


def _attention_weights(arguments: LayerArguments, inputs: Shapes) -> Weights:
    weights: Weights = {"scale": ()} if arguments.flag("use_scale") else {}
    if arguments["score_mode"] == "concat":
        weights["concat_score_weight"] = ()
    return weights


def _additive_weights(arguments: LayerArguments, inputs: Shapes) -> Weights:
    query, _, _ = _listed(arguments, inputs)
    if not arguments.flag("use_scale"):
        return {}
    _check_rank(arguments, query, 1)
    return {"scale": (_known(query)[-1].size,)}


# --- MultiHeadAttention, GroupQueryAttention


def _tensors(
    arguments: LayerArguments, inputs: Shapes, min_rank: int = 1
) -> tuple[Shape | None, Shape | None, Shape | None]:
    """Query, value and key, by position or by name; the value is the key where there is none."""
    positional = (
        list(inputs) if isinstance(inputs, list | tuple) and not isinstance(inputs, Shape) else [inputs]
    )
    given = dict(zip(("query", "value", "key"), positional, strict=False))
    for name in ("query", "value", "key"):
        if name in arguments.keywords:
            if name in given:
                raise ShapeError(ErrorKind.STRUCTURE, f"{arguments.class_name} got {name} twice")
            given[name] = arguments.keywords[name]
    for name in ("query", "value"):
        if name not in given:
            raise ShapeError(ErrorKind.STRUCTURE, f"missing a required argument: '{name}'")
    has_key = "key" in given and not (given["key"] is None and "key" in arguments.keywords)
    key = given["key"] if has_key else given["value"]
    for shape in (given["query"], given["value"], key):
        _check_tensor(arguments, shape)
        _check_rank(arguments, shape, min_rank)
    return given["query"], given["value"], key


def _check_same_steps(value: Shape, key: Shape) -> None:
    """Value and key must agree but for the last axis (to Keras a free size is unlike every number)."""
    differs = value.rank != key.rank
    for left, right in zip(value[1:-1], key[1:-1], strict=False):
        if left.size is None or right.size is None:
            differs |= is_number(left.size) or is_number(right.size)
        else:
            differs |= equal(left.size, right.size) is False
    if differs:
        raise ShapeError(
            ErrorKind.SIZE,
            "All dimensions of `value` and `key`, except the last one, must be equal. "
            f"Received: value_shape={value} and key_shape={key}",
        )


def _check_heads(arguments: LayerArguments) -> None:
    check_positive(arguments, "num_heads", "key_dim")
    check_optional_positive(arguments, "value_dim", "sliding_window")
    axes = arguments["attention_axes"]
    if axes and not isinstance(axes, int | list | tuple | Expression):
        raise refused(arguments, "attention_axes", "an integer or a list of them")
    stated = arguments["output_shape"]
    if stated and not isinstance(stated, int | list | tuple | Expression):
        raise refused(arguments, "output_shape", "an integer or a tuple of them")
    _check_flash(arguments)


def _check_flash(arguments: LayerArguments) -> None:
    dropout = arguments["dropout"]
    if arguments["flash_attention"] is True and isinstance(dropout, int | float) and dropout > 0:
        raise refused(arguments, "dropout", "0 where flash attention is enabled")


def _check_attention_axes(arguments: LayerArguments, value: Shape) -> None:
    """Keras counts the axes on the value split into heads, with one axis more; negative ones without it."""
    if arguments["attention_axes"] is None:
        return
    rank = value.rank + 1
    for index in known_axes(arguments, "attention_axes") or ():
        place = index if index >= 0 else value.rank + index
        if not -rank <= place < rank:
            raise ShapeError(
                ErrorKind.AXIS,
                f"MultiHeadAttention: attention axis {index} is out of bounds for value shape {value}",
            )


def _projected(arguments: LayerArguments, query: Shape) -> tuple[Axis, ...]:
    """Return the last axes of the output: ``output_shape``, or the query's last axis."""
    if not arguments.known("output_shape"):
        return (query[-1],)
    sizes = stated_sizes(arguments, "output_shape")
    for size in sizes:
        if size is None:
            raise ShapeError(
                ErrorKind.UNDEFINED, "MultiHeadAttention: every axis of output_shape must be defined"
            )
    return tuple(Axis(size, "features") for size in sizes)


def _multi_head(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    query, value, key = _tensors(arguments, inputs)
    if value is not None and key is not None:
        _check_same_steps(value, key)
    for name, shape in (("query", query), ("value", value), ("key", key)):
        if shape is not None:
            check_defined(arguments, shape[-1].size, f"the last axis of the {name}", shape)
    if value is not None:
        _check_attention_axes(arguments, value)
    wants_scores = _wants_scores(arguments)
    if query is None:
        return (None, None) if wants_scores else None
    output = Shape((*query[:-1], *_projected(arguments, query)))
    if not wants_scores:
        return output
    _check_rank(arguments, query, 2)
    # Keras states the query's steps twice, whatever the value's steps are
    return output, Shape((query[0], Axis(arguments.size("num_heads"), "heads"), query[1], query[1]))


def _known(shape: Shape | None) -> Shape:
    if shape is None:
        raise UndeterminedError("the rank of an input is unknown")
    return shape


def _head_weights(arguments: LayerArguments, parts: dict[str, tuple[tuple[Size, ...], int]]) -> Weights:
    """Kernels by name, and a bias of as many last axes as stated."""
    weights: Weights = {}
    for name, (kernel, bias_rank) in parts.items():
        weights[f"{name}/kernel"] = kernel
        if arguments.flag("use_bias"):
            weights[f"{name}/bias"] = kernel[len(kernel) - bias_rank :]
    return weights


def _multi_head_weights(arguments: LayerArguments, inputs: Shapes) -> Weights:
    query, value, key = map(_known, _tensors(arguments, inputs))
    heads, key_dim = arguments.size("num_heads"), arguments.size("key_dim")
    value_dim = arguments.size("value_dim") if arguments["value_dim"] else key_dim
    output = tuple(axis.size for axis in _projected(arguments, query))
    parts: dict[str, tuple[tuple[Size, ...], int]] = {
        "query": ((query[-1].size, heads, key_dim), 2),
        "key": ((key[-1].size, heads, key_dim), 2),
    }
    if arguments.flag("use_gate"):
        parts["gate"] = ((query[-1].size, heads, value_dim), 2)
    parts["value"] = ((value[-1].size, heads, value_dim), 2)
    parts["attention_output"] = ((heads, value_dim, *output), len(output))
    return _head_weights(arguments, parts)


def _check_groups(arguments: LayerArguments) -> None:
    rest = modulo(arguments.size("num_query_heads"), arguments.size("num_key_value_heads"))
    if is_number(rest) and rest != 0:
        raise ShapeError(
            ErrorKind.DIVISIBILITY, "`num_query_heads` must be divisible by `num_key_value_heads`."
        )
    check_optional_positive(arguments, "sliding_window")
    _check_flash(arguments)


def _group_query(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    query, value, key = _tensors(arguments, inputs, min_rank=3)
    for name, shape in (("query", query), ("value", value), ("key", key)):
        if shape is not None:
            check_defined(arguments, shape[2].size, f"axis 2 of the {name}", shape)
    if query is not None:
        check_defined(arguments, query[-1].size, "the last axis of the query", query)
    if query is not None and value is not None:
        _check_same_features(query, value)
    if value is not None and key is not None:
        _check_same_steps(value, key)
    if not _wants_scores(arguments):
        return query
    if query is None or key is None:
        return query, None
    heads = Axis(arguments.size("num_query_heads"), "heads")
    return query, Shape((query[0], heads, query[1], key[1]))


def _check_same_features(query: Shape, value: Shape) -> None:
    left, right = query[-1].size, value[-1].size
    if equal(left, right) is False or (right is None and is_number(left)):
        raise ShapeError(
            ErrorKind.SIZE,
            "The last dimension of `query_shape` and `value_shape` must be equal, "
            f"but are {left}, {right}. Received: query_shape={query}, value_shape={value}",
        )


def _group_query_weights(arguments: LayerArguments, inputs: Shapes) -> Weights:
    query, value, key = map(_known, _tensors(arguments, inputs))
    query_heads, heads = arguments.size("num_query_heads"), arguments.size("num_key_value_heads")
    head_dim = arguments.size("head_dim")
    parts: dict[str, tuple[tuple[Size, ...], int]] = {
        "query": ((query[2].size, query_heads, head_dim), 2),
        "key": ((key[2].size, heads, head_dim), 2),
    }
    if arguments.flag("use_gate"):
        parts["gate"] = ((query[2].size, query_heads, head_dim), 2)
    parts["value"] = ((value[2].size, heads, head_dim), 2)
    parts["attention_output"] = ((query_heads, head_dim, query[-1].size), 1)
    return _head_weights(arguments, parts)


_COMMON = (
    "flash_attention=None, kernel_initializer='glorot_uniform', bias_initializer='zeros', "
    "kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
    "kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None"
)


def _reads(_: LayerArguments, shape: Shape) -> tuple[str, ...]:
    """Name the axes: (batch, steps, features); attention may run over several axes too."""
    return ("batch", "steps", "features") if shape.rank == 3 else ("batch", "...", "features")


LAYERS: tuple[LayerSpec, ...] = (
    layer(
        "Attention",
        "use_scale=False, score_mode='dot', dropout=0.0, seed=None",
        _attention,
        reads=_reads,
        many=True,
        weights=_attention_weights,
        check=_check_attention,
    ),
    layer(
        "AdditiveAttention",
        "use_scale=True, dropout=0.0",
        _additive_attention,
        reads=_reads,
        many=True,
        weights=_additive_weights,
        accepts=("seed", "score_mode"),
    ),
    layer(
        "MultiHeadAttention",
        "num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, "
        f"attention_axes=None, sliding_window=None, {_COMMON}",
        _multi_head,
        reads=_reads,
        many=True,
        weights=_multi_head_weights,
        check=_check_heads,
    ),
    layer(
        "GroupQueryAttention",
        "head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, sliding_window=None, "
        f"{_COMMON}",
        _group_query,
        reads=_reads,
        many=True,
        weights=_group_query_weights,
        check=_check_groups,
        # the name of the class itself, which saved models bear
        aliases=("GroupedQueryAttention",),
    ),
)
