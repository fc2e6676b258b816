"""What facts look up in a graph again and again, made once a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from typing import Any, Final, TypeVar

from layoutlint.inference.operation_call import filled
from layoutlint.layers.registry import spec_of
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import UndeterminedError
from layoutlint.model.graph import Call, Declaration, Feed, Graph, Layer, LoadedWeights, Tensor, flatten
from layoutlint.model.sizes import Expression
from layoutlint.operations.bound_arguments import shape_of

T = TypeVar("T")

TRAINING: Final = ("fit", "train_on_batch")
"""Methods that learn from what they are given."""

MAX_TRAININGS: Final = 16
"""Trainings of one model that are told apart; of more than these nothing is said."""

STEPWISE = "TimeDistributed"
"""The wrapper whose inner layer does not see axis 1."""


def unwrapped(layer: Layer) -> tuple[Layer, int]:
    """Return the layer inside all wrappers, and how many axes after the batch the wrappers keep from it."""
    hidden = 0
    while isinstance(inner := layer.config.get("layer"), Layer) and layer.kind == "layer":
        hidden += layer.class_name == STEPWISE
        layer = inner
    return layer, hidden


def keeps_axes(layer: Layer) -> bool:
    """Tell whether every output axis of the layer is the input axis at its place."""
    spec = spec_of(layer) if layer.network is None else None
    return spec is not None and spec.keeps_axes


class Index:
    """A graph with its look-ups."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.roles: dict[int, Any] = {}
        """What :mod:`layoutlint.facts.roles` found for a tensor, by the tensor's id."""
        self.carried: dict[int, Shape | None] = {}
        """The shape with its roles behind a call or, for what no call makes, of a tensor; by its id."""
        self.traces: dict[int, Any] = {}
        """What :mod:`layoutlint.facts.trace` found for a tensor, by the tensor's id."""
        self.behind_functions: dict[int, list[Call]] = {}
        """The calls that read the layer whose function ends with a call, by that call's id."""
        self.channel_axes: dict[tuple[int, int], int | None] = {}
        """Which axis was found to have the channels of a call, by the call's id and the rank."""
        self._found: dict[Callable[[Index], Any], Any] = {}

    def once(self, find: Callable[[Index], T]) -> T:
        """Return what a function finds out about the graph; it is asked once."""
        if find not in self._found:
            self._found[find] = find(self)
        found: T = self._found[find]
        return found

    @cached_property
    def consumers(self) -> dict[int, list[Call]]:
        """The calls that take a tensor, by the tensor's id."""
        found: defaultdict[int, list[Call]] = defaultdict(list)
        for call in self.graph.calls:
            for tensor in call.input_tensors:
                found[id(tensor)].append(call)
        return found

    def onward(
        self, tensors: Iterable[Tensor], behind: Callable[[Call, Tensor], Iterable[Tensor]], most: int
    ) -> Iterator[tuple[Call, Tensor]]:
        """Yield the calls that read some tensors, each with the one that it reads, and the calls behind them.

        ``behind`` says which outputs of a call are followed further, ``most`` how many tensors at the most.
        """
        queue, passed = list(tensors), set[int]()
        for tensor in queue:
            for call in self.consumers.get(id(tensor), ()):
                yield call, tensor
                if id(call) not in passed and len(queue) < most:
                    further = [*behind(call, tensor)]
                    passed.update([id(call)] if further else ())
                    queue += further

    @cached_property
    def lambdas(self) -> dict[int, Call]:
        """The first Lambda that takes a tensor, by the tensor's id."""
        found: dict[int, Call] = {}
        for call in self.graph.calls:
            for tensor in call.input_tensors if call.layer.class_name == "Lambda" else ():
                found.setdefault(id(tensor), call)
        return found

    @cached_property
    def has_functions_of_layers(self) -> bool:
        """Whether the program has a Lambda, or a layer with a function of the program as its activation."""
        if self.lambdas:
            return True
        operations = (call for call in self.graph.calls if call.layer.kind == "operation")
        return any(activated_by(tensor) is not None for call in operations for tensor in call.input_tensors)

    @cached_property
    def stacked(self) -> dict[int, Tensor]:
        """The array that a list of tensors is for an operation which takes one array, by the id of the call.

        Its shape is unknown where calls at one place of the source differ: a list of unknown length is tried
        with one item and with two.
        """
        found: dict[int, Tensor] = {}
        for calls in self._calls_written_at.values():
            stacking = list(filter(_stacks, calls))
            shapes = [_stacked_shape(call) for call in stacking]
            is_one = len({None if shape is None else shape.sizes for shape in shapes}) == 1
            for call, shape in zip(stacking, shapes, strict=True):
                found[id(call)] = Tensor(shape if is_one else None)
        return found

    @cached_property
    def class_names(self) -> frozenset[str]:
        """The classes of all layers and operations, wrappers not counted."""
        return frozenset(unwrapped(call.layer)[0].class_name for call in self.graph.calls)

    def calls_made_with(self, layer: Layer) -> list[Call]:
        """Return the calls of the layers that the same expression of the source makes."""
        return self._calls_made_at.get(_made_at(layer), [])

    @cached_property
    def _calls_made_at(self) -> dict[int, list[Call]]:
        found: defaultdict[int, list[Call]] = defaultdict(list)
        for call in self.graph.calls:
            found[_made_at(call.layer)].append(call)
        return found

    @cached_property
    def positions(self) -> dict[int, int]:
        """When each call is made, counted from the first one, by the call's id."""
        return {id(call): position for position, call in enumerate(self.graph.calls)}

    def calls_written_as(self, call: Call) -> list[Call]:
        """Return the calls that the same expression of the source stands for."""
        return self._calls_written_at.get(written_at(call), [])

    @cached_property
    def _calls_written_at(self) -> dict[int, list[Call]]:
        found: defaultdict[int, list[Call]] = defaultdict(list)
        for call in self.graph.calls:
            found[written_at(call)].append(call)
        return found

    @cached_property
    def calls_of(self) -> dict[int, list[Call]]:
        """The calls of a layer, by the layer's id."""
        found: defaultdict[int, list[Call]] = defaultdict(list)
        for call in self.graph.calls:
            found[id(call.layer)].append(call)
        return found

    @cached_property
    def loaded(self) -> dict[int, LoadedWeights]:
        """The weights that the program loads into a layer last, by the layer's id."""
        return {id(loaded.layer): loaded for loaded in self.graph.loaded}

    @cached_property
    def declarations(self) -> dict[int, Declaration]:
        """The declaration behind a tensor, by the tensor's id."""
        return {id(declaration.tensor): declaration for declaration in self.graph.declarations}

    @cached_property
    def rounds(self) -> list[list[Feed]]:
        """What is fed to models, equal feeds together: ``train_on_batch`` in a loop says the same in every
        round.
        """
        found: defaultdict[Hashable, list[Feed]] = defaultdict(list)
        for feed in self.graph.feeds:
            found[_said(feed)].append(feed)
        return list(found.values())

    @property
    def feeds(self) -> list[Feed]:
        """What is fed to models, once each."""
        return [first for first, *_ in self.rounds]

    @cached_property
    def data_axes(self) -> dict[Expression, Axis]:
        """The axes of arrays that have a role with evidence, by their symbolic size, where that is one's
        alone.
        """
        found: dict[Expression, Axis] = {}
        doubtful: set[Expression] = set()
        for call in self.graph.calls:
            for tensor in (*call.input_tensors, *call.output_tensors):
                shape = tensor.shape if isinstance(tensor, Tensor) else None
                for axis in shape or ():
                    size = axis.size if axis.role and axis.evidence else None
                    if isinstance(size, Expression) and found.setdefault(size, axis).role != axis.role:
                        doubtful.add(size)
        return {size: axis for size, axis in found.items() if size not in doubtful}

    @cached_property
    def final_outputs(self) -> frozenset[int]:
        """The ids of the output tensors of the models that are no part of another one."""
        return self._outputs(False)

    @cached_property
    def part_outputs(self) -> frozenset[int]:
        """The ids of the output tensors of the models that are part of another one."""
        return self._outputs(True)

    @cached_property
    def returned_by(self) -> dict[int, list[Call]]:
        """The calls of the program's own classes that return a tensor which another call made, by its id."""
        found: defaultdict[int, list[Call]] = defaultdict(list)
        for call in self.graph.calls:
            for tensor in call.output_tensors if call.layer.kind in ("layer", "model") else ():
                if isinstance(tensor, Tensor) and tensor.producer is not call:
                    found[id(tensor)].append(call)
        return found

    @cached_property
    def returned(self) -> frozenset[int]:
        """The ids of the tensors that functions return as the output of a layer or model: the ``call`` of
        the program's own classes, and the function of a Lambda.
        """
        return frozenset(
            id(tensor)
            for call in self.graph.calls
            if call.layer.kind in ("layer", "model")
            for tensor in (*call.output_tensors, *flatten(call.computed or ()))
            if isinstance(tensor, Tensor) and tensor.producer is not call
        )

    def _outputs(self, of_parts: bool) -> frozenset[int]:
        parts = {
            id(tensor)
            for call in self.graph.calls
            if call.layer.network is not None
            for tensor in flatten(call.layer.network.outputs)
        }
        return frozenset(
            id(tensor)
            for network in self.graph.models
            for tensor in flatten(network.outputs)
            if (id(tensor) in parts) is of_parts
        )

    @cached_property
    def fed(self) -> dict[int, Tensor]:
        """The first array that a model's input is fed, by the input's id."""
        found: dict[int, Tensor] = {}
        for feed in self.graph.feeds:
            network = feed.call.layer.network
            inputs = list(flatten(network.inputs)) if network is not None else []
            arrays = list(flatten(feed.data))
            if len(inputs) == len(arrays):
                for tensor, array in zip(inputs, arrays, strict=True):
                    if isinstance(array, Tensor):
                        found.setdefault(id(tensor), array)
        return found

    @cached_property
    def trained_on(self) -> dict[int, list[Tensor]]:
        """All arrays that a model's input is trained on, by the input's id; of unknown shape where nobody can
        say which.
        """
        found: dict[int, list[Tensor]] = {}
        for feed in filter(trains, (*self.feeds, *self.graph.feeds_before)):
            network = feed.call.layer.network
            inputs = list(flatten(network.inputs)) if network is not None else []
            arrays = list(flatten(feed.data))
            known = len(inputs) == len(arrays) and not feed.in_list
            for place, tensor in enumerate(inputs):
                array = arrays[place] if known else None
                of_input = found.setdefault(id(tensor), [])
                if len(of_input) < MAX_TRAININGS:
                    of_input.append(array if isinstance(array, Tensor) else Tensor(None))
                else:
                    of_input[-1] = Tensor(None)
        return found

    @cached_property
    def sets_channels_first(self) -> bool:
        """Whether the file asks for channels first anywhere, as far as anybody can say."""
        return any(text != "channels_last" for text, _ in self.graph.data_formats)

    @cached_property
    def has_one_data_format(self) -> bool:
        """Whether all that sets the file's default data format are unconditional and set the same one."""
        formats = self.graph.data_formats
        return len({text for text, _ in formats}) < 2 and all(
            origin.locate().column == 1 for _, origin in formats
        )

    def declaration(self, tensor: Tensor) -> Declaration | None:
        """Return the declaration of a tensor's shape, if the author wrote one."""
        return self.declarations.get(id(tensor))


def activated_by(tensor: Tensor) -> Call | None:
    """Return the layer whose activation, a function of the program, is given this tensor."""
    made = tensor.producer
    if made is None or made.layer.kind != "layer":
        return None
    return None if any(output is tensor for output in made.output_tensors) else made


def _stacks(call: Call) -> bool:
    given = call.layer.config.get("x") if call.layer.kind == "operation" else None
    return isinstance(given, list | tuple) and bool(call.input_tensors)


def _stacked_shape(call: Call) -> Shape | None:
    shapes = [tensor.shape for tensor in call.input_tensors]
    try:
        return shape_of(filled(call.layer.config, shapes)["x"])
    except UndeterminedError:
        return None


def _made_at(layer: Layer) -> int:
    """Return the id of the syntax that makes a layer; of a layer of a file, its own."""
    return id(getattr(layer.origin, "node", layer))


def written_at(call: Call) -> int:
    """Return the id of the syntax of a call; of a call in a file, its own."""
    return id(getattr(call.origin, "node", call))


def trains(feed: Feed) -> bool:
    """Return whether a model learns from what it is fed."""
    return feed.method in TRAINING and feed.argument == "x"


def _said(feed: Feed) -> Hashable:
    """Return all that can be said of a feed, apart from which round of a loop it is."""
    call = feed.call
    return (
        (feed.method, feed.argument, feed.origin, feed.target_origin),
        (feed.in_batches, feed.in_list, feed.numbers, feed.batch_size),
        (feed.shuffled, feed.holds_out, feed.part, feed.weighted_classes),
        (call.layer.network, call.conditions, str(call.error)),
        (_arrays(feed.data), _arrays(feed.targets), tuple(map(id, flatten(feed.losses)))),
    )


def _arrays(nested: Any) -> Hashable:
    names = tuple(map(str, nested)) if isinstance(nested, dict) else type(nested)
    return names, tuple(_array(leaf) if isinstance(leaf, Tensor) else id(leaf) for leaf in flatten(nested))


def _array(tensor: Tensor) -> Hashable:
    made = tensor.producer
    of = None if made is None else (made.layer.class_name, made.origin)
    labels = None if tensor.labels is None else tensor.labels.count
    return tensor.shape, tensor.name, tensor.origin, of, labels
