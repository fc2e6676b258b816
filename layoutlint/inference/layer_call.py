"""What a layer makes of its input: the one place where shapes come from, whatever the front end.

Inference knows layers and nothing of formats. Unknown input gives unknown output and is never an error; where
Keras would raise, the call carries a ShapeError and its output is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from msgspec.structs import replace

from layoutlint.inference import operation_call
from layoutlint.inference.inferred import Inferred
from layoutlint.layers.registry import find, spec_of
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes
from layoutlint.layers.versions import differs, is_stricter_in_keras_2
from layoutlint.model.axes import Axis, Interpretation, Shape, named
from layoutlint.model.errors import SYMBOLIC_ONLY, ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Layer, Nested, Network, Tensor, flatten, is_unknown, map_nested
from layoutlint.model.keras_version import BEFORE_3, LATEST, ONLY_3, Version
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Expression, Size, equal, unknown_size
from layoutlint.operations.spec import OperationSpec

ADJUSTS_RANK = "adjusts_rank"
"""In the configuration of a model used as a layer: it takes away or adds a trailing axis of 1 (see
``replay``).
"""

TAKES_DATA = "takes_data"
"""In the configuration of a model used as a layer: arrays are given to it, and no symbolic tensors (see
``replay``).
"""


def call(
    layer: Layer,
    inputs: Nested[Tensor],
    origin: Origin,
    keywords: Mapping[str, Any] | None = None,
    conditions: tuple[str, ...] = (),
    is_symbolic: Callable[[], bool] = lambda: True,
) -> Call:
    """Return one use of a layer on tensors: the call, with its output tensors and what was learnt
    on the way.

    ``keywords`` are the further arguments of the call; tensors among them count as their shapes.
    ``is_symbolic`` says whether the inputs are symbolic tensors of Keras, and no arrays or traced tensors.
    """
    keywords = keywords or {}
    shapes, further = map_nested(_shape_of, inputs), map_nested(_shape_of, dict(keywords))
    result = infer(layer, shapes, further)
    if result.error is not None and result.error.facts.get(SYMBOLIC_ONLY) and not is_symbolic():
        # Keras 3 hands arrays on to TensorFlow as Keras 2 does
        result = infer(replace(layer, keras=2), shapes, further)
    made = Call(
        layer,
        inputs,
        keywords,
        origin,
        interpretation=result.interpretation,
        error=result.error,
        reason=result.reason,
        conditions=conditions,
    )
    made.outputs = map_nested(lambda shape: Tensor(shape, made, origin), result.outputs)
    return made


def _shape_of(value: Any) -> Any:
    return value.shape if isinstance(value, Tensor) else value


def infer(layer: Layer, inputs: Shapes, keywords: Mapping[str, Any] | None = None) -> Inferred:
    """Return the output shapes of a layer for input shapes; never raises.

    An error says which versions of Keras raise it. Where nothing says which version the layer is one of, and
    only some raise, the shapes are those of the others.
    """
    mine = _infer(layer, inputs, keywords, layer.keras)
    if layer.refusal is None and not _may_differ(layer, mine):
        return mine
    other = _infer(layer, inputs, keywords, LATEST if layer.keras in BEFORE_3 else 2)
    now, before = (other, mine) if layer.keras in BEFORE_3 else (mine, other)
    error = layer.refusal
    if error is None and now.error is not None and before.error is None:
        error = now.error.only_of(ONLY_3)
    if error is None and before.error is not None and now.error is None:
        error = before.error.only_of(BEFORE_3)
    if error is None:
        return mine
    if layer.keras is not None:
        return replace(mine, error=error)
    made = before if 3 in (error.versions or ()) else now
    return replace(made, error=error, interpretation=now.interpretation)


def _may_differ(layer: Layer, mine: Inferred) -> bool:
    """Tell whether another version of Keras may refuse what this one takes, or take what this one refuses."""
    if mine.error is None:
        return layer.keras is None and is_stricter_in_keras_2(layer)
    return layer.kind == "layer" and differs(layer)


def is_certain(layer: Layer, error: ShapeError) -> bool:
    """Tell whether the version of Keras that a layer is one of raises an error."""
    return error.versions is None or layer.keras in error.versions


def _infer(
    layer: Layer, inputs: Shapes, keywords: Mapping[str, Any] | None, keras: Version | None
) -> Inferred:
    """Return what a version of Keras makes of a layer's input."""
    if layer.network is not None:
        try:
            of_data = layer.config.get(TAKES_DATA) is True
            adjusts = of_data or layer.config.get(ADJUSTS_RANK) is True
            made = replay(layer.network, inputs, adjust_rank=adjusts, of_data=of_data, keras=keras)
            is_unlisted = adjusts or (keras in BEFORE_3 and isinstance(made, list))
            return Inferred(_without_list(made) if is_unlisted else made)
        except ShapeError as error:
            return Inferred(None, error=error, reason="Keras refuses this")
    if layer.kind == "operation":
        return operation_call.infer_layer(layer, inputs, keywords or {})
    spec = find(layer.class_name, keras)
    if spec is None:
        return Inferred(None, reason=f"{layer.class_name} is no Keras layer")
    wrapped = partial(_infer_wrapped, keras)
    arguments = LayerArguments(layer.class_name, spec.converted(layer.config), keywords or {}, wrapped)
    interpretation: Interpretation | None = None
    try:
        if spec.check is not None:
            spec.check(arguments)
        taken = inputs if spec.many else _single(spec, inputs)
        if isinstance(taken, Shape):
            interpretation = Interpretation(layer.class_name, _names(spec, arguments, taken), taken)
        if spec.shape is None:
            return Inferred(None, interpretation, reason=spec.why)
        if taken is None and not spec.takes_unknown:
            return Inferred(None, reason="its input is unknown")
        return Inferred(spec.shape(arguments, taken), interpretation)
    except ShapeError as error:
        return Inferred(None, interpretation, error=error, reason="Keras refuses this")
    except UndeterminedError as undetermined:
        return Inferred(None, interpretation, reason=str(undetermined))


def _without_list(made: Shapes) -> Shapes:
    """Return what ``Model(x, [y])`` makes of data, and in Keras 2 of tensors: no list, unlike Keras 3 of
    tensors.
    """
    match made:
        case Shape():
            return made
        case [Shape() as only] | [None as only]:
            return only
        case _:
            return made


def _infer_wrapped(
    keras: Version | None, layer: Any, inputs: Shapes, keywords: Mapping[str, Any] | None = None
) -> Shapes:
    if not isinstance(layer, Layer):
        raise UndeterminedError("the wrapped layer is unknown")
    result = _infer(layer, inputs, keywords, keras)
    if result.error is not None:
        raise result.error
    if result.outputs is None and result.reason:
        raise UndeterminedError(result.reason)
    return result.outputs


def _single(spec: LayerSpec, inputs: Shapes) -> Shape | None:
    """Return the one input of a layer that takes one, its rank checked; an unknown one gets the rank that is
    needed.
    """
    shapes = list(flatten(inputs))
    if spec.first:
        shapes = shapes[:1]
    if len(shapes) != 1:
        raise ShapeError(
            ErrorKind.STRUCTURE,
            f'Layer "{spec.name}" expects 1 input(s), but it received {len(shapes)} input tensors',
        )
    shape: Shape | None = shapes[0]
    if shape is None:
        return Shape.unknown(spec.rank) if spec.rank is not None else None
    if spec.rank is not None and shape.rank != spec.rank and not (spec.takes_rows and shape.rank > spec.rank):
        expected = (
            f"min_ndim={spec.rank}"
            if spec.min_rank is not None and shape.rank < spec.rank
            else f"ndim={spec.rank}"
        )
        raise ShapeError(
            ErrorKind.RANK, _rank_message(spec, expected, shape), expected=spec.rank, found=shape.rank
        )
    if spec.min_rank is not None and shape.rank < spec.min_rank:
        message = _rank_message(spec, f"min_ndim={spec.min_rank}", shape)
        raise ShapeError(ErrorKind.RANK, message, expected=spec.min_rank, found=shape.rank)
    return shape


def _rank_message(spec: LayerSpec, expected: str, shape: Shape) -> str:
    return f"{spec.name}: expected {expected}, found ndim={shape.rank}. Full shape received: {shape}"


def _names(spec: LayerSpec, arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    names = spec.reads(arguments, shape) if callable(spec.reads) else spec.reads
    return named(names, shape)


def replay(
    network: Network,
    inputs: Shapes,
    *,
    adjust_rank: bool = False,
    of_data: bool = False,
    keras: Version | None = LATEST,
) -> Shapes:
    """Return the output shapes of a model for input shapes: its calls once more, in order.

    With ``adjust_rank`` a trailing axis of 1 that the model's input has too many or too few is taken away or
    added, in silence: so do functional models on data (``fit``, ``predict``, ``model(array)``) and, in
    Keras 2, on symbolic tensors too. Keras 3 does not on symbolic tensors. A Sequential takes any sizes
    ``of_data`` that its layers take, and the first of several arrays. Before Keras 3, symbolic tensors of any
    shape are given to the layers, and so is all that a Sequential takes which declares no input. Raises
    ShapeError where Keras would refuse the inputs.
    """
    given = None if inputs is None else tuple(flatten(inputs))
    key = (given, adjust_rank, of_data, keras)
    plain = all(isinstance(shape, Shape) for shape in given or ())
    if plain and key in network.replays:
        return network.replays[key]
    found = _replayed(network, given, adjust_rank=adjust_rank, of_data=of_data, keras=keras)
    # two sizes of which nothing is known must not be taken for one and the same
    if plain and all(isinstance(shape, Shape) and shape.is_known for shape in flatten(found)):
        network.replays[key] = found
    return found


def _replayed(
    network: Network,
    inputs: tuple[Shape | None, ...] | None,
    *,
    adjust_rank: bool,
    of_data: bool,
    keras: Version | None,
) -> Shapes:
    lenient = of_data and network.class_name == "Sequential"
    fed = list(flatten(network.inputs))
    # an unknown value may be a tensor or any number of them
    given = [None] * len(fed) if inputs is None else list(inputs)
    if lenient and not has_open_inputs(network):
        given = given[: len(fed)]
    if len(given) != len(fed) and has_open_inputs(network):
        return map_nested(_shape_of, network.outputs)
    if len(given) != len(fed):
        raise ShapeError(
            ErrorKind.STRUCTURE,
            f'Layer "{network.name or network.class_name}" expects {len(fed)} input(s), '
            f"but it received {len(given)} input tensors",
        )
    compared = of_data and not network.declares_no_input

    def conformed(tensor: Tensor, shape: Shape | None) -> Shape | None:
        try:
            return _conformed(network, tensor, shape, adjust_rank, any_size=lenient)
        except ShapeError as error:
            if compared:
                raise
            if keras in BEFORE_3:
                return shape
            raise error.only_of(ONLY_3) from None

    taken = [
        conformed(tensor, shape)
        if shape is not None or not of_data
        else _presumed(tensor.shape, any_size=lenient)
        for tensor, shape in zip(fed, given, strict=True)
    ]
    known: dict[int, Shape | None] = {}
    for tensor, shape in zip(fed, taken, strict=True):
        known[id(tensor)] = shape

    def shape_of(value: Any) -> Any:
        return known.get(id(value), value.shape) if isinstance(value, Tensor) else value

    if any(tensor.shape != shape for tensor, shape in zip(fed, taken, strict=True)):
        moved = lenient and any(
            _has_moved(tensor.shape, shape) for tensor, shape in zip(fed, taken, strict=True)
        )
        for made in network.calls:
            if moved and _is_given_sizes(made):
                known.update((id(tensor), None) for tensor in made.output_tensors)
            else:
                _call_again(made, known, shape_of, of_data=of_data, weighed=of_data or keras in BEFORE_3)
    return map_nested(shape_of, network.outputs)


def takes_several(layer: Layer) -> bool:
    """Tell whether a layer may take a list of tensors: what is not of Keras, a model, a merge layer."""
    spec = find(layer.class_name, layer.keras) if layer.kind == "layer" else None
    return spec is None or spec.many


def has_open_inputs(network: Network) -> bool:
    """Tell whether a model may take any number of inputs. A Sequential that was never built takes what its
    first layer takes.
    """
    if network.class_name != "Sequential":
        return network.has_open_ends(network.inputs)
    return (
        isinstance(network.inputs, Tensor)
        and is_unknown(network.inputs)
        and bool(network.calls)
        and takes_several(network.calls[0].layer)
    )


def _has_moved(before: Shape | None, now: Shape | None) -> bool:
    """Tell whether an axis of known size has another size now, or one that is not known."""
    if before is None or now is None:
        return before is not now
    return any(
        isinstance(a, int) and equal(a, b) is not True for a, b in zip(before.sizes, now.sizes, strict=False)
    )


SIZES: Final = ("shape", "repeats", "key", "start", "stop", "step", "size", "indices_or_sections")
"""Arguments of operations that a program may have read from the shape of a tensor."""


def _is_given_sizes(made: Call) -> bool:
    """Tell whether an operation was given numbers that the ``call`` of a layer may read from another input
    anew: Keras runs it again on each input of a Sequential, and the numbers are those of the first.
    """
    if made.layer.kind != "operation":
        return False
    given = [made.layer.config[name] for name in SIZES if name in made.layer.config]
    return any(isinstance(size, int) and size > 0 for value in given for size in _numbers_in(value))


def _numbers_in(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _numbers_in(item)
    elif isinstance(value, slice):
        yield from (value.start, value.stop, value.step)
    else:
        yield value


def _presumed(wanted: Shape | None, *, any_size: bool) -> Shape | None:
    """Return data of unknown shape as a model takes them."""
    if wanted is None or not any_size:
        return wanted
    return Shape(
        (*wanted[:1], *(axis if axis.size is None else axis.sized(unknown_size()) for axis in wanted[1:]))
    )


def _call_again(
    made: Call,
    known: dict[int, Shape | None],
    shape_of: Callable[[Any], Any],
    *,
    of_data: bool,
    weighed: bool,
) -> None:
    """Infer one call of a model for other inputs; raises the ShapeError that it meets only now. ``weighed``
    says that its weights must fit.
    """
    tensors = made.output_tensors
    if all(id(tensor) in known for tensor in tensors):
        return
    if made.layer.kind == "input":
        return
    layer = made.layer
    if of_data and layer.network is not None:
        layer = replace(layer, config={**layer.config, TAKES_DATA: True})
    inputs, keywords = map_nested(shape_of, made.inputs), map_nested(shape_of, dict(made.keywords))
    result = infer(layer, inputs, keywords)
    if weighed and made.error is None:
        _check_weights(made, inputs)
    if result.error is not None and is_certain(layer, result.error) and not _is_known(made, result.error):
        raise result.error
    outputs = list(flatten(result.outputs))
    if len(outputs) != len(tensors):
        outputs = [None] * len(tensors)
    known.update((id(tensor), shape) for tensor, shape in zip(tensors, outputs, strict=True))


def _is_known(made: Call, error: ShapeError) -> bool:
    """Tell whether a call of a model was refused before: it bears an error, or was made all the same, as its
    file shows, of an input that is refused for the same kind of reason.
    """
    if made.error is not None:
        return True
    before = infer(made.layer, map_nested(_shape_of, made.inputs), map_nested(_shape_of, dict(made.keywords)))
    return before.error is not None and before.error.kind == error.kind


STRETCHED: Final = frozenset(["PReLU", "RMSNormalization"])
"""Layers whose weights and input are stretched over an axis of 1 of the other."""


def _stretches(layer: Layer, before: Size, now: Size) -> bool:
    """Tell whether a layer takes another size than it was built for because one of the two is 1."""
    inner = layer.config.get("layer")
    if layer.class_name == "TimeDistributed" and isinstance(inner, Layer):
        # nobody looks at what it hands on, and TensorFlow convolves in groups
        filters = inner.config.get("filters")
        return before == 1 and isinstance(now, int) and isinstance(filters, int) and filters % now == 0
    return layer.class_name in STRETCHED and 1 in (before, now)


def _check_weights(made: Call, inputs: Shapes) -> None:
    """Raise ShapeError where a layer was built for another input: its weights would have other shapes."""
    built, wanted = weights_of(made), _weights(made, inputs)
    for name in built.keys() & wanted.keys():
        for before, now in zip(built[name], wanted[name], strict=False):
            if equal(before, now) is False and not _stretches(made.layer, before, now):
                raise ShapeError(
                    ErrorKind.SIZE,
                    f"{made.layer.class_name} was built for {made.input_tensors[0].shape}, but gets "
                    f"{next(flatten(inputs), None)}",
                )


def weights_of(made: Call) -> Mapping[str, Sequence[Size]]:
    """Return the shapes of the weights that a layer gets when it is called, as far as anybody can say."""
    return _weights(made, map_nested(_shape_of, made.inputs))


def _weights(made: Call, inputs: Shapes) -> Mapping[str, Sequence[Size]]:
    """Return the shapes of a layer's weights for an input, as far as anybody can say."""
    layer = made.layer
    spec = spec_of(layer) if layer.kind == "layer" else None
    if spec is None or spec.weights is None:
        return {}
    try:
        taken = inputs if spec.many else _single(spec, inputs)
    except ShapeError:
        return {}
    arguments = LayerArguments(layer.class_name, layer.config, map_nested(_shape_of, dict(made.keywords)))
    found = None if taken is None else spec.weights_for(arguments, taken)
    return found or {}


def _conformed(
    network: Network, declared: Tensor, given: Shape | None, adjust_rank: bool, *, any_size: bool
) -> Shape | None:
    """Return an input of a model as the model takes it. Raises ShapeError where a size is another than the
    model's.

    Sizes as in ``keras/src/layers/input_spec.py`` (the batch, and a trailing 1 on either side, do not
    count), ranks as in ``Functional._adjust_input_rank``.
    """
    wanted = declared.shape
    if wanted is None and declared.producer is not None and adjust_rank:
        return None  # whether a trailing 1 is added or taken away depends on the declared rank
    if wanted is None or given is None:
        return given
    expected, found = list(wanted.sizes), list(given.sizes)
    expected, found = _without_last_one(expected), _without_last_one(found)
    differ = any(equal(a, b) is False for a, b in zip(expected[1:], found[1:], strict=False))
    if differ and not any_size:
        raise ShapeError(
            ErrorKind.SIZE if len(expected) == len(found) else ErrorKind.RANK,
            f"{network.name or network.class_name}: expected shape={wanted}, found shape={given}",
            expected=wanted.rank,
            found=given.rank,
        )
    if not adjust_rank or given.rank == wanted.rank:
        return given
    if given.rank == wanted.rank + 1 and given[-1].size == 1:
        return Shape(given[:-1])
    if given.rank == wanted.rank - 1 and wanted[-1].size == 1:
        return Shape((*given, Axis(1)))
    longer = given if given.rank > wanted.rank else wanted
    if abs(given.rank - wanted.rank) == 1 and isinstance(longer[-1].size, Expression):
        return None  # it may be the trailing 1
    raise ShapeError(
        ErrorKind.RANK,
        f"{network.name or network.class_name}: Invalid input shape. Expected shape {wanted}, but input has "
        f"incompatible shape {given}",
        expected=wanted.rank,
        found=given.rank,
    )


def _without_last_one(sizes: list[Size]) -> list[Size]:
    return sizes[:-1] if sizes and sizes[-1] == 1 else sizes


def call_operation(
    spec: OperationSpec,
    arguments: Mapping[str, Any],
    origin: Origin,
    name: str | None = None,
    conditions: tuple[str, ...] = (),
) -> Call:
    """Return one use of an operation in the graph; ``arguments`` are bound and hold Tensors for arrays."""
    config, tensors = operation_call.separate(arguments)
    inputs: Nested[Tensor] = list(tensors)
    layer = Layer(spec.name, config, origin, name, kind="operation", written=frozenset(arguments))
    return call(layer, inputs, origin, conditions=conditions)
