"""Models that are given data: compiled, trained, evaluated, asked for predictions.

What is fed where goes into the graph as :class:`~layoutlint.model.graph.Feed`. A model that is not built yet
takes its shape from its data. Source: ``keras/src/trainers/trainer.py``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from layoutlint.inference import layer_call
from layoutlint.interpreter.core import arrays, open_lists
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.narrowing import is_kind
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import of_scalars, to_tensors
from layoutlint.interpreter.core.values import (
    Choice,
    External,
    LibraryObject,
    ModelValue,
    Unknown,
    Value,
    as_size,
    has_rest,
    one_of,
)
from layoutlint.interpreter.keras import callbacks, judged_functions
from layoutlint.interpreter.keras.batches import batch
from layoutlint.interpreter.keras.declared_inputs import declare
from layoutlint.interpreter.keras.keras_models import PASSED_OVER, build
from layoutlint.interpreter.keras.networks import layer_of, tensors_of
from layoutlint.interpreter.libraries.keras_generators import PART, SHUFFLE
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.graph import Call, Feed, Layer, Nested, Network, Tensor, flatten, map_nested
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Expression, Size, unknown_size


class Method(Struct, frozen=True):
    """A method that takes data: Keras 3's name, its arguments for data and targets in their places."""

    name: str
    data: str = "x"
    targets: bool = True
    validation: int | None = None
    """The place of ``validation_data``."""
    batch_size: int | None = None
    """The place of ``batch_size``."""
    shuffle: int | None = None
    """The place of ``shuffle``."""
    learns: bool = True
    """Whether it looks at the targets that a batch brings."""


STEPS: Final = ("train_step", "test_step", "predict_step")
"""Methods with which a model class of the program takes its data apart itself."""

FEEDING: Final = {
    "fit": Method("fit", validation=7, batch_size=2, shuffle=8),
    "fit_generator": Method("fit", "generator", targets=False, validation=5),
    "evaluate": Method("evaluate", batch_size=2),
    "evaluate_generator": Method("evaluate", "generator", targets=False),
    "train_on_batch": Method("train_on_batch"),
    "test_on_batch": Method("test_on_batch"),
    "predict": Method("predict", targets=False, batch_size=1, learns=False),
    "predict_generator": Method("predict", "generator", targets=False, learns=False),
    "predict_on_batch": Method("predict_on_batch", targets=False, learns=False),
    "predict_classes": Method("predict", targets=False, batch_size=1, learns=False),
    "predict_proba": Method("predict", targets=False, batch_size=1, learns=False),
}
CONVERTED: Final = {
    "set_tensor": Method("set_tensor", targets=False, learns=False),
    "session_run": Method("run", targets=False, learns=False),
}
"""What stands in the graph for feeding a model that was converted."""
PREDICTIONS: Final = ("predict", "predict_generator", "predict_on_batch", "predict_proba")

SERIES: Final = "pandas.Series"
DEFAULT_BATCH: Final = 32
PREDICTION: Final = "predict"
"""The operation that stands in the graph for what makes an array of predictions."""

Build: TypeAlias = "Callable[[Nested[Tensor]], Call | None]"


def feed(
    site: Site,
    model: ModelValue,
    name: str,
    arguments: Arguments,
    call: Build | None = None,
) -> Value:
    """``model.fit(…)`` and the like, recorded; the result of a prediction.

    ``call`` carries out the ``call`` of a model that is a class of the program.
    """
    method = FEEDING.get(name) or CONVERTED[name]
    batches = replace(
        _Given.of(site, arguments, method),
        batch_size=_batch_size_of(arguments, method),
        weighted=_weighted(arguments.keywords.get("class_weight")),
    )
    outputs = _record(site, model, method.name, "x", batches, call)
    if method.validation is not None and arguments.has(method.validation, "validation_data"):
        given = _Given.of_validation(site, arguments, method.validation)
        further = replace(given, batch_size=_batch_size_of(arguments, method, "validation_batch_size"))
        _record(site, model, method.name, "validation_data", further, call)
    if method.name == "fit":
        callbacks.follow(site, model, arguments.keywords.get("callbacks"))
    if name in PREDICTIONS:
        return _prediction(site, outputs, batches.data)
    return site.lost("the result of training")


def _weighted(weights: Value) -> tuple[int | str, ...]:
    """Return the keys of a dict of class weights; none where one of them is not known."""
    keys = tuple(weights) if isinstance(weights, dict) else ()
    known = tuple(key for key in keys if isinstance(key, int | str))
    return known if len(known) == len(keys) else ()


def _batch_size_of(arguments: Arguments, method: Method, name: str = "batch_size") -> Size:
    """Return how many samples a batch is to have; None where the method takes all at once."""
    if method.batch_size is None:
        return None
    if arguments.open and not arguments.has(method.batch_size, name):
        return unknown_size()
    given = arguments.keywords.get(name, arguments.get(method.batch_size, "batch_size"))
    return DEFAULT_BATCH if given is None else as_size(given)


class _Given(Struct, frozen=True):
    """What stands in the arguments of one call: nested tensors with the samples first, None if unknown."""

    data: Nested[Tensor] | None
    targets: Nested[Tensor] | None
    origin: Origin
    target_origin: Origin
    in_batches: bool = False
    in_list: bool = False
    numbers: tuple[str, ...] = ()
    batch_size: Size = None
    of_series: bool = False
    """Whether the targets are a Series of pandas."""
    further: Nested[Tensor] | None = None
    """What a batch holds besides: weights, or what a model's own step takes it for."""
    in_tuple: bool = False
    """Whether a batch of inputs alone is a tuple of one."""
    shuffled: bool = False
    """Whether the samples come in another order each time."""
    holds_out: bool = False
    """Whether the last samples are kept back for the validation."""
    part: tuple[str, int] | None = None
    """Which part of a shuffled data set they are."""
    weighted: tuple[int | str, ...] = ()
    """The keys of ``class_weight``."""

    @classmethod
    def of(cls, site: Site, arguments: Arguments, method: Method) -> _Given:
        at, to = arguments.node(0, method.data), arguments.node(1, "y")
        targets = arguments.get(1, "y") if method.targets else None
        origin = site.at(at if at is not None else site.node).origin
        to_origin = site.at(to).origin if to is not None else origin
        value = _if_given(arguments.get(0, method.data))
        element = batch(site, value)
        if element is not None:
            if isinstance(element, list) and len(element) in (2, 3):
                # Keras takes `yield [x, y]` apart as well
                apart = method.learns or isinstance(element[0], list | tuple | dict)
                element = tuple(element) if apart else element
            given = replace(cls._batch(element, origin), shuffled=_is_shuffled(value), part=_part_of(value))
            return given if method.learns else replace(given, targets=None)
        shuffles = method.shuffle is not None and arguments.get(method.shuffle, SHUFFLE, True) is True
        return replace(
            cls._arrays(value, targets, origin, to_origin),
            shuffled=shuffles and not arguments.open,
            holds_out=_holds_out(arguments, method),
        )

    @classmethod
    def of_validation(cls, site: Site, arguments: Arguments, position: int) -> _Given:
        value = _if_given(arguments.get(position, "validation_data"))
        at = arguments.node(position, "validation_data")
        origin = site.at(at if at is not None else site.node).origin
        element = batch(site, value)
        if element is not None:
            return replace(cls._batch(element, origin), part=_part_of(value))
        if isinstance(value, tuple | list) and len(value) in (2, 3):
            places = at.elts if isinstance(at, ast.Tuple | ast.List) else ()
            one, two = [site.at(place).origin for place in places[:2]] or (origin, origin)
            return cls._arrays(value[0], value[1], one, two)
        return cls._arrays(value, None, origin, origin)

    @classmethod
    def _batch(cls, element: Value, origin: Origin) -> _Given:
        """Return one batch of a data set or a generator: (inputs, targets, weights), or the inputs alone."""
        parts = (*element, None, None)[:3] if isinstance(element, tuple) else (element, None, None)
        inputs, targets, further = map(_nested, parts)
        in_tuple = isinstance(element, tuple) and len(element) == 1
        return cls(inputs, targets, origin, origin, in_batches=True, further=further, in_tuple=in_tuple)

    @classmethod
    def _arrays(cls, value: Value, targets: Value, origin: Origin, target_origin: Origin) -> _Given:
        wanted = _nested(targets)
        numbers = tuple(name for name, part in (("x", value), ("y", targets)) if _is_of_numbers(part))
        if isinstance(value, list) and has_rest(value):
            item = _nested(join_all(map(one_of, value)))
            known: Nested[Tensor] | None = [item] if isinstance(item, Tensor) else None
            return cls(known, wanted, origin, target_origin, in_list=True, numbers=numbers)
        series = is_kind(targets, SERIES)
        return cls(
            of_scalars(value) or (None if _is_of_numbers_and_more(value) else _nested(value)),
            wanted,
            origin,
            target_origin,
            numbers=numbers,
            of_series=series,
        )


def _holds_out(arguments: Arguments, method: Method) -> bool:
    """Tell whether ``fit`` validates with the last of the samples that it gets."""
    if method.validation is None or not method.targets or arguments.has(method.validation, "validation_data"):
        return False
    split = arguments.get(method.validation - 1, "validation_split", 0)
    return isinstance(split, float) and 0 < split < 1


def _is_shuffled(value: Value) -> bool:
    """Tell whether a source of batches has them in another order each time."""
    return isinstance(value, LibraryObject) and value.state.get(SHUFFLE) is True


def _part_of(value: Value) -> tuple[str, int] | None:
    """Return which part of a data set that is shuffled anew each time a data set is."""
    match value.state.get(PART) if isinstance(value, LibraryObject) else None:
        case (str(name), int(shuffled_at)):
            return name, shuffled_at
        case _:
            return None


def _if_given(value: Value) -> Value:
    """Return the data that are given, if there are any: ``(x, y) if x is not None else None``."""
    if not isinstance(value, Choice):
        return value
    possible = [each for each in value.alternatives if each is not None]
    return possible[0] if len(possible) == 1 else value


def _nested(value: Value) -> Nested[Tensor] | None:
    """Arrays in the structure in which they are given; None for nothing, or nothing known."""
    return None if value is None or open_lists.is_any_number(value) else to_tensors(value)


def _is_of_numbers(value: Value) -> bool:
    """Tell whether data are Python lists of numbers, which Keras 3 takes for no array."""
    match value:
        case LibraryObject():
            return value.kind == arrays.LIST
        case list() | tuple():
            return _is_number(value)
        case _:
            return False


def _is_of_numbers_and_more(value: Value) -> bool:
    """Tell whether data are Python lists of numbers and of what nobody knows: that may be numbers too."""
    if not isinstance(value, list | tuple) or _is_number(value):
        return False
    parts = [part for each in value if isinstance(each, list | tuple) for part in each]
    return any(isinstance(part, int | float) for part in parts) and any(
        isinstance(part, Unknown | External | Expression | Choice) for part in parts
    )


def _is_number(value: Value) -> bool:
    match value:
        case list() | tuple():
            return bool(value) and all(map(_is_number, value))
        case _:
            return isinstance(value, int | float)


def _record(
    site: Site,
    model: ModelValue,
    method: str,
    argument: Literal["x", "validation_data"],
    given: _Given,
    call: Build | None,
) -> Nested[Tensor] | None:
    """Put into the graph what is fed; the model's outputs for it."""
    if call is not None:
        known = given.data is not None and not given.in_list and not judged_functions.has_own(model, *STEPS)
        arranged = given.data
        made = call(map_nested(_one_batch, given.data) if known else Tensor(None))
    else:
        _built(site, model, given)
        arranged, made = _on_batch(site, model, given)
    if not given.in_list:
        used = "evaluate" if argument == "validation_data" else method
        _follow(site, model, used, given, None if made is None else made.outputs)
    if made is None:
        stated = model.state.get("outputs")
        return None if stated is None else tensors_of(stated)
    if arranged is not None and not judged_functions.has_own(model, *STEPS, "compute_loss"):
        site.graph.feeds.append(
            Feed(
                method,
                argument,
                arranged,
                made,
                given.origin,
                given.targets,
                given.target_origin,
                model.losses,
                given.in_batches,
                given.in_list,
                given.numbers,
                None if given.in_batches else given.batch_size,
                given.shuffled,
                given.holds_out,
                given.part,
                given.weighted,
            )
        )
    return made.outputs


def _follow(
    site: Site, model: ModelValue, method: str, given: _Given, outputs: Nested[Tensor] | None
) -> None:
    """Follow what the program itself computes with a batch: its losses, its metrics, its own steps."""
    data = Tensor(None) if given.data is None else map_nested(_one_batch, given.data)
    if given.targets is not None:
        targets = map_nested(lambda array: _one_batch(array, in_column=given.of_series), given.targets)
        further = None if given.further is None else map_nested(_one_batch, given.further)
        judged_functions.follow(site, model, method, data, targets, outputs, further)
    elif given.data is not None:
        alone = given.in_tuple or (isinstance(given.data, list | tuple) and not given.in_batches)
        judged_functions.follow_step(site, model, method, (data,) if alone else data)


def _one_batch(tensor: Tensor, count: Size = None, *, in_column: bool = False) -> Tensor:
    """Return the data in batches of ``count``, or of any number of samples, as Keras traces a
    model.

    ``in_column`` is for a Series of pandas, of which Keras makes a column.
    """
    shape = tensor.shape
    if shape is None or not shape.rank:
        return tensor
    batch = Axis(count, "batch")
    further = (Axis(1),) if in_column and shape.rank == 1 else shape[1:]
    return Tensor(Shape((batch, *further)), tensor.producer, tensor.origin, tensor.name)


def _batch_size(network: Network) -> Size:
    """Return the number of samples that the model's inputs were declared for."""
    first = next(flatten(network.inputs), None)
    return first.shape[0].size if isinstance(first, Tensor) and first.shape else None


def _built(site: Site, model: ModelValue, given: _Given) -> None:
    """Build a Sequential that has no input yet on its first batch."""
    if "outputs" in model.state or not model.members or given.in_list:
        return
    fed = [given.data] if isinstance(given.data, Tensor) else _each_of_several(site, model, given.data)
    batches = [shape for each in fed if (shape := _one_batch(each).shape) is not None and shape.rank]
    if not batches or len(batches) < len(fed):
        return
    origin = site.origin
    starts: list[Value] = [
        declare(site.evaluator, Layer("InputLayer", {}, origin), "fed", shape, None, origin)
        for shape in batches
    ]
    build(site, model, starts[0] if isinstance(given.data, Tensor) else starts)


def _each_of_several(site: Site, model: ModelValue, data: Nested[Tensor] | None) -> list[Tensor]:
    """Return the arrays of a list for a model whose first layer takes a list; none for another one."""
    layer = layer_of(site.evaluator, model.members[0])
    if not isinstance(data, list | tuple) or (layer is not None and not layer_call.takes_several(layer)):
        return []
    arrays_of_list = [each for each in data if isinstance(each, Tensor)]
    return arrays_of_list if len(arrays_of_list) == len(data) else []


def _on_batch(site: Site, model: ModelValue, given: _Given) -> tuple[Nested[Tensor] | None, Call | None]:
    """Return the arrays in the order of the model's inputs, and the model on one batch of them."""
    layer = layer_of(site.evaluator, model)
    if layer is None or layer.network is None or given.data is None:
        return None, None
    used = replace(layer, config={**layer.config, layer_call.TAKES_DATA: True})
    arranged = arrange(layer.network, given.data)
    origin = site.origin
    if arranged is None:
        return given.data, _refused(used, given.data, origin, tuple(site.evaluator.conditions))
    count = _batch_size(layer.network)
    batch = Tensor(None) if given.in_list else map_nested(lambda array: _one_batch(array, count), arranged)
    made = layer_call.call(used, batch, origin, None, tuple(site.evaluator.conditions))
    if made.error is not None and model.state.get(PASSED_OVER) is True:
        return None, None
    return arranged, made


def input_names(network: Network) -> list[str | None]:
    """Return the names by which the model's inputs may be given, in order; None for one that
    Keras makes up.
    """
    if isinstance(network.inputs, dict):
        return list(network.inputs)
    made = [tensor.producer for tensor in flatten(network.inputs)]
    return [call.layer.name if call is not None else None for call in made]


def _refused(layer: Layer, given: Nested[Tensor], origin: Origin, conditions: tuple[str, ...]) -> Call | None:
    """Return the model on data by names of which one is missing; None where not all names are known."""
    names = input_names(layer.network) if layer.network is not None else []
    if not isinstance(given, dict) or None in names or not all(isinstance(name, str) for name in given):
        return None
    missing = next((name for name in names if name not in given), None)
    if missing is None:
        return None
    made = Call(layer, given, {}, origin, Tensor(None), conditions=conditions)
    made.error = ShapeError(ErrorKind.STRUCTURE, f'Missing data for input "{missing}"', missing=missing)
    return made


def arrange(network: Network, given: Nested[Tensor]) -> Nested[Tensor] | None:
    """Return the data in the order of the model's inputs, as far as names tell; None where they do not."""
    if isinstance(network.inputs, dict):
        names = list(network.inputs)
        if isinstance(given, dict):
            return {name: given[name] for name in names} if set(names) <= given.keys() else None
        return given if names == sorted(names) else None
    if not isinstance(given, dict):
        return given
    known = input_names(network)
    return [given[name] for name in known] if all(name in given for name in known) else None


def is_data(tensor: Tensor) -> bool:
    """Tell whether a tensor is an array of the program and no tensor of a model."""
    waiting, seen = [tensor], set[int]()
    while waiting:
        current = waiting.pop()
        made = current.producer
        if made is None:
            if current.shape is None:
                return False
        elif made.layer.kind != "operation":
            return False
        elif id(made) not in seen:
            seen.add(id(made))
            waiting += made.input_tensors
    return True


def called(
    ev: Evaluator, layer: Layer, inputs: Nested[Tensor], origin: Origin, written: Origin
) -> Call | None:
    """``model(array)``: recorded as a call, and as what the model is fed; None for symbolic tensors.

    What other layers make of an array, as in the ``call`` of the program's own model, is an array too, and
    nothing that the program feeds. ``written`` is where the array stands.
    """
    is_fed = all(map(is_data, flatten(inputs)))
    if layer.network is None or (not is_fed and ev.is_symbolic(inputs)):
        return None
    arranged = arrange(layer.network, inputs)
    if arranged is None:
        return None
    made = ev.use(replace(layer, config={**layer.config, layer_call.TAKES_DATA: True}), arranged, origin)
    if is_fed:
        ev.graph.feeds.append(Feed("call", "x", arranged, made, written))
    return made


def _prediction(site: Site, outputs: Nested[Tensor] | None, given: Nested[Tensor] | None) -> Value:
    """As many predictions as there are samples; an axis that the model leaves open has some size in them."""
    first = next(flatten(given), None) if given is not None else None
    count = first.shape[0].size if isinstance(first, Tensor) and first.shape else None
    samples = Axis(unknown_size() if count is None else count, "samples")

    def predicted(tensor: Tensor) -> Value:
        if tensor.shape is None or not tensor.shape.rank:
            return Unknown(reason="a prediction of unknown shape")
        made = Call(Layer(PREDICTION, {}, site.origin, kind="operation"), [], {}, site.origin)
        axes = (
            axis if axis.size is not None else replace(axis, size=unknown_size()) for axis in tensor.shape[1:]
        )
        made.outputs = Tensor(Shape((samples, *axes)), made, site.origin)
        return made.outputs

    if outputs is None:
        return site.lost("a prediction of unknown shape")
    predictions: Value = map_nested(predicted, outputs)
    return predictions
