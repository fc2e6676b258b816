"""Keras as programs use it: layers, models and what is done with them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from layoutlint import inference
from layoutlint.axes import Axis, Shape
from layoutlint.errors import ShapeError
from layoutlint.graph import Call, Declaration, Layer, Network, Tensor, flatten, map_nested
from layoutlint.interpreter import backbones, data, saved_models, structure
from layoutlint.interpreter.evaluator import Arguments, Evaluator
from layoutlint.interpreter.memory import join_shapes
from layoutlint.interpreter.shape_sources import sources
from layoutlint.interpreter.values import (
    BoundMethod,
    Choice,
    ClassValue,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    ModelValue,
    Native,
    NativeMethod,
    Partial,
    Rest,
    Scope,
    Unknown,
    Value,
    as_size,
    lower,
    truth,
)
from layoutlint.layers.legacy import translate
from layoutlint.layers.merging import FUNCTIONS
from layoutlint.layers.registry import find
from layoutlint.origins import Origin
from layoutlint.sizes import Expression, unknown_size

SHAPE_ARGUMENTS = ("batch_shape", "batch_input_shape", "input_shape", "input_dim")
MODEL_BASES = ("keras.Model", "keras.Sequential")


# ---------------------------------------------------------------------- layers


def construct(ev: Evaluator, class_name: str, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """A layer made by calling its class."""
    written_keywords = frozenset(arguments.keywords)
    positional: Sequence[Any] = [lowered(ev, value, node, scope) for value in arguments.positional]
    keywords: Mapping[str, Any] = {
        name: lowered(ev, value, node, scope) for name, value in arguments.keywords.items()
    }
    class_name, positional, keywords = translate(class_name, positional, keywords, keras1=ev.keras1)
    origin = ev.origin(node, scope)
    spec = find(class_name)
    if spec is None:
        layer = Layer(class_name, keywords, origin, _name_of(keywords))
        ev.graph.layers.append(layer)
        return LayerValue(layer)
    error: ShapeError | None = None
    try:
        config = spec.bind(positional, keywords)
    except ShapeError as problem:
        error = problem
        config = dict(keywords)
        if arguments.open:
            # an unknown **kwargs may give what is missing
            config = {name: unknown_size() for name in spec.parameters.names} | config
            config.update(zip(spec.parameters.positional, positional, strict=False))
            error = None
    else:
        if arguments.open:
            given = set(keywords) | set(spec.parameters.positional[: len(positional)])
            config = {name: value if name in given else unknown_size() for name, value in config.items()}
    if config.get("data_format", "") is None:
        config["data_format"] = ev.data_format
    layer = Layer(
        spec.name,
        config,
        origin,
        _name_of(keywords),
        written=written_keywords | frozenset(spec.parameters.positional[: len(positional)]),
    )
    ev.graph.layers.append(layer)
    if error is not None:
        ev.record(
            Call(layer, (), {}, origin, error=error, reason=str(error), conditions=tuple(ev.conditions))
        )
        return ev.lost(node, scope, str(error))
    made = LayerValue(layer)
    _remember_declared(ev, layer, arguments, scope)
    return made


def _name_of(keywords: Mapping[str, Any]) -> str | None:
    name = keywords.get("name")
    return name if isinstance(name, str) else None


def lowered(ev: Evaluator, value: Value, node: ast.expr, scope: Scope) -> Any:
    """A value as a layer's configuration holds it; models and layers of the program become graph layers."""
    if isinstance(value, Instance | ModelValue):
        return layer_of(ev, value) or unknown_size()
    if isinstance(value, list | tuple) and any(
        isinstance(v, Instance | ModelValue | LayerValue) for v in value
    ):
        return [lowered(ev, item, node, scope) for item in value]
    return lower(value)


def layer_of(ev: Evaluator, value: Value) -> Layer | None:
    """The graph's layer for a layer or model of the program."""
    if isinstance(value, LayerValue):
        return value.layer
    if isinstance(value, Instance) and value.native is not None:
        return layer_of(ev, value.native)
    if isinstance(value, ModelValue):
        return _as_layer(ev, value)
    return None


def _as_layer(ev: Evaluator, model: ModelValue) -> Layer:
    """A model as a layer: one and the same for every use, until its inputs or outputs change."""
    known = model.state.get("layer")
    if isinstance(known, Layer) and known.network is not None:
        ends = (known.network.inputs, known.network.outputs)
        if ends[0] is model.state.get("inputs") and ends[1] is model.state.get("outputs"):
            return known
    made = Layer(model.class_name, {}, model.origin, model.name, kind="model", network=network_of(ev, model))
    ev.journal.touch(model.state)
    model.state["layer"] = made
    return made


def _remember_declared(ev: Evaluator, layer: Layer, arguments: Arguments, scope: Scope) -> None:
    for name in SHAPE_ARGUMENTS:
        node = arguments.nodes.get(name)
        if node is not None and name in layer.config:
            ev.declared_at[layer] = ev.origin(node, scope)
            ev.declared_from[layer] = sources(ev, node, scope)
            return


def declared_input(layer: Layer) -> tuple[str, Shape | None] | None:
    """The input shape that a layer's own arguments give, and the argument; None if they give none.

    The shape has the batch first. ``input_shape=(8000, 1)`` gives (None, 8000, 1), ``input_dim=8`` gives
    (None, 8), with ``input_length=10`` (None, 10, 8).
    """
    spec = find(layer.class_name)
    own = spec.parameters.names if spec is not None else frozenset()
    config = layer.config
    rank = spec.rank if spec is not None else None
    batch = config.get("batch_size") if "batch_size" not in own else None
    for name in ("batch_shape", "batch_input_shape"):
        if config.get(name) is not None and name not in own:
            return name, _written_shape(config[name], None, rank)
    if config.get("input_shape") is not None and "input_shape" not in own:
        return "input_shape", _written_shape(config["input_shape"], Axis(batch), rank)
    if config.get("input_dim") is not None and "input_dim" not in own:
        length = [config["input_length"]] if "input_length" in config else []
        if rank == 3 and not length:
            length = [None]
        return "input_dim", Shape.of(batch, *length, config["input_dim"])
    if layer.class_name == "Embedding" and config.get("input_length") is not None:
        length = config["input_length"]
        return "input_length", Shape.of(batch, *(length if isinstance(length, tuple) else (length,)))
    return None


def _written_shape(value: Any, batch: Axis | None, rank: int | None) -> Shape | None:
    """A shape argument with its batch axis; of the needed rank where the value is unknown but the layer's
    rank is not.
    """
    sizes = data.sizes_of(value) if not isinstance(value, Expression) else None
    before = () if batch is None else (batch,)
    if sizes is None:
        if rank is None:
            return None
        count = rank - len(before)
        if isinstance(value, Expression):
            return Shape((*before, *(Axis(_item_size(value, i)) for i in range(count))))
        return Shape((*before, *(Axis(unknown_size()) for _ in range(count))))
    return Shape((*before, *map(Axis, sizes)))


def _item_size(value: Expression, index: int) -> Expression:
    """The size ``index`` of an unknown shape: ``X.shape[1:]`` at 0 is ``X.shape[1]``."""
    source = Unknown.behind(value)
    return source.part(f"[{index}]").size() if source is not None else unknown_size()


def declare(
    ev: Evaluator, layer: Layer, argument: str, shape: Shape | None, written: Shape | None, origin: Origin
) -> Tensor:
    """An input of a model with a shape that the author wrote: the tensor, its InputLayer and the
    declaration.
    """
    config = {"batch_shape": shape.sizes if shape is not None else None}
    input_layer = Layer("InputLayer", config, origin, None, kind="input")
    made = Call(input_layer, (), {}, origin, conditions=tuple(ev.conditions))
    made.outputs = Tensor(shape, made, origin)
    ev.record(made)
    if written is not None:
        read = ev.declared_from.get(layer, ())
        ev.graph.declarations.append(Declaration(argument, written, layer, made.outputs, origin, read))
    return made.outputs


def own_input(ev: Evaluator, layer: Layer) -> Tensor | None:
    """The input tensor that a layer declares for a model that it is the first layer of."""
    found = declared_input(layer)
    if found is None:
        return None
    argument, shape = found
    origin = ev.declared_at.get(layer, layer.origin)
    has_batch = argument in ("batch_shape", "batch_input_shape")
    written = shape if shape is None or has_batch else Shape(shape[1:])
    return declare(ev, layer, argument, shape, written, origin)


def make_input(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``keras.Input(shape=…)`` in all its forms, and ``InputLayer(…)``."""
    origin = ev.origin(node, scope)
    tensor = arguments.keywords.get("tensor")
    if isinstance(tensor, Tensor):
        return tensor
    argument, has_batch = "shape", False
    value: Value = arguments.get(0, "shape")
    for keyword, batched in (("batch_shape", True), ("batch_input_shape", True), ("input_shape", False)):
        if value is None and keyword in arguments.keywords:
            argument, value, has_batch = keyword, arguments.keywords[keyword], batched
    batch = as_size(arguments.keywords.get("batch_size", arguments.get(1, "batch_size")))
    written: Shape | None = None
    if value is None and not arguments.open:
        written = Shape() if "batch_size" in arguments.keywords else None
    else:
        sizes = data.sizes_of(_one_of(value))
        written = Shape(map(Axis, sizes)) if sizes is not None else None
    shape = written if has_batch or written is None else Shape((Axis(batch), *written))
    name = arguments.keywords.get("name")
    shape_node = arguments.node(0, argument)
    dtype = arguments.keywords.get("dtype")
    layer = Layer(
        "InputLayer",
        {
            "batch_shape": shape.sizes if shape is not None else None,
            "dtype": dtype if isinstance(dtype, str) else None,
        },
        origin,
        name if isinstance(name, str) else None,
        kind="input",
    )
    ev.graph.layers.append(layer)
    made = Call(layer, (), {}, origin, conditions=tuple(ev.conditions))
    made.outputs = Tensor(shape, made, origin, name if isinstance(name, str) else None)
    ev.record(made)
    if written is not None:
        at = ev.origin(shape_node, scope) if shape_node is not None else origin
        read = sources(ev, shape_node, scope)
        ev.graph.declarations.append(Declaration(argument, written, layer, made.outputs, at, read))
    return made.outputs


def _one_of(value: Value) -> Value:
    """The one alternative that can be a shape."""
    if isinstance(value, Choice):
        possible = [a for a in value.alternatives if isinstance(a, tuple | list)]
        return possible[0] if len(possible) == 1 else Unknown()
    return value


def call_layer(ev: Evaluator, layer: LayerValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``layer(x)``: the output tensors."""
    if arguments.positional and data.is_of_unknown_length(arguments.positional[0]):
        return _use_on_any_number(ev, layer, arguments, ev.origin(node, scope))
    inputs, keywords = call_inputs(layer.layer, arguments)
    return use(ev, layer, inputs, keywords, ev.origin(node, scope), node, scope)


def use(
    ev: Evaluator,
    layer: LayerValue,
    inputs: Any,
    keywords: Mapping[str, Any],
    origin: Origin,
    node: ast.expr,
    scope: Scope,
) -> Value:
    """One use of a layer, recorded: its output tensors. The function of a Lambda is followed."""
    outputs = (
        _through_function(ev, layer.layer, inputs, node, scope)
        if layer.layer.class_name == "Lambda"
        else None
    )
    if outputs is None:
        made = ev.use(layer.layer, inputs, origin, keywords)
    else:
        made = Call(layer.layer, inputs, keywords, origin, conditions=tuple(ev.conditions))
        made.outputs = map_nested(lambda tensor: Tensor(tensor.shape, made, origin), outputs)
        ev.record(made)
    layer.calls.append(made)
    return made.outputs


def _use_on_any_number(ev: Evaluator, layer: LayerValue, arguments: Arguments, origin: Origin) -> Value:
    """A layer on a list that a loop filled: what it makes of one and of two further tensors, joined."""

    def made_of(count: int) -> Call:
        first = data.filled(arguments.positional[0], count)
        inputs, keywords = call_inputs(
            layer.layer, replace(arguments, positional=(first, *arguments.positional[1:]))
        )
        return inference.call(layer.layer, inputs, origin, keywords, tuple(ev.conditions))

    one, two = made_of(1), made_of(2)
    shapes = [t.shape if isinstance(t, Tensor) else None for t in flatten(one.outputs)]
    others = [t.shape if isinstance(t, Tensor) else None for t in flatten(two.outputs)]
    if len(shapes) != 1 or len(others) != 1:
        two.outputs = Tensor(None, two, origin)
    else:
        two.outputs = Tensor(join_shapes(shapes[0], others[0]), two, origin)
    two.interpretation, two.error = None, None
    ev.record(two)
    layer.calls.append(two)
    return two.outputs


FUNCTION_VALUES = (FunctionValue, BoundMethod, Partial, Native, External)


def _through_function(ev: Evaluator, layer: Layer, inputs: Any, node: ast.expr, scope: Scope) -> Any:
    """What a Lambda's ``output_shape`` or else its function makes of its inputs; None where neither is
    known.
    """
    stated = layer.config.get("output_shape")
    if isinstance(stated, FUNCTION_VALUES):
        sizes = data.sizes_of(ev.call(stated, Arguments((_shapes_of(inputs),)), node, scope))
        return Tensor(Shape.of(*sizes)) if sizes is not None else None
    function = layer.config.get("function")
    if stated is not None or not isinstance(function, FUNCTION_VALUES):
        return None
    further = layer.config.get("arguments")
    if further is not None and not isinstance(further, dict):
        return None
    outputs = ev.call(function, Arguments((inputs,), further or {}), node, scope)
    if all(isinstance(t, Tensor) and t.shape is not None for t in flatten(outputs)):
        return outputs
    return None


def _shapes_of(inputs: Any) -> Value:
    """The ``input_shape`` that Keras hands to ``build`` and ``compute_output_shape``."""
    return map_nested(
        lambda t: t.shape.sizes if isinstance(t, Tensor) and t.shape is not None else Unknown("input_shape"),
        inputs,
    )


def call_inputs(layer: Layer, arguments: Arguments) -> tuple[Any, dict[str, Any]]:
    """The inputs of a layer call and its other arguments, tensors among them as tensors."""
    spec = find(layer.class_name)
    positional = list(arguments.positional)
    keywords = dict(arguments.keywords)
    tensor_keywords = {
        name: data.to_tensors(value) if _may_be_tensor(value) else lower(value)
        for name, value in keywords.items()
        if name != "inputs"
    }
    if not positional and "inputs" in keywords:
        positional = [keywords["inputs"]]
    if spec is not None and spec.many and len(positional) > 1:
        return [data.to_tensors(value) for value in positional if _may_be_tensor(value)], tensor_keywords
    if not positional:
        if spec is not None and spec.many and tensor_keywords:
            return [], tensor_keywords
        return Tensor(None), tensor_keywords
    return data.to_tensors(positional[0]), tensor_keywords


def _may_be_tensor(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_may_be_tensor, value))
    return isinstance(value, Tensor | Unknown | Choice)


def layer_attribute(ev: Evaluator, value: LayerValue, name: str, node: ast.expr, scope: Scope) -> Value:
    """``layer.output``, ``layer.units`` …"""
    layer = value.layer
    if name in ("output", "input", "output_shape", "input_shape") and value.calls:
        made = value.calls[0]  # Keras gives the first use
        found = made.outputs if name.startswith("output") else made.inputs
        if not name.endswith("_shape"):
            return found
        return map_nested(
            lambda t: t.shape.sizes if isinstance(t, Tensor) and t.shape is not None else Unknown(), found
        )
    if name == "name" and layer.name is not None:
        return layer.name
    if name == "layer" and isinstance(layer.config.get("layer"), Layer):
        return LayerValue(layer.config["layer"])
    if name in layer.config and name in layer.written:
        found = layer.config[name]
        return found if not isinstance(found, Layer) else LayerValue(found)
    if name == "__class__":
        return Unknown()
    return NativeMethod(value, name)


# ---------------------------------------------------------------------- models


def sequential(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> ModelValue:
    """``Sequential([...])``."""
    made = _empty_sequential(ev, arguments, ev.origin(node, scope))
    ev.models.append(made)
    _add_all(ev, made, arguments.get(0, "layers"), node, scope)
    return made


def _empty_sequential(ev: Evaluator, arguments: Arguments, origin: Origin) -> ModelValue:
    name = arguments.get(1, "name")
    return ModelValue(
        "Sequential",
        origin,
        name if isinstance(name, str) else None,
        ev.journal.born({"calls": ()}),
        ev.journal.born([]),
    )


def _add_all(ev: Evaluator, model: ModelValue, layers: Value, node: ast.expr, scope: Scope) -> None:
    if layers is None:
        return
    items = ev.items(layers)
    if items is None:
        items = [Rest(Unknown(reason="an unknown list of layers"))]
    for item in items:
        add(ev, model, item, node, scope)


def add(ev: Evaluator, model: ModelValue, value: Value, node: ast.expr, scope: Scope) -> None:
    """``model.add(layer)``: the layer is called at once if the model's input is known."""
    ev.journal.touch(model.members)
    model.members.append(value)
    state = model.state
    ev.journal.touch(state)
    if "outputs" in state:
        state["outputs"] = apply_member(ev, value, state["outputs"], node, scope)
        return
    start = value if isinstance(value, Tensor) else _declared_start(ev, value)
    if start is None:
        return
    state["inputs"] = start
    outputs: Value = start
    for member in model.members if not isinstance(value, Tensor) else ():
        outputs = apply_member(ev, member, outputs, node, scope)
    state["outputs"] = outputs


def _declared_start(ev: Evaluator, value: Value) -> Tensor | None:
    """The input tensor of a Sequential whose first member declares one."""
    if isinstance(value, Choice):
        starts = [_declared_start(ev, alternative) for alternative in value.alternatives]
        return starts[0]
    if isinstance(value, Instance):
        return _declared_start(ev, value.native) if value.native is not None else None
    if isinstance(value, ModelValue):
        inputs = value.state.get("inputs")
        if isinstance(inputs, Tensor):
            return declare(
                ev, Layer("InputLayer", {}, value.origin), "shape", inputs.shape, None, value.origin
            )
        return None
    if not isinstance(value, LayerValue):
        return None
    found = own_input(ev, value.layer)
    if found is None and isinstance(value.layer.config.get("layer"), Layer):
        return own_input(ev, value.layer.config["layer"])
    return found


def apply_member(ev: Evaluator, value: Value, inputs: Value, node: ast.expr, scope: Scope) -> Value:
    """A Sequential's member on the output of the one before."""
    if isinstance(value, Rest):
        # any number of them, none included
        for _ in range(2):
            inputs = ev.choose(
                [lambda: inputs, lambda: apply_member(ev, value.item, inputs, node, scope)],  # noqa: B023
                ("there are no more layers", "there are more layers"),
            )
        return inputs
    if isinstance(value, Tensor):
        return value
    if isinstance(value, LayerValue):
        return use(ev, value, data.to_tensors(inputs), {}, value.layer.origin, node, scope)
    if isinstance(value, Choice):
        possible = [a for a in value.alternatives if a is not None]
        return ev.choose([lambda a=a: apply_member(ev, a, inputs, node, scope) for a in possible])  # type: ignore[misc]
    if isinstance(value, Instance | ModelValue | BoundMethod | FunctionValue):
        return ev.call(value, Arguments((inputs,)), node, scope)
    return Tensor(None)


def finish(ev: Evaluator, model: ModelValue, node: ast.expr, scope: Scope) -> None:
    """Build a Sequential whose input nobody ever gave, on an input of unknown shape."""
    if model.class_name == "Sequential" and "outputs" not in model.state and model.members:
        build(ev, model, Tensor(None), node, scope)


def build(ev: Evaluator, model: ModelValue, inputs: Value, node: ast.expr, scope: Scope) -> Value:
    """Call a Sequential's members on an input."""
    outputs = inputs
    for member in list(model.members):
        outputs = apply_member(ev, member, outputs, node, scope)
    ev.journal.touch(model.state)
    model.state["inputs"], model.state["outputs"] = inputs, outputs
    return outputs


def functional(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> ModelValue:
    """``Model(inputs, outputs)``."""
    made = ModelValue("Functional", ev.origin(node, scope), None, ev.journal.born({}), ev.journal.born([]))
    connect(ev, made, arguments)
    ev.models.append(made)
    return made


def connect(ev: Evaluator, model: ModelValue, arguments: Arguments) -> None:
    """Give a functional model its inputs and outputs."""
    inputs = arguments.get(0, "inputs", arguments.keywords.get("input"))
    outputs = arguments.get(1, "outputs", arguments.keywords.get("output"))
    name = arguments.keywords.get("name")
    if isinstance(name, str):
        model.name = name
    if inputs is None or outputs is None:
        return
    ev.journal.touch(model.state)
    model.state["inputs"], model.state["outputs"] = data.to_tensors(inputs), data.to_tensors(outputs)


def network_of(ev: Evaluator, model: ModelValue) -> Network | None:
    """The model from its inputs to its outputs, traced back through what made them."""
    inputs, outputs = model.state.get("inputs"), model.state.get("outputs")
    if inputs is None or outputs is None:
        if model.class_name == "Sequential" and all(isinstance(m, LayerValue) for m in model.members):
            return _chain(model)
        return None
    return Network(model.class_name, inputs, outputs, tuple(trace(inputs, outputs)), model.origin, model.name)


def _chain(model: ModelValue) -> Network:
    """A Sequential that was never built, as a model with an input of unknown shape."""
    start = Tensor(None)
    calls: list[Call] = []
    outputs: Any = start
    for member in model.members:
        made = inference.call(member.layer, outputs, member.layer.origin)
        calls.append(made)
        outputs = made.outputs
    return Network(model.class_name, start, outputs, tuple(calls), model.origin, model.name)


def trace(inputs: Any, outputs: Any) -> Iterable[Call]:
    """The calls between inputs and outputs, each after those that it needs."""
    stop = {id(tensor) for tensor in flatten(inputs) if isinstance(tensor, Tensor)}
    found: dict[int, Call] = {}
    entered: set[int] = set()
    waiting: list[tuple[Call, bool]] = [
        (t.producer, False)
        for t in flatten(outputs)
        if isinstance(t, Tensor) and t.producer and id(t) not in stop
    ]
    while waiting:
        current, done = waiting.pop()
        if done:
            found.setdefault(id(current), current)
            continue
        if id(current) in entered:
            continue
        entered.add(id(current))
        waiting.append((current, True))
        for tensor in [*flatten(current.inputs), *flatten(list(current.keywords.values()))]:
            if isinstance(tensor, Tensor) and tensor.producer is not None and id(tensor) not in stop:
                waiting.append((tensor.producer, False))
    return found.values()


def call_model(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``model(x)``."""
    inputs = arguments.get(0, "inputs", Tensor(None))
    if isinstance(inputs, list | tuple) and any(isinstance(item, Rest) for item in inputs):
        inputs = Tensor(None)  # nobody knows how many
    if model.class_name == "Sequential" and "outputs" not in model.state:
        if not model.members:
            return Tensor(None)
        outputs = build(ev, model, data.to_tensors(inputs), node, scope)
        used = Layer(model.class_name, {}, model.origin, model.name, kind="model")
        made = Call(used, model.state["inputs"], {}, ev.origin(node, scope), conditions=tuple(ev.conditions))
        made.outputs = data.to_tensors(outputs)
        ev.record(made)
        return outputs
    layer = layer_of(ev, model)
    if layer is None or layer.network is None:
        return Tensor(None)
    return ev.use(layer, data.to_tensors(inputs), ev.origin(node, scope)).outputs


def model_attribute(ev: Evaluator, model: ModelValue, name: str, node: ast.expr, scope: Scope) -> Value:
    """``model.output``, ``model.layers`` …"""
    state = model.state
    if name in ("input", "inputs", "output", "outputs"):
        found = state.get("inputs" if name.startswith("input") else "outputs")
        if found is None:
            return Tensor(None)
        if name.endswith("s"):
            return found if isinstance(found, list) else [found]
        return found
    if name in ("input_shape", "output_shape"):
        found = state.get("inputs" if name.startswith("input") else "outputs")
        if found is None:
            return ev.lost(node, scope, "a model that is not built")
        return map_nested(lambda t: t.shape.sizes if t.shape is not None else Unknown(), found)
    if name == "layers":
        return model_layers(ev, model)
    if name == "name" and model.name is not None:
        return model.name
    return NativeMethod(model, name)


def model_layers(ev: Evaluator, model: ModelValue) -> Value:
    """The layers of a model in order, as ``model.layers`` gives them; a :class:`Rest` first for those of a
    backbone.
    """
    if model.class_name == "Sequential":
        return [member for member in model.members if not isinstance(member, Tensor)]
    inputs, outputs = model.state.get("inputs"), model.state.get("outputs")
    if inputs is None or outputs is None:
        return Unknown(reason="the layers of a model that is not known")
    if any(isinstance(t, Tensor) and t.shape is None and t.producer is None for t in flatten(outputs)):
        return Unknown(reason="the layers of a model whose output is not known")
    found = structure.members(inputs, outputs)
    if found is None:
        return Unknown(reason="the order of the layers of a model with operations or a backbone between them")
    inner = {id(t) for made in ev.graph.calls for t in made.output_tensors if t.producer is not made}
    if any(id(t) in inner for calls in found.calls.values() for made in calls for t in made.output_tensors):
        return Unknown(reason="the layers of a model with classes of the program in it")
    layers = [_member_value(ev, layer, found.calls[layer]) for layer in found.layers]
    return [Rest(Unknown(reason="a layer of a backbone")), *layers] if found.headless else layers


def _member_value(ev: Evaluator, layer: Layer, calls: list[Call]) -> Value:
    """A layer of a model as the program holds it: a model that is one of the layers is the model itself."""
    if layer.kind == "model":
        same = [model for model in ev.models if model.origin is layer.origin]
        if len(same) == 1:
            return same[0]
    return LayerValue(layer, calls)


def model_method(
    ev: Evaluator, model: ModelValue, name: str, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    """``model.add(…)``, ``model.fit(…)`` …"""
    handler = _MODEL_METHODS.get(name)
    if handler is not None:
        return handler(ev, model, arguments, node, scope)
    return ev.lost(node, scope, f"{name} of a model")


def _add(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    add(ev, model, arguments.get(0, "layer"), node, scope)
    return None


def _pop(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    if not model.members:
        return None
    ev.journal.touch(model.members)
    gone = model.members.pop()
    outputs = model.state.get("outputs")
    if outputs is not None:
        ev.journal.touch(model.state)
        made = outputs.producer if isinstance(outputs, Tensor) else None
        own = isinstance(gone, LayerValue) or (made is not None and made.layer.kind == "model")
        before = made.inputs if made is not None and own else None
        model.state["outputs"] = before if before else Tensor(None)
    return gone


def _build(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    value = arguments.get(0, "input_shape")
    sizes = data.sizes_of(value)
    if "outputs" in model.state or not model.members:
        return None
    shape = Shape(map(Axis, sizes)) if sizes is not None else None
    at = arguments.node(0, "input_shape")
    origin = ev.origin(at, scope) if at is not None else ev.origin(node, scope)
    build(ev, model, declare(ev, Layer("InputLayer", {}, origin), "build", shape, None, origin), node, scope)
    return None


def _fit(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """Training and prediction: a model that is not built takes its shape from what it is fed."""
    fed = _fed(arguments)
    if "outputs" not in model.state and model.members:
        tensor = fed if isinstance(fed, Tensor) else None
        if tensor is not None and tensor.shape is not None and tensor.shape.rank:
            shape = Shape((Axis(None, "batch"), *tensor.shape[1:]))
            origin = ev.origin(node, scope)
            start = declare(ev, Layer("InputLayer", {}, origin), "fed", shape, None, origin)
            build(ev, model, start, node, scope)
    return ev.lost(node, scope, "the result of training")


def _fed(arguments: Arguments) -> Value:
    """What a model is fed: an array, or the inputs in a batch of a data set."""
    from layoutlint.interpreter import libraries

    return libraries.fed(arguments.get(0, "x"))


def _predict(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    _fit(ev, model, arguments, node, scope)
    outputs = model.state.get("outputs")
    fed = _fed(arguments)
    if isinstance(outputs, Tensor) and outputs.shape is not None and outputs.shape.rank:
        count = fed.shape[0].size if isinstance(fed, Tensor) and fed.shape else unknown_size()
        batch = unknown_size() if count is None else count
        return Tensor(Shape((Axis(batch, "samples"), *outputs.shape[1:])), None, ev.origin(node, scope))
    return ev.lost(node, scope, "a prediction of unknown shape")


def _get_layer(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    layers = model_layers(ev, model)
    name, index = arguments.get(0, "name"), arguments.get(1, "index")
    if isinstance(layers, list):
        headless = any(isinstance(layer, Rest) for layer in layers)
        if isinstance(index, int) and not headless and -len(layers) <= index < len(layers):
            return layers[index]
        for layer in layers:
            if isinstance(name, str) and (
                (isinstance(layer, LayerValue) and layer.layer.name == name)
                or (isinstance(layer, ModelValue) and layer.name == name)
            ):
                return layer
    return ev.lost(node, scope, "a layer that is not found by its name")


def _nothing(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    return None


def _call_method(
    ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    return call_model(ev, model, arguments, node, scope)


_MODEL_METHODS: dict[str, Any] = {
    "add": _add,
    "pop": _pop,
    "build": _build,
    "fit": _fit,
    "fit_generator": _fit,
    "train_on_batch": _fit,
    "evaluate": _fit,
    "test_on_batch": _fit,
    "predict": _predict,
    "predict_on_batch": _predict,
    "get_layer": _get_layer,
    "call": _call_method,
    "__call__": _call_method,
    "compile": _nothing,
    "summary": _nothing,
    "load_weights": _nothing,
    "save": _nothing,
    "save_weights": _nothing,
    "set_weights": _nothing,
}


# ---------------------------------------------------------------------- subclasses


def make_native(ev: Evaluator, made: Instance, arguments: Arguments, node: ast.expr, scope: Scope) -> None:
    """Give an object of a program's layer or model class its Keras side."""
    bases = made.cls.external_bases()
    if "keras.Sequential" in bases:
        made.native = _empty_sequential(ev, Arguments(), made.origin)
        ev.models.append(made.native)
    elif any(base in MODEL_BASES for base in bases):
        made.native = ModelValue(
            made.cls.name, made.origin, None, ev.journal.born({}), ev.journal.born([]), made
        )
        ev.models.append(made.native)
    else:
        config = {name: lower(value) for name, value in arguments.keywords.items()}
        layer = Layer(made.cls.name, config, made.origin, _name_of(config), written=frozenset(config))
        ev.graph.layers.append(layer)
        made.native = LayerValue(layer)


def initialize_native(
    ev: Evaluator, made: Instance, arguments: Arguments, node: ast.expr, scope: Scope
) -> None:
    """What the Keras class's own ``__init__`` does."""
    native = made.native
    if isinstance(native, ModelValue):
        if native.class_name == "Sequential":
            _add_all(ev, native, arguments.get(0, "layers"), node, scope)
        else:
            connect(ev, native, arguments)
    elif isinstance(native, LayerValue):
        own = [
            base.rsplit(".", 1)[-1] for base in made.cls.external_bases() if base.startswith("keras.layers.")
        ]
        spec = find(own[0]) if own else None
        if spec is not None and own[0] not in ("Layer", "Wrapper"):
            required = spec.parameters.required
            # a class that nothing makes an object of is looked at with the arguments that it would be given
            lacking = len(arguments.positional) < len(required) and not {*required} <= {*arguments.keywords}
            given = replace(arguments, open=True) if lacking else arguments
            built = construct(ev, own[0], given, node, scope)
            if isinstance(built, LayerValue):
                native.layer = built.layer
                ev.graph.layers.remove(built.layer)
        for name in ("layer", "name"):
            if name in arguments.keywords:
                made.attributes.setdefault(name, arguments.keywords[name])
        if own[:1] == ["Wrapper"] and arguments.has(0, "layer"):
            made.attributes["layer"] = arguments.get(0, "layer")


def call_instance(ev: Evaluator, made: Instance, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``layer(x)`` of a program's own layer or model class: its ``build`` once, then its ``call``."""
    native = made.native
    owner, method = made.cls.find("call")
    if owner is None:
        if isinstance(native, ModelValue):
            return call_model(ev, native, arguments, node, scope)
        if isinstance(native, LayerValue):
            return call_layer(ev, native, arguments, node, scope)
        return Tensor(None)
    inputs = data.to_tensors(arguments.get(0, "inputs", arguments.keywords.get("x", Tensor(None))))
    _build_once(ev, made, inputs, node, scope)
    positional = (_tensor_value(inputs), *arguments.positional[1:]) if arguments.positional else ()
    outputs = ev.call(
        BoundMethod(method, made), Arguments(positional, arguments.keywords, arguments.open), node, scope
    )
    if native is not None:
        layer = (
            native.layer
            if isinstance(native, LayerValue)
            else Layer(made.cls.name, {}, made.origin, kind="model")
        )
        recorded = Call(layer, inputs, {}, ev.origin(node, scope), conditions=tuple(ev.conditions))
        recorded.outputs = data.to_tensors(outputs)
        if any(t.shape is None for t in flatten(recorded.outputs)):
            recorded.reason = f"{made.cls.name} is a class of the program"
        ev.record(recorded)
        if isinstance(native, LayerValue):
            native.calls.append(recorded)
    return outputs


def _tensor_value(inputs: Any) -> Value:
    return inputs


def _build_once(ev: Evaluator, made: Instance, inputs: Any, node: ast.expr, scope: Scope) -> None:
    owner, method = made.cls.find("build")
    if owner is None or not isinstance(method, FunctionValue) or truth(made.attributes.get("<built>")):
        return
    ev.journal.touch(made.attributes)
    made.attributes["<built>"] = True
    ev.call(BoundMethod(method, made), Arguments((_shapes_of(inputs),)), node, scope)


def instance_method(
    ev: Evaluator,
    made: Instance,
    owner: ClassValue | None,
    name: str,
    arguments: Arguments,
    node: ast.expr,
    scope: Scope,
) -> Value:
    """A method that a program's class inherits from Keras; with ``owner``, called through ``super()``."""
    native = made.native
    if name == "__init__":
        initialize_native(ev, made, arguments, node, scope)
        return None
    if name in ("add_weight", "add_variable"):
        shape = arguments.get(0, "shape")
        if not isinstance(shape, tuple | list):
            shape = arguments.get(1, "shape")
        sizes = data.sizes_of(shape)
        return Tensor(Shape.of(*sizes) if sizes is not None else None, None, ev.origin(node, scope))
    if name in ("build", "add_loss", "add_metric", "compile", "summary"):
        if isinstance(native, ModelValue) and name == "build":
            return model_method(ev, native, name, arguments, node, scope)
        return None
    if name in ("call", "__call__") and native is not None:
        plain = Instance(made.cls, made.attributes, made.origin, native)
        if isinstance(native, ModelValue):
            return call_model(ev, native, arguments, node, scope)
        return call_layer(ev, plain.native, arguments, node, scope)  # type: ignore[arg-type]
    if isinstance(native, ModelValue):
        if name in ("fit", "evaluate", "predict", "train_on_batch") and "outputs" not in native.state:
            _feed_instance(ev, made, arguments, node, scope)
        return model_method(ev, native, name, arguments, node, scope)
    return ev.lost(node, scope, f"{name} of a class outside the program")


def _feed_instance(ev: Evaluator, made: Instance, arguments: Arguments, node: ast.expr, scope: Scope) -> None:
    fed = _fed(arguments)
    if made.cls.find("call")[0] is None:
        return
    if isinstance(fed, Tensor) and fed.shape is not None and fed.shape.rank:
        fed = Tensor(Shape((Axis(None, "batch"), *fed.shape[1:])), fed.producer, fed.origin, fed.name)
    call_instance(ev, made, Arguments((data.to_tensors(fed),)), node, scope)


# ---------------------------------------------------------------------- the rest of Keras


def handler(name: str) -> Any:
    """What carries out a call of something that Keras exports, by its canonical qualified name; None for
    the rest.
    """
    found = _KERAS.get(name)
    if found is None and name.startswith("keras.layers."):
        return lambda ev, arguments, node, scope: _keras_layers(ev, name, arguments, node, scope)
    return found or backbones.handler(name)


def _keras_layers(ev: Evaluator, name: str, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    last = name.rsplit(".", 1)[-1]
    form = FUNCTIONS.get(last)
    if form is not None:
        # keras.layers.concatenate(inputs, axis) is Concatenate(axis)(inputs)
        options = {key: value for key, value in arguments.keywords.items() if key != "inputs"}
        options.update(zip(form.parameters.positional[1:], arguments.positional[1:], strict=False))
        made = construct(ev, form.class_name, Arguments((), options, arguments.open), node, scope)
        return ev.call(made, Arguments((arguments.get(0, "inputs", Tensor(None)),)), node, scope)
    if last[:1].isupper():
        return construct(ev, last, arguments, node, scope)
    return ev.lost(node, scope, f"{name} is not followed")


def _image_data_format(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    return ev.data_format


def _dim_ordering(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    return "th" if ev.data_format == "channels_first" else "tf"


def _set_data_format(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    value = arguments.get(0, "data_format", arguments.keywords.get("dim_ordering"))
    meaning = (
        {"th": "channels_first", "tf": "channels_last"}.get(value, value) if isinstance(value, str) else None
    )
    if meaning in ("channels_first", "channels_last"):
        ev.data_format = meaning
        ev.graph.data_formats.append((meaning, ev.origin(node, scope)))
    return None


def _is_keras_tensor(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    value = arguments.get(0, "x")
    return True if isinstance(value, Tensor) else ev.lost(node, scope, "whether it is a Keras tensor")


def _merge(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    inputs = arguments.get(0, "inputs", Tensor(None))
    made = construct(
        ev,
        "Merge",
        Arguments((), {k: v for k, v in arguments.keywords.items() if k != "inputs"}),
        node,
        scope,
    )
    return ev.call(made, Arguments((inputs,)), node, scope)


_KERAS: dict[str, Any] = {
    "keras.Input": make_input,
    "keras.layers.InputLayer": make_input,
    "keras.Sequential": sequential,
    "keras.Model": functional,
    "keras.layers.merge": _merge,
    "keras.backend.image_data_format": _image_data_format,
    "keras.backend.image_dim_ordering": _dim_ordering,
    "keras.config.image_data_format": _image_data_format,
    "keras.backend.set_image_data_format": _set_data_format,
    "keras.config.set_image_data_format": _set_data_format,
    "keras.backend.set_image_dim_ordering": _set_data_format,
    "keras.backend.is_keras_tensor": _is_keras_tensor,
    "keras.utils.is_keras_tensor": _is_keras_tensor,
    "keras.models.load_model": saved_models.load,
    "keras.models.clone_model": saved_models.clone,
}
