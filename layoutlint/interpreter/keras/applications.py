"""``keras.applications``: a backbone is a model whose output shape is known for any input, without Keras.

What differs between the applications stands in ``knowledge/applications.json``, which
``python -m tests.oracle.backbones`` writes from the real models: arguments, default and minimum size,
channels, and the chain of windows along one path from input to output. That chain, made of plain pooling
layers, stands in the graph for the network's hundreds of layers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from layoutlint.inference import layer_call
from layoutlint.inference.pixels import PREPARED
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import as_value, sizes_of, to_tensors
from layoutlint.interpreter.core.values import ModelValue, Unknown, Value, as_size, has_rest, text_of, truth
from layoutlint.interpreter.keras.lowering import lower
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.graph import Call, Layer, Nested, Network, Tensor, flatten
from layoutlint.model.keras_version import LATEST
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Expression, Size, unknown_size

FILE = Path(__file__).parents[2] / "knowledge" / "applications.json"
PREFIX = "keras.applications."
STAND_IN = "backbone"
"""The class name of a network that stands in for the layers of an application."""

Step: TypeAlias = tuple[str, int, int] | tuple[str, int, int, str]
"""A step of a chain: ``["pad", before, after]``, ``["window", kernel, stride, padding]``, or
``["correct", kernel, 2]``, a window behind the padding that ``imagenet_utils.correct_pad`` gives it.
"""


class Application(Struct, frozen=True):
    """What the file holds for one application.

    ``parameters`` are its arguments with their defaults, in order. ``default`` and ``headless_default`` are
    the sides of its input where none is given, with and without top (None: any size; so MobileNetV3 always
    has it), ``minimum`` the smallest side that it takes. ``flattens`` says that its top starts with Flatten.
    """

    name: str
    parameters: dict[str, Value]
    default: int | None
    headless_default: int | None
    minimum: int
    flattens: bool
    channels: int
    chain: list[Step]


def handler(name: str) -> Handler | None:
    """Return what carries out a call of something in ``keras.applications``, by its canonical
    qualified name.
    """
    if not name.startswith(PREFIX):
        return None
    last = name.rsplit(".", 1)[-1]
    if last == "preprocess_input":
        return partial(_preprocess_input, name)
    found = applications().get(last)
    return partial(_construct, found) if found is not None else None


@cache
def applications() -> dict[str, Application]:
    """Return all applications by their names."""
    return {name: Application(name, **known) for name, known in json.loads(FILE.read_bytes()).items()}


def is_stand_in(layer: Layer) -> bool:
    """Tell whether the layer is an application at its construction: in Keras that is no layer,
    but hundreds.
    """
    return layer.network is not None and layer.network.class_name == STAND_IN


def _preprocess_input(name: str, site: Site, arguments: Arguments) -> Value:
    """Pixels are scaled and their colours reordered: the shape stays, and the graph tells by whom."""
    value = arguments.get(0, "x")
    if not isinstance(value, Tensor):
        return value if isinstance(value, Unknown) else site.lost("images that are not known")
    module = name.rsplit(".", 2)[1]
    if module == "imagenet_utils" and (arguments.open or arguments.get(2, "mode", "caffe") != "caffe"):
        module = ""
    layer = Layer(PREPARED, {"of": module}, site.origin, name, "operation")
    made = Call(layer, [value], {}, site.origin)
    made.outputs = replace(value, producer=made, origin=site.origin, name=None, pixels=None)
    site.evaluator.record(made)
    return made.outputs


# ---------------------------------------------------------------------- construction


def _construct(known: Application, site: Site, arguments: Arguments) -> ModelValue:
    """``ResNet50(weights="imagenet", include_top=False, input_shape=(224, 224, 3))``."""
    from layoutlint.interpreter.keras.declared_inputs import declare  # hands calls to this module

    name = known.name
    given = {
        key: arguments.get(index, key, default)
        for index, (key, default) in enumerate(known.parameters.items())
    }
    written = {key for index, key in enumerate(known.parameters) if arguments.has(index, key)}
    origin = site.origin
    top, data_format = truth(given["include_top"]), site.evaluator.data_format
    channels_first = data_format == "channels_first"
    config = {key: lower(site, value) for key, value in given.items() if key in written}

    if data_format is None:
        return _model(site.evaluator, name, None, Tensor(None), Tensor(None), origin)

    def layer(network: Network | None) -> Layer:
        return Layer(
            name,
            config,
            origin,
            _model_name(name, given, sizes[1:] if channels_first else sizes),
            "model",
            network,
            frozenset(written),
        )

    sizes: list[Size] = []
    try:
        sizes = input_sizes(known, given, top, channels_first)
        _check_weights(known, given, sizes, channels_first)
    except ShapeError as error:
        refused = Call(layer(None), (), {}, origin, error=error, conditions=tuple(site.evaluator.conditions))
        refused.reason = "Keras refuses this"
        site.evaluator.record(refused)
        return _model(site.evaluator, name, None, Tensor(None), Tensor(None), origin)
    doubt = None
    fed: Nested[Tensor]
    start = None if given["input_tensor"] is None else to_tensors(given["input_tensor"])
    if start is None:
        free = sizes[1 if channels_first else 0] is None
    else:
        if not isinstance(start, Tensor):
            start = Tensor(Shape.of(None, unknown_size(), unknown_size(), unknown_size()))
        seen = start.shape.sizes[1:] if start.shape is not None else ()
        free = bool(seen) and seen[1 if channels_first else 0] is None
        if start.shape is not None and start.shape.rank == 4:
            doubt = _doubt(known, _ordered_last(seen, channels_first))
    network = _network(known, given, top, data_format, free, origin)
    if doubt is not None:
        network = replace(network, outputs=Tensor(None))
    used = layer(network)
    if start is None:
        shape = Shape((Axis(None), *map(Axis, sizes)))
        at = arguments.nodes.get("input_shape") or arguments.nodes.get(_position(known, "input_shape"))
        literal = sizes_of(given["input_shape"])
        stated = Shape(map(Axis, literal)) if "input_shape" in written and literal is not None else None
        fed = start = declare(
            site.evaluator,
            used,
            "input_shape",
            shape,
            stated,
            site.at(at).origin if at is not None else origin,
        )
    else:
        # a list even of one, but for ConvNeXt, which takes the first
        sources = list(_sources(start)) or [Tensor(None)]
        fed = sources[0] if name.startswith("ConvNeXt") else [*sources]
    made = site.use(used, start, origin)
    if made.error is None and isinstance(made.outputs, Tensor) and made.outputs.shape is None:
        made.reason = doubt or "whether it has a top, and which pooling, is not known"
    return _model(site.evaluator, name, used.name, fed, made.outputs, origin)


def _doubt(known: Application, sizes: tuple[Size, ...]) -> str | None:
    """Why Keras may refuse to build an application on a tensor of these sizes, channels last; or None.

    Its own checks look at ``input_shape`` alone.
    """
    *spatial, channels = sizes
    small = any(isinstance(size, int) and size < known.minimum for size in spatial)
    if known.name.startswith(("NASNet", "MobileNetV3")) and small:
        return f"Keras may refuse images below {known.minimum}x{known.minimum}"
    if known.name.startswith(("ConvNeXt", "EfficientNetV2")) and isinstance(channels, int) and channels != 3:
        return "Keras may refuse images without 3 channels"
    return None


def _ordered_last(sizes: tuple[Size, ...], channels_first: bool) -> tuple[Size, ...]:
    return (*sizes[1:], sizes[0]) if channels_first else sizes


def _position(known: Application, parameter: str) -> int:
    return list(known.parameters).index(parameter)


def _model(
    ev: Evaluator,
    class_name: str,
    name: str | None,
    inputs: Nested[Tensor],
    outputs: Nested[Tensor],
    origin: Origin,
) -> ModelValue:
    state = {"inputs": as_value(inputs), "outputs": as_value(outputs)}
    made = ModelValue(class_name, origin, name, ev.journal.born(state), ev.journal.born([]))
    ev.models.append(made)
    return made


def _sources(tensor: Tensor) -> Iterator[Tensor]:
    """Yield the model inputs that a tensor comes from (``keras.utils.get_source_inputs``)."""
    waiting, seen = [tensor], set()
    while waiting:
        current = waiting.pop()
        made = current.producer
        if made is None or id(current) in seen:
            continue
        seen.add(id(current))
        if made.layer.kind == "input":
            yield current
        waiting.extend(reversed([t for t in flatten(made.inputs) if isinstance(t, Tensor)]))


def _model_name(application: str, given: dict[str, Value], spatial: list[Size]) -> str | None:
    """Return the name that the model bears; MobileNet and MobileNetV2 put the width and the size into it."""
    name, alpha = given["name"], given.get("alpha")
    if name is not None:
        return text_of(name)
    if application not in SQUARES or not isinstance(alpha, int | float) or not spatial:
        return None
    rows, columns = spatial[:2]
    if given["weights"] == "imagenet" and (rows != columns or rows not in SQUARES[application]):
        rows = 224
    return None if isinstance(rows, Expression) else f"{application.lower()}_{alpha:0.2f}_{rows}"


# ---------------------------------------------------------------------- the input


SQUARES = {"MobileNet": (128, 160, 192, 224), "MobileNetV2": (96, 128, 160, 192, 224)}
"""The sizes for which these have weights, beside their default one."""

CHANNELS_LAST_ONLY = ("NASNet", "ConvNeXt")


def input_sizes(
    known: Application, given: dict[str, Value], top: bool | None, channels_first: bool
) -> list[Size]:
    """Return the input shape of an application without the batch; ``top`` is None where that is
    not known.

    As in ``keras/src/applications/imagenet_utils.py`` (``obtain_input_shape``) and in the head of each
    application. Raises ShapeError where Keras refuses the arguments.
    """
    own, imagenet = known.name, given["weights"] == "imagenet"
    if channels_first and own.startswith(CHANNELS_LAST_ONLY):
        raise _refused("format", f"{own} does not support the `channels_first` image data format.")
    classes = given["classes"]
    if imagenet and top and isinstance(classes, int) and classes != 1000:
        raise _refused(
            "classes",
            "If using `weights='imagenet'` with `include_top=True`, `classes` should be 1000. "
            f"Received classes={classes}",
        )
    sizes = _written_sizes(given["input_shape"])
    if sizes is None:
        return _default_sizes(known, top, channels_first)
    shown = "(" + ", ".join(map(str, sizes)) + ("," if len(sizes) == 1 else "") + ")"
    if len(sizes) != 3:
        raise _refused(
            "rank", "`input_shape` must be a tuple of three integers.", ErrorKind.RANK, given=shown
        )
    channels, spatial = (sizes[0], sizes[1:]) if channels_first else (sizes[2], sizes[:2])
    if imagenet and own.startswith("NASNet") and None in sizes:
        raise _refused(
            "open",
            "When specifying the input shape of a NASNet and loading `ImageNet` weights, the input_shape "
            f"argument must be static (no None entries). Got: `input_shape={shown}`.",
            given=shown,
        )
    if known.default is None:
        # MobileNetV3 looks at its input for itself
        if all(isinstance(size, int) for size in spatial):
            _check_minimum(known, spatial, shown)
        return sizes
    if imagenet and top:
        side = spatial[0] if spatial[0] == spatial[1] and spatial[0] in SQUARES.get(own, ()) else None
        wanted = _ordered([side or known.default] * 2, 3, channels_first)
        if any(isinstance(a, int | None) and a != b for a, b in zip(sizes, wanted, strict=True)):
            raise _refused(
                "order" if _has_channels_elsewhere(known, sizes, channels_first) else "top",
                "When setting `include_top=True` and loading `imagenet` weights, `input_shape` should be "
                f"{tuple(wanted)}.  Received: input_shape={shown}",
                ErrorKind.SIZE,
                given=shown,
                wanted="(" + ", ".join(map(str, wanted)) + ")",
            )
        return wanted
    if imagenet and isinstance(channels, int | None) and channels != 3:
        raise _refused(
            "order" if _has_channels_elsewhere(known, sizes, channels_first) else "channels",
            f"The input must have 3 channels; Received `input_shape={shown}`",
            ErrorKind.SIZE,
            given=shown,
            channels=channels,
        )
    refusal = "order" if _has_channels_elsewhere(known, sizes, channels_first) else "minimum"
    _check_minimum(known, spatial, shown, refusal)
    if top and None in sizes:
        raise _refused(
            "open",
            "If `include_top` is True, you should specify a static `input_shape`. "
            f"Received: input_shape={shown}",
            ErrorKind.UNDEFINED,
            given=shown,
        )
    return _ordered(spatial, 3, channels_first) if imagenet else sizes


def _check_weights(
    known: Application, given: dict[str, Value], sizes: list[Size], channels_first: bool
) -> None:
    """Refuse other channels than the 3 of ImageNet's first kernel; Keras sees it when it loads the weights.

    Raises ShapeError for an ``input_tensor`` of other channels, and for MobileNetV3, which does not look at
    its ``input_shape`` before.
    """
    tensor = given["input_tensor"]
    if given["weights"] != "imagenet":
        return
    if isinstance(tensor, Tensor) and tensor.shape is not None and tensor.shape.rank == 4:
        sizes = list(tensor.shape.sizes[1:])
    elif tensor is not None or known.default is not None:
        return
    channels = sizes[0 if channels_first else -1]
    if isinstance(channels, int) and channels != 3:
        shown = "(" + ", ".join(map(str, sizes)) + ")"
        raise _refused(
            "order" if _has_channels_elsewhere(known, sizes, channels_first) else "channels",
            f"the weights of ImageNet have a first kernel of 3 channels, the input has {channels}",
            ErrorKind.SIZE,
            given=shown,
            channels=channels,
        )


def _refused(refusal: str, message: str, kind: ErrorKind = ErrorKind.ARGUMENT, **facts: object) -> ShapeError:
    """Return what Keras says, and for rules in one word what it refuses."""
    return ShapeError(kind, message, refusal=refusal, **facts)


def _has_channels_elsewhere(known: Application, sizes: list[Size], channels_first: bool) -> bool:
    """Tell whether an input has its channels on the other side: (3, 224, 224) where they are read last."""
    *near, far = reversed(sizes) if channels_first else sizes
    first, *others = near
    return (
        first in (1, 3)
        and all(not isinstance(size, int) or size >= known.minimum for size in (*others, far))
        and far is not None
    )


def _ordered(spatial: list[Size], channels: Size, channels_first: bool) -> list[Size]:
    return [channels, *spatial] if channels_first else [*spatial, channels]


def _written_sizes(value: Value) -> list[Size] | None:
    """``input_shape=`` as sizes; None where it is not given, three symbols where it is not known."""
    match value:
        case list() | tuple() if not has_rest(value):
            return [as_size(item) for item in value] or None
        case None:
            return None
        case Unknown():
            return [value.part(f"[{index}]").size() for index in range(3)]
        case _:
            return [unknown_size() for _ in range(3)]


def _default_sizes(known: Application, top: bool | None, channels_first: bool) -> list[Size]:
    with_top, without = known.default, known.headless_default
    side: Size = with_top if top else without
    if top is None and with_top != without:
        side = unknown_size()
    return _ordered([side, side], 3, channels_first)


def _check_minimum(known: Application, spatial: list[Size], shown: str, refusal: str = "minimum") -> None:
    minimum = known.minimum
    if any(isinstance(size, int) and size < minimum for size in spatial):
        raise _refused(
            refusal,
            f"Input size must be at least {minimum}x{minimum}; Received: input_shape={shown}",
            ErrorKind.SIZE,
            given=shown,
            minimum=minimum,
        )


# ---------------------------------------------------------------------- the network


def _depth(filters: float) -> int:
    """Return a number of filters that 8 divides (``_make_divisible``, ``_depth`` of the MobileNets)."""
    rounded = max(8, int(filters + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * filters else rounded


CHANNELS: dict[str, Callable[[float], int]] = {
    "MobileNet": lambda alpha: int(1024 * alpha),
    "MobileNetV2": lambda alpha: _depth(1280 * alpha) if alpha > 1.0 else 1280,
    "MobileNetV3Small": lambda alpha: _depth(_depth(96 * alpha) * 6),
    "MobileNetV3Large": lambda alpha: _depth(_depth(160 * alpha) * 6),
}
"""The channels at the end of the networks whose width an ``alpha`` scales."""


def _network(
    known: Application,
    given: dict[str, Value],
    top: bool | None,
    data_format: str,
    free: bool,
    origin: Origin,
) -> Network:
    """Return the layers that stand in for the application's, on an input of any shape.

    ``free`` says that the height of the input on which the model is built is None: ``correct_pad`` then pads
    for an even size, whatever the size may be later; otherwise what it does is what "same" padding does.
    """
    start = outputs = Tensor(None)
    calls: list[Call] = []
    for class_name, config in _stand_ins(known, given, top, free):
        spec = find(class_name)
        assert spec is not None
        if "data_format" in spec.parameters.names:
            config = {**config, "data_format": data_format}
        layer = Layer(class_name, spec.bind([], config), origin, keras=LATEST)
        made = layer_call.call(layer, outputs, origin)
        assert isinstance(made.outputs, Tensor)
        calls.append(made)
        outputs = made.outputs
    if top is None or not (top or isinstance(given["pooling"], str | None)):
        outputs = Tensor(None)
    return Network(STAND_IN, start, outputs, tuple(calls), origin, None)


def _stand_ins(
    known: Application, given: dict[str, Value], top: bool | None, free: bool
) -> Iterator[tuple[str, dict[str, object]]]:
    for step in known.chain:
        yield from _of_step(step, free)
    channels: Size = known.channels
    if (scaled := CHANNELS.get(known.name)) is not None:
        alpha = given["alpha"]
        channels = (
            scaled(alpha) if isinstance(alpha, int | float) and math.isfinite(alpha) else unknown_size()
        )
    yield "Conv2D", {"filters": channels, "kernel_size": 1}
    if top:
        yield "Flatten" if known.flattens else "GlobalAveragePooling2D", {}
        activation: object = given.get("classifier_activation", "softmax")
        if not isinstance(activation, str | None):
            activation = unknown_size()
        yield "Dense", {"units": as_size(given["classes"]), "activation": activation}
    elif (pooling := POOLING.get(text_of(given["pooling"]) or "")) is not None:
        yield pooling, {}


POOLING = {"avg": "GlobalAveragePooling2D", "max": "GlobalMaxPooling2D"}


def _of_step(step: Step, free: bool) -> Iterator[tuple[str, dict[str, object]]]:
    kind, first, second, *rest = step
    padding = rest[0] if rest else "valid"
    if kind == "pad":
        yield "ZeroPadding2D", {"padding": ((first, second), (first, second))}
        return
    if kind == "correct":
        if free:
            half = first // 2
            yield "ZeroPadding2D", {"padding": ((half - 1, half), (half - 1, half))}
        else:
            padding = "same"
    yield "MaxPooling2D", {"pool_size": first, "strides": second, "padding": padding}
