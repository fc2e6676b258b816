"""Models as programs use them: Sequential and functional ones, called, asked for their attributes."""

from __future__ import annotations

from functools import partial, reduce
from typing import Final

from layoutlint.interpreter.core import open_lists
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join_tensors
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import as_value, to_tensors
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
    text_of,
)
from layoutlint.interpreter.keras import layer_order
from layoutlint.interpreter.keras.declared_inputs import declare, own_input
from layoutlint.interpreter.keras.keras_layers import shapes_of, use
from layoutlint.interpreter.keras.networks import layer_of, tensors_of
from layoutlint.layers.registry import spec_of
from layoutlint.model.graph import Call, Layer, Nested, Tensor, flatten, is_unknown
from layoutlint.model.origins import Origin


def sequential(site: Site, arguments: Arguments) -> ModelValue:
    """``Sequential([...])``."""
    made = empty_sequential(site.evaluator, arguments, site.origin)
    site.evaluator.models.append(made)
    add_all(site, made, arguments.get(0, "layers"))
    return made


PASSED_OVER: Final = "passed over"
"""The state of a Sequential whose input only a later layer than its first declares."""


def empty_sequential(ev: Evaluator, arguments: Arguments, origin: Origin) -> ModelValue:
    name = text_of(arguments.get(1, "name"))
    return ModelValue("Sequential", origin, name, ev.journal.born({}), ev.journal.born([]))


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
    if isinstance(value, LayerValue) and value.layer in site.evaluator.merged and len(model.members) == 1:
        _begin_with_merge(site, model, value)
        return
    match value:
        case ModelValue(state={"inputs": list() as inputs, "outputs": outputs}) if len(model.members) == 1:
            # up to 2.0 Keras made a Sequential with all inputs of it, as Keras 3 does when it is called
            state["inputs"], state["outputs"] = inputs, outputs
            return
    start = value if isinstance(value, Tensor) else _declared_start(site.evaluator, value)
    if start is None or not all(map(_keeps_axes, model.members[:-1])):
        return
    state["inputs"] = start
    if len(model.members) > 1 and not isinstance(value, Tensor):
        state[PASSED_OVER] = True
    outputs = start
    for member in model.members if not isinstance(value, Tensor) else ():
        outputs = apply_member(site, member, outputs)
    state["outputs"] = outputs


def _begin_with_merge(site: Site, model: ModelValue, merge: LayerValue) -> None:
    """Begin a Sequential with the ``Merge`` of Keras 1: its inputs are those of all merged models."""
    branches = site.items(site.evaluator.merged[merge.layer])
    models = [] if branches is None else [each for each in branches if isinstance(each, ModelValue)]
    ends = [(each.state.get("inputs"), each.state.get("outputs")) for each in models]
    if not models or branches is None or len(models) < len(branches) or any(None in pair for pair in ends):
        model.state["inputs"] = model.state["outputs"] = Tensor(None)
        return
    # a branch that is merged in several places has one input
    parts = (part for inputs, _ in ends for part in flatten(tensors_of(inputs)))
    model.state["inputs"] = list(dict.fromkeys(parts))
    model.state["outputs"] = use(
        site, merge, [tensors_of(outputs) for _, outputs in ends], {}, merge.layer.origin
    )


def _declared_start(ev: Evaluator, value: Value) -> Tensor | None:
    """Return the input tensor of a Sequential whose first member declares one."""
    match value:
        case LayerValue():
            inner = value.layer.config.get("layer")
            if not isinstance(inner, Layer) or value.layer.class_name == "TimeDistributed":
                return own_input(ev, value.layer)  # what an inner layer declares is one step
            return own_input(ev, value.layer) or own_input(ev, inner)
        case Choice():
            starts = [_declared_start(ev, alternative) for alternative in value.alternatives]
            known = [start for start in starts if start is not None]
            # of those that declare none, nobody knows the input
            return reduce(join_tensors, known) if len(known) == len(starts) else None
        case Instance():
            return _declared_start(ev, value.native)
        case ModelValue(state={"inputs": Tensor() as inputs}):
            layer = Layer("InputLayer", {}, value.origin)
            return declare(ev, layer, "shape", inputs.shape, None, value.origin)
        case _:
            return None


def _keeps_axes(value: Value) -> bool:
    """Tell whether what a layer after this member declares may be the input of the whole Sequential too.

    Keras passes over it, and builds the model on the data that it gets.
    """
    match value:
        case LayerValue():
            spec = spec_of(value.layer)
            return spec is not None and spec.keeps_axes
        case ModelValue(class_name="Sequential"):
            return all(map(_keeps_axes, value.members))
        case Instance() | ModelValue() | BoundMethod() | FunctionValue():
            return False
        case _:
            return True


def apply_member(site: Site, value: Value, inputs: Value) -> Value:
    """Return a Sequential's member on the output of the one before."""
    match value:
        case LayerValue():
            return use(site, value, to_tensors(inputs), {}, value.layer.origin)
        case Tensor():
            return value
        case Rest():
            # any number of them, none included
            for _ in range(2):
                inputs = site.choose(
                    [lambda: inputs, lambda: apply_member(site, value.item, inputs)],  # noqa: B023
                    ("there are no more layers", "there are more layers"),
                )
            return inputs
        case Choice():
            possible = [each for each in value.alternatives if each is not None]
            return site.choose([partial(apply_member, site, each, inputs) for each in possible])
        case Instance() | ModelValue() | BoundMethod() | FunctionValue():
            return site.call(value, Arguments((inputs,)))
        case _:
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
    model.state["inputs"], model.state["outputs"], model.state["built"] = inputs, outputs, True
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
    name = text_of(arguments.keywords.get("name"))
    if name is not None:
        ev.journal.touch(model)
        model.name = name
    if inputs is None or outputs is None:
        return
    ev.journal.touch(model.state)
    for end, value in (("inputs", inputs), ("outputs", outputs)):
        ends = Tensor(None) if open_lists.is_any_number(value) else to_tensors(value)
        model.state[end] = as_value(ends)


def call_model(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    """``model(x)``."""
    inputs = arguments.get(0, "inputs", Tensor(None))
    if open_lists.is_any_number(inputs):
        inputs = Tensor(None)
    tensors, origin = to_tensors(inputs), site.origin
    if model.class_name == "Sequential" and "outputs" not in model.state:
        if not model.members:
            return Tensor(None)
        outputs = build(site, model, as_value(tensors))
        used = Layer(model.class_name, {}, model.origin, model.name, kind="model")
        made = Call(used, tensors, {}, origin, conditions=tuple(site.evaluator.conditions))
        made.outputs = to_tensors(outputs)
        site.evaluator.record(made)
        return outputs
    layer = layer_of(site.evaluator, model)
    if layer is None or layer.network is None:
        return Tensor(None)
    from layoutlint.interpreter.keras import feeding  # what is fed builds models with this module

    at = arguments.node(0, "inputs")
    written = site.at(at).origin if at is not None else origin
    made = feeding.called(site.evaluator, layer, tensors, origin, written) or site.use(layer, tensors, origin)
    return as_value(made.outputs)


def model_attribute(site: Site, model: ModelValue, name: str) -> Value:
    """``model.output``, ``model.layers`` …"""
    state = model.state
    if name in ("input", "inputs", "output", "outputs"):
        found = state.get("inputs" if name.startswith("input") else "outputs")
        if found is None:
            return Tensor(None)
        if name.endswith("s"):
            return found if isinstance(found, list) else [_each_of(model, found)]
        return found
    if name in ("input_shape", "output_shape"):
        found = state.get("inputs" if name.startswith("input") else "outputs")
        if found is None:
            return site.lost("a model that is not built")
        return _shapes_of_all(tensors_of(found))
    if name == "layers":
        return model_layers(site.evaluator, model)
    if name == "name" and model.name is not None:
        return model.name
    return NativeMethod(model, name)


def _each_of(model: ModelValue, found: Value) -> Value:
    """Return what a model's list of inputs or outputs holds: one of unknown origin may be any
    number of them.
    """
    return (
        Rest(found)
        if isinstance(found, Tensor) and is_unknown(found) and model.class_name != "Sequential"
        else found
    )


def _shapes_of_all(ends: Nested[Tensor]) -> Value:
    """Return the shapes of a model's inputs or outputs, flat as Keras answers; that of a single one by
    itself.
    """
    ordered = [ends[key] for key in sorted(ends, key=str)] if isinstance(ends, dict) else ends
    shapes = [shapes_of(tensor) for tensor in flatten(ordered)]
    return shapes[0] if len(shapes) == 1 else shapes


def model_layers(ev: Evaluator, model: ModelValue) -> Value:
    """Return the layers of a model in order, as ``model.layers`` gives them; a :class:`Rest` first for those
    of a backbone.
    """
    if model.class_name == "Sequential":
        return [member for member in model.members if not isinstance(member, Tensor)]
    if model.state.get("inputs") is None or model.state.get("outputs") is None:
        return Unknown(reason="the layers of a model that is not known")
    inputs, outputs = tensors_of(model.state["inputs"]), tensors_of(model.state["outputs"])
    if any(tensor.shape is None and tensor.producer is None for tensor in flatten(outputs)):
        return Unknown(reason="the layers of a model whose output is not known")
    found = layer_order.members(inputs, outputs)
    if found is None:
        return Unknown(reason="the order of the layers of a model with operations or a backbone between them")
    inner = {id(t) for made in ev.graph.calls for t in made.output_tensors if t.producer is not made}
    if any(id(t) in inner for calls in found.calls.values() for made in calls for t in made.output_tensors):
        return Unknown(reason="the layers of a model with classes of the program in it")
    layers = [_member_value(ev, layer, tuple(found.calls[layer])) for layer in found.layers]
    return [Rest(Unknown(reason="a layer of a backbone")), *layers] if found.headless else layers


def _member_value(ev: Evaluator, layer: Layer, calls: tuple[Call, ...]) -> Value:
    """Return a layer of a model as the program holds it: a model that is one of the layers is the model
    itself.
    """
    if layer.kind == "model":
        same = [model for model in ev.models if model.origin is layer.origin]
        if len(same) == 1:
            return same[0]
    return LayerValue(layer, calls)
