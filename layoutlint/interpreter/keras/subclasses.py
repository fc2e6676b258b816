"""A program's own classes of layers and models, which inherit from Keras's."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from layoutlint.inference.masks import mask_maker, mask_shape
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import as_value, sizes_of, to_tensors
from layoutlint.interpreter.core.values import (
    BoundMethod,
    ClassValue,
    FunctionValue,
    Instance,
    LayerValue,
    ModelValue,
    Value,
    truth,
)
from layoutlint.interpreter.keras import get_config
from layoutlint.interpreter.keras.compiled_losses import meet_answer
from layoutlint.interpreter.keras.feeding import FEEDING, feed
from layoutlint.interpreter.keras.keras_layers import call_layer, construct, name_of, note_use, shapes_of
from layoutlint.interpreter.keras.keras_models import add_all, call_model, connect, empty_sequential
from layoutlint.interpreter.keras.lowering import lower
from layoutlint.interpreter.keras.model_methods import model_method
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Layer, Nested, Tensor, flatten, map_nested

BASES = ("keras.layers.", "keras.Model", "keras.models.", "keras.Sequential", "keras.Layer")
MODEL_BASES = ("keras.Model", "keras.Sequential")
LOSSES = ("keras.losses.", "keras.Loss")


def is_base(name: str) -> bool:
    """Tell whether a qualified name is a Keras class that a program's class can descend from."""
    return name.startswith(BASES)


def make_native(site: Site, made: Instance, arguments: Arguments) -> None:
    """Give an object of a program's layer or model class its Keras side."""
    bases = made.cls.external_bases()
    if "keras.Sequential" in bases:
        made.native = empty_sequential(site.evaluator, Arguments(), made.origin)
        site.evaluator.models.append(made.native)
    elif any(base in MODEL_BASES for base in bases):
        made.native = ModelValue(
            made.cls.name, made.origin, None, site.journal.born({}), site.journal.born([]), made
        )
        site.evaluator.models.append(made.native)
    else:
        config = {name: lower(site, value) for name, value in arguments.keywords.items()}
        layer = Layer(_own_name(made), config, made.origin, name_of(config), written=frozenset(config))
        site.graph.layers.append(layer)
        made.native = LayerValue(layer)
    if made.cls.find("call")[0] is not None:
        site.evaluator.objects.append((made, tuple(site.evaluator.conditions)))


def _own_name(made: Instance) -> str:
    """Return the class name of a program's own layer or model, which is not Keras's layer of the
    same name.
    """
    name = made.cls.name
    return name if find(name) is None else f"{name} of the program"


def initialize_native(site: Site, made: Instance, arguments: Arguments) -> None:
    """Do what the Keras class's own ``__init__`` does."""
    match made.native:
        case ModelValue(class_name="Sequential") as model:
            add_all(site, model, arguments.get(0, "layers"))
        case ModelValue() as model:
            connect(site.evaluator, model, arguments)
        case LayerValue() as layer:
            _initialize_layer(site, made, layer, arguments)


def _initialize_layer(site: Site, made: Instance, native: LayerValue, arguments: Arguments) -> None:
    own = [base.rsplit(".", 1)[-1] for base in made.cls.external_bases() if base.startswith("keras.layers.")]
    spec = find(own[0]) if own else None
    if spec is not None and own[0] not in ("Layer", "Wrapper"):
        required = spec.parameters.required
        # a class that nothing makes an object of is looked at with the arguments that it would be given
        lacking = len(arguments.positional) < len(required) and not {*required} <= {*arguments.keywords}
        given = replace(arguments, open=True) if lacking else arguments
        built = construct(site, own[0], given)
        if isinstance(built, LayerValue):
            _exchange(site, made, native)
    for name in ("layer", "name"):
        if name in arguments.keywords:
            made.attributes.setdefault(name, arguments.keywords[name])
    if own[:1] == ["Wrapper"] and arguments.has(0, "layer"):
        made.attributes["layer"] = arguments.get(0, "layer")


def _exchange(site: Site, made: Instance, native: LayerValue) -> None:
    """Let the layer that Keras's own ``__init__`` made, the last one in the graph, be what an object is.

    The graph lists the object as one of its class where that has a ``call``, and Keras's layer once that
    calls it.
    """
    listed, shown = site.graph.layers, native.own or native.layer
    site.journal.touch(native)
    native.layer = listed.pop()
    has_call = made.cls.find("call")[0] is not None
    own = replace(native.layer, class_name=_own_name(made), origin=made.origin) if has_call else None
    native.own = own
    place = next(index for index in reversed(range(len(listed))) if listed[index] is shown)
    listed[place] = own or native.layer


def call_instance(site: Site, made: Instance, arguments: Arguments) -> Value:
    """``layer(x)`` of a program's own layer or model class: its ``build`` once, then its ``call``."""
    native = made.native
    if native is None:
        return _call_loss(site, made, arguments)
    if made.cls.find("call")[0] is None:
        return _call_native(site, native, arguments)
    inputs = to_tensors(arguments.get(0, "inputs", arguments.keywords.get("x", Tensor(None))))
    if isinstance(native, ModelValue):
        counting: Nested[Tensor] = map_nested(_counting_samples, inputs)
        inputs = counting
    outputs, recorded = _carried_out(site, made, inputs, arguments)
    if recorded is not None:
        site.evaluator.record(recorded)
        if isinstance(native, LayerValue):
            note_use(site, native, recorded)
    return outputs


def _call_loss(site: Site, made: Instance, arguments: Arguments) -> Value:
    """``loss(y, prediction)`` of a program's own class of losses: its ``call``, then a reduction that only
    leaves a number as it is. Source: ``Loss.__call__`` in ``keras/src/losses/loss.py``.
    """
    _, method = made.cls.find("call")
    if isinstance(method, FunctionValue) and any(b.startswith(LOSSES) for b in made.cls.external_bases()):
        named = {name: value for name, value in arguments.keywords.items() if name != "sample_weight"}
        pair = replace(arguments, positional=arguments.positional[:2], keywords=named)
        value = site.call(BoundMethod(method, made), pair)
        if isinstance(value, Tensor) and value.shape == ():
            return value
    return site.lost(f"a call of a {made.cls.name}")


def _call_native(site: Site, native: LayerValue | ModelValue, arguments: Arguments) -> Value:
    """Return a call of the Keras object that an object of the program is."""
    match native:
        case LayerValue():
            return call_layer(site, native, arguments)
        case ModelValue():
            return call_model(site, native, arguments)


def _counting_samples(tensor: Tensor) -> Tensor:
    """Return an array that a model is called on: whatever made it, its first axis is the batch."""
    shape = tensor.shape
    if shape is None or not shape.rank or shape[0].role:
        return tensor
    batch = Axis(shape[0].size, "batch")
    return Tensor(Shape((batch, *shape[1:])), tensor.producer, tensor.origin, tensor.name)


def _carried_out(
    site: Site, made: Instance, inputs: Nested[Tensor], arguments: Arguments
) -> tuple[Value, Call | None]:
    """Return what the object's own ``call`` returns for these tensors, and that use of it as a call."""
    native = made.native
    for possible in made.possible:
        possible.called = True
    method = made.cls.find("call")[1]
    _build_once(site, made, inputs)
    positional = (as_value(inputs), *arguments.positional[1:]) if arguments.positional else ()
    keywords = {**_mask(method, inputs, positional), **arguments.keywords}
    with site.evaluator.traced():
        outputs = site.call(BoundMethod(method, made), Arguments(positional, keywords, arguments.open))
    if native is None:
        return outputs, None
    layer = (
        native.own or native.layer
        if isinstance(native, LayerValue)
        else Layer(_own_name(made), {}, made.origin, kind="model")
    )
    recorded = Call(layer, inputs, {}, site.origin, conditions=tuple(site.evaluator.conditions))
    recorded.outputs = to_tensors(outputs)
    recorded.masks_itself = _masks_itself(made, inputs)
    if any(t.shape is None for t in flatten(recorded.outputs)):
        recorded.reason = f"{made.cls.name} is a class of the program"
    return outputs, recorded


def _masks_itself(made: Instance, inputs: Nested[Tensor]) -> bool:
    """Tell whether an object may say which mask its output has: by ``compute_mask``, or, of a mask that comes
    with its input, because it supports masking.
    """
    supports = made.attributes.get("supports_masking", False)
    comes_in = any(mask_maker(tensor) is not None for tensor in flatten(inputs) if isinstance(tensor, Tensor))
    return made.cls.find("compute_mask")[0] is not None or (comes_in and truth(supports) is not False)


def _mask(method: Value, inputs: Nested[Tensor], positional: tuple[Value, ...]) -> dict[str, Value]:
    """Return the mask that Keras hands to a ``call`` that has a parameter for it."""
    if not isinstance(method, FunctionValue) or not isinstance(inputs, Tensor) or not positional:
        return {}
    parameters = [argument.arg for argument in (*method.node.args.args, *method.node.args.kwonlyargs)]
    given = parameters[1 : 1 + len(positional)]
    shape = mask_shape(inputs) if "mask" in parameters and "mask" not in given else None
    return {} if shape is None else {"mask": Tensor(shape, None, inputs.origin, "mask")}


BUILT = ("<built>", "built")
"""Attributes that say that a layer is built: what was found out, and what the program sets."""


def _note_built(site: Site, made: Instance) -> None:
    site.journal.touch(made.attributes)
    made.attributes["<built>"] = True


def _build_once(site: Site, made: Instance, inputs: Nested[Tensor]) -> None:
    _, method = made.cls.find("build")
    if not isinstance(method, FunctionValue) or any(truth(made.attributes.get(name)) for name in BUILT):
        return
    _note_built(site, made)
    site.call(BoundMethod(method, made), Arguments((shapes_of(inputs),)))


def instance_method(
    site: Site,
    made: Instance,
    owner: ClassValue | None,
    name: str,
    arguments: Arguments,
) -> Value:
    """Return a method that a program's class inherits from Keras; with ``owner``, called through
    ``super()``.
    """
    native = made.native
    if name == "__init__":
        initialize_native(site, made, arguments)
        return None
    if name in ("add_weight", "add_variable"):
        shape = arguments.get(0, "shape")
        if not isinstance(shape, tuple | list):
            shape = arguments.get(1, "shape")
        sizes = sizes_of(shape)
        return Tensor(Shape.of(*sizes) if sizes is not None else None, None, site.origin)
    if name == "get_config" and not isinstance(native, ModelValue):
        return get_config.of_instance(site.evaluator, native.layer if native is not None else None)
    if name == "build" and isinstance(native, ModelValue) and made.cls.find("call")[0] is not None:
        sizes = sizes_of(arguments.get(0, "input_shape"))
        if sizes:
            _on_batch(site, made, native, Tensor(Shape((Axis(sizes[0], "batch"), *map(Axis, sizes[1:])))))
        return None
    if name in ("build", "add_loss", "add_metric", "compile", "summary"):
        if name == "build":
            _note_built(site, made)
        if isinstance(native, ModelValue) and name in ("build", "compile"):
            return model_method(site, native, name, arguments)
        return None
    if name == "__call__" and native is not None and made.cls.find("call")[0] is not None:
        return call_instance(site, made, arguments)
    if name in ("call", "__call__") and native is not None:
        if isinstance(native, LayerValue) and native.own is not None and not native.calls:
            site.graph.layers.append(native.layer)
        return _call_native(site, native, arguments)
    if isinstance(native, ModelValue):
        if name in FEEDING and made.cls.find("call")[0] is not None:
            return feed(site, native, name, arguments, partial(_on_batch, site, made, native))
        return model_method(site, native, name, arguments)
    return site.lost(f"{name} of a class outside the program")


def _on_batch(site: Site, made: Instance, model: ModelValue, batch: Nested[Tensor]) -> Call | None:
    """Return a model class of the program on a batch of its data; recorded once for data of one shape."""
    shapes = str(shapes_of(batch))
    if model.fed is not None and model.fed[0] == shapes:
        return model.fed[1]
    _, recorded = _carried_out(site, made, batch, Arguments((as_value(batch),)))
    if recorded is not None:
        site.evaluator.record(recorded)
    site.journal.touch(model)
    model.fed = (shapes, recorded)
    meet_answer(site, model)
    return recorded
