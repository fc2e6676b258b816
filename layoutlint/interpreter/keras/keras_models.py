"""Models as programs use them: Sequential and functional ones, called, asked for their attributes."""

from __future__ import annotations

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    FunctionValue,
    Instance,
    LayerValue,
    ModelValue,
    NativeMethod,
    Rest,
    Unknown,
    Value,
)
from layoutlint.interpreter.keras import layer_order
from layoutlint.interpreter.keras.declared_inputs import declare, own_input
from layoutlint.interpreter.keras.keras_layers import use
from layoutlint.interpreter.keras.networks import layer_of
from layoutlint.model.graph import Call, Layer, Tensor, flatten, map_nested
from layoutlint.model.origins import Origin


def sequential(site: Site, arguments: Arguments) -> ModelValue:
    """``Sequential([...])``."""
    made = empty_sequential(site.evaluator, arguments, site.origin)
    site.evaluator.models.append(made)
    add_all(site, made, arguments.get(0, "layers"))
    return made


def empty_sequential(ev: Evaluator, arguments: Arguments, origin: Origin) -> ModelValue:
    name = arguments.get(1, "name")
    return ModelValue(
        "Sequential",
        origin,
        name if isinstance(name, str) else None,
        ev.journal.born({"calls": ()}),
        ev.journal.born([]),
    )


def add_all(site: Site, model: ModelValue, layers: Value) -> None:
    if layers is None:
        return
    items = site.items(layers)
    if items is None:
        items = [Rest(Unknown(reason="an unknown list of layers"))]
    for item in items:
        add(site, model, item)


def add(site: Site, model: ModelValue, value: Value) -> None:
    """``model.add(layer)``: the layer is called at once if the model's input is known."""
    site.journal.touch(model.members)
    model.members.append(value)
    state = model.state
    site.journal.touch(state)
    if "outputs" in state:
        state["outputs"] = apply_member(site, value, state["outputs"])
        return
    start = value if isinstance(value, Tensor) else _declared_start(site.evaluator, value)
    if start is None:
        return
    state["inputs"] = start
    outputs: Value = start
    for member in model.members if not isinstance(value, Tensor) else ():
        outputs = apply_member(site, member, outputs)
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


def apply_member(site: Site, value: Value, inputs: Value) -> Value:
    """A Sequential's member on the output of the one before."""
    if isinstance(value, Rest):
        # any number of them, none included
        for _ in range(2):
            inputs = site.choose(
                [lambda: inputs, lambda: apply_member(site, value.item, inputs)],  # noqa: B023
                ("there are no more layers", "there are more layers"),
            )
        return inputs
    if isinstance(value, Tensor):
        return value
    if isinstance(value, LayerValue):
        return use(site, value, arrays.to_tensors(inputs), {}, value.layer.origin)
    if isinstance(value, Choice):
        possible = [a for a in value.alternatives if a is not None]
        return site.choose([lambda a=a: apply_member(site, a, inputs) for a in possible])  # type: ignore[misc]
    if isinstance(value, Instance | ModelValue | BoundMethod | FunctionValue):
        return site.call(value, Arguments((inputs,)))
    return Tensor(None)


def finish(site: Site, model: ModelValue) -> None:
    """Build a Sequential whose input nobody ever gave, on an input of unknown shape."""
    if model.class_name == "Sequential" and "outputs" not in model.state and model.members:
        build(site, model, Tensor(None))


def build(site: Site, model: ModelValue, inputs: Value) -> Value:
    """Call a Sequential's members on an input."""
    outputs = inputs
    for member in list(model.members):
        outputs = apply_member(site, member, outputs)
    site.journal.touch(model.state)
    model.state["inputs"], model.state["outputs"] = inputs, outputs
    return outputs


def functional(site: Site, arguments: Arguments) -> ModelValue:
    """``Model(inputs, outputs)``."""
    made = ModelValue("Functional", site.origin, None, site.journal.born({}), site.journal.born([]))
    connect(site.evaluator, made, arguments)
    site.evaluator.models.append(made)
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
    model.state["inputs"], model.state["outputs"] = arrays.to_tensors(inputs), arrays.to_tensors(outputs)


def call_model(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    """``model(x)``."""
    inputs = arguments.get(0, "inputs", Tensor(None))
    if isinstance(inputs, list | tuple) and any(isinstance(item, Rest) for item in inputs):
        inputs = Tensor(None)  # nobody knows how many
    if model.class_name == "Sequential" and "outputs" not in model.state:
        if not model.members:
            return Tensor(None)
        outputs = build(site, model, arrays.to_tensors(inputs))
        used = Layer(model.class_name, {}, model.origin, model.name, kind="model")
        made = Call(used, model.state["inputs"], {}, site.origin, conditions=tuple(site.evaluator.conditions))
        made.outputs = arrays.to_tensors(outputs)
        site.evaluator.record(made)
        return outputs
    layer = layer_of(site.evaluator, model)
    if layer is None or layer.network is None:
        return Tensor(None)
    from layoutlint.interpreter.keras import feeding  # what is fed builds models with this module

    tensors, origin = arrays.to_tensors(inputs), site.origin
    at = arguments.node(0, "inputs")
    written = site.at(at).origin if at is not None else origin
    made = feeding.called(site.evaluator, layer, tensors, origin, written) or site.use(layer, tensors, origin)
    return made.outputs


def model_attribute(site: Site, model: ModelValue, name: str) -> Value:
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
            return site.lost("a model that is not built")
        return map_nested(lambda t: t.shape.sizes if t.shape is not None else Unknown(), found)
    if name == "layers":
        return model_layers(site.evaluator, model)
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
    found = layer_order.members(inputs, outputs)
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
