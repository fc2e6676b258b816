"""The graph: layers and the tensors between them, sub-models included.

Every front end makes the same graph, and every rule reads it. The objects are compared by identity: two
layers with the same configuration are two layers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from layoutlint.model.axes import Interpretation, Shape
from layoutlint.model.errors import ShapeError
from layoutlint.model.keras_version import OPEN, KerasVersion, Version
from layoutlint.model.origins import Origin
from layoutlint.model.reads import Reads
from layoutlint.model.sizes import Size

T = TypeVar("T")
Nested: TypeAlias = "T | list[Nested[T]] | tuple[Nested[T], ...] | dict[Any, Nested[T]]"

Kind: TypeAlias = Literal["layer", "operation", "input", "model"]


class Layer(Struct, frozen=True, eq=False):
    """One layer (or an operation between layers): its class, its configuration, where it was written.

    ``class_name`` is Keras 3's name whatever spelling was written. ``config`` holds every bound argument; a
    value that only the running program knows is an :class:`~layoutlint.model.sizes.Expression`. For a model
    used as
    a layer ``network`` is that model. ``written`` are the names of the arguments that the author gave.
    """

    class_name: str
    config: Mapping[str, Any]
    origin: Origin
    name: str | None = None
    kind: Kind = "layer"
    network: Network | None = None
    written: frozenset[str] = frozenset()
    stored: Mapping[str, tuple[int, ...]] | None = None
    """The shapes of its trained weights where a file holds them: by name, or by number in Keras's order."""
    keras: Version | None = None
    """The version of Keras that the layer is one of; None where nothing says so."""
    refusal: ShapeError | None = None
    """Why some versions of Keras, of those that it may be one of, refuse its arguments."""
    either_of: tuple[Layer, ...] = ()
    """Where a program may hold any of a few layers of one constructor: those."""
    one_of_many: bool = False
    """Whether a loop of an unknown number of rounds made it: a later use may be of another round's layer."""

    def __repr__(self) -> str:
        return f"{self.class_name}(…)"

    @property
    def possible(self) -> tuple[Layer, ...]:
        """The layers of the graph that it may be: itself, as a rule."""
        return self.either_of or (self,)


class Labels(Struct, eq=False):
    """The values of an array of classes: whole numbers from 0 up to, and without, ``count`` (a symbol where
    the program counts them, None where it does not). Arrays that share their items share this.
    """

    count: Size


class Pixels(Struct, frozen=True):
    """The values of images: the lowest and the highest that there may be, and the order of their colours
    (``RGB``, ``BGR``; empty: not known); ``whole`` says that they are bytes, as files hold them.
    """

    lowest: float
    highest: float
    colours: str = ""
    whole: bool = False

    @property
    def words(self) -> str:
        """The range as messages show it: ``0 to 255``."""
        return f"{self.lowest:.4g} to {self.highest:.4g}"


class LoadedWeights(Struct, frozen=True, eq=False):
    """Weights that a program loads into a layer: the file as the program calls it, and their shapes, as in
    ``Layer.stored``.
    """

    layer: Layer
    file: str
    shapes: Mapping[str, tuple[int, ...]]
    origin: Origin


class Tensor(Struct, frozen=True, eq=False):
    """A value between layers, or an array: its shape (None: unknown rank) and the call that made it.

    ``reason`` says of one that no call made why its shape is unknown; ``labels`` that it holds classes,
    ``pixels`` that it holds images.
    """

    shape: Shape | None
    producer: Call | None = None
    origin: Origin | None = None
    name: str | None = None
    reason: str | None = None
    labels: Labels | None = None
    pixels: Pixels | None = None


class Slot(Struct, frozen=True):
    """Stands in the configuration of an operation for its ``index``-th input tensor."""

    index: int


SAID_TO_RAISE: Final = "the program expects it to raise"
"""A condition of a call in a block under ``pytest.raises`` and the like."""


SHAPE_OF: Final = "shape_of"
"""The keyword of an InputLayer's call for the array of unknown rank whose whole shape is declared."""


class Call(Struct, eq=False):
    """One use of a layer.

    ``outputs`` has the structure that Keras returns. ``error`` says that Keras would raise here;
    ``reason`` says why the output is unknown. ``conditions`` are the unknown conditions of the source
    under which it happens.
    """

    layer: Layer
    inputs: Nested[Tensor]
    keywords: Mapping[str, Any]
    origin: Origin
    outputs: Nested[Tensor] = ()
    interpretation: Interpretation | None = None
    error: ShapeError | None = None
    reason: str | None = None
    conditions: tuple[str, ...] = ()
    declared: Shape | None = None
    """The output shape that a saved model's file itself states, where it does."""
    computed: Nested[Tensor] | None = None
    """For a Lambda: what its function computed, where that was followed."""
    masks_itself: bool = False
    """For a class of the program: it may say what mask its output has."""
    filled: list[Tensor] = []
    """For an array that the program makes and fills: what it stores there, item by item."""
    stored_into: bool = False
    """Whether the program sets items of the array that it makes: then its values are not known."""

    @property
    def input_tensors(self) -> list[Tensor]:
        """All tensors of the first argument, flat and in order."""
        return [self.inputs] if type(self.inputs) is Tensor else list(flatten(self.inputs))

    @property
    def output_tensors(self) -> list[Tensor]:
        """All output tensors, flat and in order."""
        return [self.outputs] if type(self.outputs) is Tensor else list(flatten(self.outputs))


class Network(Struct, frozen=True, eq=False):
    """A model as it was built: from its input tensors through its calls, in order, to its outputs."""

    class_name: str
    inputs: Nested[Tensor]
    outputs: Nested[Tensor]
    calls: tuple[Call, ...]
    origin: Origin
    name: str | None = None
    replays: dict[Any, Any] = {}
    """Its output shapes for the inputs that it was given already (see ``inference.replay``)."""
    declares_no_input: bool = False
    """Whether it is a Sequential that was built for the first input that it got."""

    @property
    def input_tensors(self) -> list[Tensor]:
        """All inputs that are known, flat and in order."""
        return [tensor for tensor in flatten(self.inputs) if isinstance(tensor, Tensor)]

    def has_open_ends(self, ends: Nested[Tensor]) -> bool:
        """Tell whether its inputs or outputs may be any number: one of them is not known, so it may be a list
        of them. A Sequential has one of each.
        """
        return self.class_name != "Sequential" and any(map(is_unknown, flatten(ends)))


def is_unknown(nested: Nested[Tensor]) -> bool:
    """Tell whether nothing is known of a model's inputs or outputs, not even how many there are."""
    return isinstance(nested, Tensor) and nested.shape is None and nested.producer is None


Source: TypeAlias = tuple[Tensor, int]
"""An axis of an array: ``X.shape[1]`` is (X, 1)."""


class Scenario(str):
    """A condition that is one of a few values of a choice; each of them is followed.

    ``point`` tells the choice, ``values`` how many it is between. ``is_value`` says that the text names a
    value (``width is 64``), and not the condition of the source for it: what else that decides is not known.
    ``is_told`` says that the text tells the value from the others.
    """

    __slots__ = ("is_told", "is_value", "point", "values")

    point: int
    values: int
    is_value: bool
    is_told: bool

    def __new__(cls, text: str, point: int, values: int, is_value: bool, is_told: bool = True) -> Scenario:
        """Return the condition, with the choice that it belongs to."""
        made = super().__new__(cls, text)
        made.point, made.values, made.is_value, made.is_told = point, values, is_value, is_told
        return made


class Declaration(Struct, eq=False):
    """A shape that the author wrote down: ``input_shape=(1, 8000)`` of a layer, ``shape=`` of an Input.

    ``argument`` is the keyword (``input_shape``, ``shape``, ``batch_shape``…); ``shape`` is exactly what was
    written, with a batch axis only where the argument has one. ``tensor`` is what Keras makes of it.
    """

    argument: str
    shape: Shape
    layer: Layer
    tensor: Tensor
    origin: Origin
    sources: tuple[Source | None, ...] = ()
    """For each axis of ``shape`` the array's axis that its size is read from; empty if unknown."""


class Loss(Struct, frozen=True, eq=False):
    """What ``compile`` was given for an output: the name of Keras's function
    (``sparse_categorical_crossentropy``) and its options; no name for a function of the program.
    """

    name: str | None
    options: Mapping[str, Any]
    origin: Origin


class Compilation(Struct, frozen=True, eq=False):
    """``compile`` of a model: the losses, in the structure in which they were given."""

    network: Network
    losses: Nested[Loss | None]
    origin: Origin
    metrics: tuple[str, ...] = ()
    """The keys of a dict of metrics."""


class Feed(Struct, eq=False):
    """Data that a program gives a model: one argument of ``fit``, ``evaluate``, ``predict`` …

    ``data`` are whole arrays, or the arrays of one batch where ``in_batches``: the samples are axis 0. They
    stand in the order of the model's inputs. ``call`` is the model on one batch of them, with a free batch
    axis; its ``error`` is what Keras would raise. ``targets`` have the structure of the model's outputs,
    like ``losses`` (None: not given, or not known). A list of any number of arrays, as a loop fills it, has
    one of them in ``data``, and ``in_list``. ``numbers`` says which of ``x`` and ``y`` are Python lists of
    numbers, whose arrays stand here.
    """

    method: str
    """Keras 3's method: ``fit_generator`` is ``fit``; ``call`` for ``model(array)``."""
    argument: Literal["x", "validation_data"]
    data: Nested[Tensor]
    call: Call
    origin: Origin
    """Where the data are written."""
    targets: Nested[Tensor] | None = None
    target_origin: Origin | None = None
    losses: Nested[Loss | None] | None = None
    in_batches: bool = False
    in_list: bool = False
    numbers: tuple[str, ...] = ()
    batch_size: Size = None
    """How many samples a batch is to have; None for batches that are given, and for all samples at once."""
    shuffled: bool = False
    """Whether the samples come in another order each time: ``fit`` shuffles arrays, a source its own."""
    holds_out: bool = False
    """Whether ``validation_split`` keeps the last samples back."""
    part: tuple[str, int] | None = None
    """Which part of a shuffled data set the samples are: ``take`` or ``skip``, and which shuffling."""
    weighted_classes: tuple[int | str, ...] = ()
    """The keys of ``class_weight``, where they are known."""


class Graph(Struct, eq=False):
    """All that one input (a source file, a saved model) says: what rules are run over."""

    path: str
    layers: list[Layer] = []
    calls: list[Call] = []
    models: list[Network] = []
    declarations: list[Declaration] = []
    data_formats: list[tuple[str | None, Origin]] = []
    """Every ``set_image_data_format`` of the file."""
    deduces_data_format: bool = False
    """Whether nothing sets the data format, and all images and axes say that the channels come first."""
    loops: list[tuple[Call, Call]] = []
    """For each loop that a program runs the first and the last call in all its rounds."""
    compilations: list[Compilation] = []
    feeds: list[Feed] = []
    feeds_before: list[Feed] = []
    """What other programs feed the models that they save and this one loads."""
    loaded: list[LoadedWeights] = []
    """What ``load_weights`` puts into layers, from files beside the program."""
    notes: list[str] = []
    """What was not read, and why."""
    unread: list[str] = []
    """The places of a source that could not be parsed, and why."""
    reads: Reads = msgspec.field(default_factory=Reads)
    """What was read and looked up on disk: modules of the program, configuration, saved models."""
    keras: KerasVersion = OPEN
    """The version of Keras that it is for."""
    is_saved: bool = False
    """Whether it is that of a model alone, without a program around it."""
    shown_to_run: set[int] = set()
    """By identity, the calls and compilations that a notebook shows to have been made without an error."""
    cautious: Callable[[], Graph] | None = None
    """Where something was presumed: what the same source says without it (see ``Evaluator.cautious``)."""

    def extent(self) -> tuple[int, int, int]:
        """How many calls, feeds and compilations there are."""
        return len(self.calls), len(self.feeds), len(self.compilations)

    def has_run(self, before: tuple[int, int, int]) -> None:
        """Note of all that came since ``before`` (see ``extent``) that a notebook shows it to have run."""
        calls, feeds, compilations = before
        self.shown_to_run.update(map(id, self.calls[calls:]))
        self.shown_to_run.update(id(feed.call) for feed in self.feeds[feeds:])
        self.shown_to_run.update(map(id, self.compilations[compilations:]))


def flatten(nested: Any) -> Iterator[Any]:
    """Yield the leaves of a nested structure, in order (dicts by sorted key, as Keras does)."""
    if type(nested) is Tensor:
        yield nested
    elif isinstance(nested, dict):
        for key in sorted(nested, key=str):
            yield from flatten(nested[key])
    elif isinstance(nested, (list, tuple)) and not isinstance(nested, Shape):
        for item in nested:
            yield from flatten(item)
    else:
        yield nested


def map_nested(function: Callable[[Any], Any], nested: Any) -> Any:
    """Return the same structure with ``function`` applied to every leaf."""
    if type(nested) is Tensor or type(nested) is Shape:
        return function(nested)
    if isinstance(nested, dict):
        return {key: map_nested(function, value) for key, value in nested.items()}
    if isinstance(nested, (list, tuple)) and not isinstance(nested, Shape):
        return type(nested)(map_nested(function, item) for item in nested)
    return function(nested)
