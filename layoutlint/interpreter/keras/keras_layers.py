"""Layers as programs use them: made, called, asked for their attributes."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from layoutlint.inference import layer_call
from layoutlint.interpreter.core import open_lists
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.blanks import filled
from layoutlint.interpreter.core.journal import join_shapes
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import as_value, is_tensors, of_scalars, sizes_of, to_tensors
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    External,
    FunctionValue,
    LayerValue,
    Native,
    NativeMethod,
    Partial,
    Unknown,
    Value,
    text_of,
)
from layoutlint.interpreter.keras.declared_inputs import remember_declared
from layoutlint.interpreter.keras.lowering import lower, raised
from layoutlint.interpreter.keras.package_alone import reads_keras_1
from layoutlint.layers.legacy import has_sides_as_numbers, translate
from layoutlint.layers.registry import find, spec_of
from layoutlint.layers.versions import bind
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.graph import Call, Layer, Nested, Tensor, flatten, map_nested
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import unknown_size


def construct(site: Site, class_name: str, arguments: Arguments) -> Value:
    """Return a layer made by calling its class."""
    arguments = filled(site, arguments)
    written_keywords = frozenset(arguments.keywords)
    positional: Sequence[object] = [lower(site, value) for value in arguments.positional]
    keywords: Mapping[str, object] = {name: lower(site, value) for name, value in arguments.keywords.items()}
    keras = site.evaluator.keras.number
    if keras == 2 and has_sides_as_numbers(class_name, positional, keywords):
        positional = _with_kernel(site, positional)
    class_name, positional, keywords = translate(class_name, positional, keywords, keras1=keras == 1)
    origin = site.origin
    spec = find(class_name, keras)
    if spec is None:
        layer = Layer(class_name, keywords, origin, name_of(keywords))
        site.graph.layers.append(layer)
        return LayerValue(layer)
    error: ShapeError | None = None
    refusal: ShapeError | None = None
    try:
        bound = bind(class_name, positional, keywords, written_keywords, keras)
        config, refusal = bound.config, bound.refusal
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
        config["data_format"] = site.evaluator.data_format or unknown_size()
    layer = Layer(
        spec.name,
        config,
        origin,
        name_of(keywords),
        written=written_keywords | frozenset(spec.parameters.positional[: len(positional)]),
        keras=keras,
        refusal=refusal,
        one_of_many=site.evaluator.open_rounds > 0,
    )
    site.graph.layers.append(layer)
    if error is not None:
        site.evaluator.record(
            Call(
                layer,
                (),
                {},
                origin,
                error=error,
                reason=str(error),
                conditions=tuple(site.evaluator.conditions),
            )
        )
        return site.lost(str(error))
    made = LayerValue(layer)
    remember_declared(site.evaluator, layer, arguments, site.scope)
    return made


def _with_kernel(site: Site, positional: Sequence[object]) -> Sequence[object]:
    """Return the arguments of ``Conv2D(32, 3, 3)`` as Keras 2 reads them, whichever of its releases it is."""
    module = site.scope.module
    of_keras_1 = reads_keras_1(module.file.text) if module is not None else None
    if of_keras_1 is None:
        return [positional[0], unknown_size(), unknown_size()]
    return [positional[0], tuple(positional[1:])] if of_keras_1 else positional


def name_of(keywords: Mapping[str, object]) -> str | None:
    """Return the name that a layer is given."""
    return text_of(raised(keywords.get("name")))


def call_layer(site: Site, layer: LayerValue, arguments: Arguments) -> Value:
    """``layer(x)``: the output tensors."""
    first = arguments.positional[0] if arguments.positional else None
    if open_lists.is_of_unknown_length(first):
        return _use_on_any_number(site, layer, arguments)
    spec = find(layer.layer.class_name)
    # no program makes a layer of nothing: a loop that found no round is one over a default that callers set
    is_empty = isinstance(first, list) and not first and not isinstance(arguments.nodes.get(0), ast.List)
    any_number = arguments.open or is_empty or open_lists.is_any_number(first)
    if any_number and spec is not None and spec.many and not spec.keeps_axes:
        # an unknown **kwargs, or a list that nobody has filled yet, may give further inputs
        return use(site, layer, Tensor(None), {}, site.origin)
    inputs, keywords = call_inputs(site, layer.layer, arguments)
    return use(site, layer, inputs, keywords, site.origin)


def use(
    site: Site,
    layer: LayerValue,
    inputs: Nested[Tensor],
    keywords: Mapping[str, object],
    origin: Origin,
) -> Value:
    """Return one use of a layer, recorded: its output tensors. The function of a Lambda is followed."""
    is_lambda = layer.layer.class_name == "Lambda"
    computed = _through_function(site, layer.layer, inputs) if is_lambda else None
    stated = layer.layer.config.get("output_shape") if is_lambda else None
    outputs = computed if stated is None else _stated(site, stated, inputs)
    if outputs is None:
        made = site.use(layer.layer, inputs, origin, keywords)
        made.computed = _as_wide(computed, made.outputs)
        if layer.built and made.error is not None and made.error.kind == ErrorKind.UNDEFINED:
            # its weights are there already, for a shape that the program named
            made.error, made.reason = None, "the last axis of its input is not known"
        _activate(site, made)
    else:
        made = Call(layer.layer, inputs, keywords, origin, conditions=tuple(site.evaluator.conditions))
        made.outputs = map_nested(lambda tensor: Tensor(tensor.shape, made, origin), outputs)
        made.computed = outputs
        site.evaluator.record(made)
    note_use(site, layer, made)
    return as_value(made.outputs)


def _activate(site: Site, made: Call) -> None:
    """Follow an activation that is a function of the program, so that what it does is in the graph too."""
    function, before = made.layer.config.get("activation"), made.outputs
    if isinstance(function, PROGRAM_FUNCTIONS) and isinstance(before, Tensor) and before.shape is not None:
        site.call(function, Arguments((Tensor(before.shape, made, before.origin),)))


def note_use(site: Site, layer: LayerValue, made: Call) -> None:
    """Remember a use of a layer, for a program that asks for its inputs and outputs."""
    site.journal.touch(layer)
    layer.calls = (*layer.calls, made)


def _use_on_any_number(site: Site, layer: LayerValue, arguments: Arguments) -> Value:
    """Return a layer on a list that a loop filled: what it makes of one and of two further
    tensors, joined.
    """
    ev, origin = site.evaluator, site.origin

    def made_of(count: int) -> Call:
        first = open_lists.filled(arguments.positional[0], count)
        inputs, keywords = call_inputs(
            site, layer.layer, replace(arguments, positional=(first, *arguments.positional[1:]))
        )
        return layer_call.call(layer.layer, inputs, origin, keywords, tuple(ev.conditions))

    one, two = made_of(1), made_of(2)
    shapes = [tensor.shape for tensor in one.output_tensors]
    others = [tensor.shape for tensor in two.output_tensors]
    if len(shapes) != 1 or len(others) != 1:
        two.outputs = Tensor(None, two, origin)
    else:
        two.outputs = Tensor(join_shapes(shapes[0], others[0]), two, origin)
    two.interpretation, two.error = None, None
    ev.record(two)
    note_use(site, layer, two)
    return two.outputs


PROGRAM_FUNCTIONS = (FunctionValue, BoundMethod, Partial)
FUNCTION_VALUES = (FunctionValue, BoundMethod, Partial, Native, External)


def _as_wide(computed: Nested[Tensor] | None, stated: Nested[Tensor]) -> Tensor | None:
    """Return what a function computes, where it has as many axes as its Lambda says."""
    if not isinstance(computed, Tensor) or not isinstance(stated, Tensor):
        return None
    if computed.shape is None or stated.shape is None or computed.shape.rank != stated.shape.rank:
        return None
    return computed


def _stated(site: Site, stated: object, inputs: Nested[Tensor]) -> Nested[Tensor] | None:
    """Return what a function that a Lambda has as its ``output_shape`` makes of its inputs."""
    if not isinstance(stated, FUNCTION_VALUES):
        return None
    sizes = sizes_of(site.call(stated, Arguments((shapes_of(inputs),))))
    return Tensor(Shape.of(*sizes)) if sizes is not None else None


def _through_function(site: Site, layer: Layer, inputs: Nested[Tensor]) -> Nested[Tensor] | None:
    """Return what the function of a Lambda makes of its inputs; None where it is not known."""
    function = layer.config.get("function")
    if not isinstance(function, FUNCTION_VALUES):
        return None
    further = layer.config.get("arguments")
    if further is not None and not isinstance(further, dict):
        return None
    keywords = {name: raised(value) for name, value in (further or {}).items()}
    with site.evaluator.traced():
        outputs = site.call(function, Arguments((as_value(inputs),), keywords))
    if not is_tensors(outputs) or any(tensor.shape is None for tensor in flatten(outputs)):
        return None
    return outputs


def shapes_of(inputs: Nested[Tensor]) -> Value:
    """Return the ``input_shape`` that Keras hands to ``build`` and ``compute_output_shape``."""
    shapes: Value = map_nested(_sizes_of, inputs)
    return shapes


def _sizes_of(tensor: Tensor) -> Value:
    return tensor.shape.sizes if tensor.shape is not None else Unknown("input_shape")


def call_inputs(site: Site, layer: Layer, arguments: Arguments) -> tuple[Nested[Tensor], dict[str, object]]:
    """Return the inputs of a layer call and its other arguments, tensors among them as tensors."""
    spec = spec_of(layer)
    positional = list(arguments.positional)
    keywords = dict(arguments.keywords)
    tensor_keywords = {
        name: to_tensors(value) if _may_be_tensor(value) else lower(site, value)
        for name, value in keywords.items()
        if name != "inputs"
    }
    if not positional and "inputs" in keywords:
        positional = [keywords["inputs"]]
    # what follows the input of a layer that leaves the axes as they are is a mask, or whether it is training
    if spec is not None and spec.many and not spec.keeps_axes and len(positional) > 1:
        tensors = [to_tensors(value) for value in positional if _may_be_tensor(value)]
        return tensors[0] if len(tensors) == 1 else tensors, tensor_keywords
    if not positional:
        if spec is not None and spec.many and tensor_keywords:
            return [], tensor_keywords
        return Tensor(None), tensor_keywords
    array = None if spec is not None and spec.many else of_scalars(positional[0])
    return (to_tensors(positional[0]) if array is None else array), tensor_keywords


def _may_be_tensor(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_may_be_tensor, value))
    return isinstance(value, Tensor | Unknown | Choice)


def layer_attribute(site: Site, value: LayerValue, name: str) -> Value:
    """``layer.output``, ``layer.units`` …"""
    layer = value.layer
    if name in ("output", "input", "output_shape", "input_shape") and value.calls:
        made = value.calls[0]  # Keras gives the first use
        found = made.outputs if name.startswith("output") else made.inputs
        return shapes_of(found) if name.endswith("_shape") else as_value(found)
    if name == "name" and layer.name is not None:
        return layer.name
    if name in layer.config and (name in layer.written or isinstance(layer.config[name], Layer)):
        return raised(layer.config[name])
    if name == "__class__":
        return External(f"keras.layers.{layer.class_name}")
    return NativeMethod(value, name)
