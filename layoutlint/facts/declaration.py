"""Facts about a shape that the author wrote down."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import Index, keeps_axes, unwrapped
from layoutlint.facts.layer_view import spoken
from layoutlint.facts.names import MANY, written_sizes
from layoutlint.facts.registry import Subject, Table
from layoutlint.layers.registry import spec_of
from layoutlint.model.axes import Axis
from layoutlint.model.graph import Call, Declaration
from layoutlint.model.sizes import Expression, is_nameless, render

TABLE = Table(Subject.DECLARATION)

BATCHED: Final = frozenset(["batch_shape", "batch_input_shape"])
SAMPLES: Final = re.compile(
    rf"^{MANY}\.shape\[0\]$|^len\({MANY}\)$|(?:^|[._])(?:batch_?size|n_?samples|num_samples)$",
    re.IGNORECASE,
)
"""Names of numbers that count samples: the length of an array that holds many of them by its name.
``len(columns)`` and ``signal.shape[0]`` count something else.
"""


class DeclarationView:
    """What facts about a declaration are computed from."""

    def __init__(self, index: Index, declaration: Declaration) -> None:
        self.index = index
        self.declaration = declaration

    @cached_property
    def readers(self) -> tuple[Call, ...]:
        """The calls that read the input, through layers that keep the axes and take any rank."""
        found: list[Call] = []
        queue = [self.declaration.tensor]
        for tensor in queue:
            for call in self.index.consumers.get(id(tensor), []):
                if keeps_axes(call.layer) and _needed_rank(call) is None and len(queue) < 32:
                    queue.extend(call.output_tensors)
                else:
                    found.append(call)
        return tuple(found)

    @cached_property
    def reader(self) -> Call | None:
        """The first of them whose layer needs a certain rank, else the first."""
        return next(
            (call for call in self.readers if _needed_rank(call) is not None), next(iter(self.readers), None)
        )

    @property
    def has_batch(self) -> bool:
        """Whether the argument includes the batch."""
        return self.declaration.argument in BATCHED

    @property
    def first(self) -> int:
        """The place of the first axis of a sample."""
        return int(self.has_batch)

    @property
    def leading(self) -> Axis | None:
        """The first axis of a sample."""
        shape = self.declaration.shape
        return shape[self.first] if shape.rank > self.first else None


def _needed_rank(call: Call) -> int | None:
    """Return the one rank that the call's layer takes, wrappers counted."""
    inner, hidden = unwrapped(call.layer)
    spec = spec_of(inner) if inner.network is None else None
    return None if spec is None or spec.rank is None else spec.rank + hidden


def declared_as(declaration: Declaration) -> tuple[str, ...]:
    """Return the sizes of a declared shape as messages show them: one that has no words by its expression."""
    shape = declaration.shape
    texts = written_sizes(declaration.origin, shape.rank)
    return tuple(
        text if is_nameless(size) else render(size)
        for size, text in zip(shape.sizes, texts or map(render, shape.sizes), strict=True)
    )


def said(declaration: Declaration) -> str:
    """Return a declaration as the author wrote it: ``shape=(28, 28)``, ``input_length=30``."""
    sizes = declared_as(declaration)
    value = (
        sizes[0]
        if declaration.argument in ("input_dim", "input_length") and len(sizes) == 1
        else shown(sizes)
    )
    return f"{declaration.argument}={value}"


@TABLE.fact(
    Type.TEXT,
    "the argument that declares the shape",
    ("shape", "input_shape", *sorted(BATCHED), "input_dim", "input_length", "input_tensor", "tensor"),
)
def argument(view: DeclarationView) -> Value:
    return view.declaration.argument


@TABLE.fact(Type.TEXT, "the shape as it was written")
def declared_shape(view: DeclarationView) -> Value:
    return shown(declared_as(view.declaration))


@TABLE.fact(Type.TEXT, "the shape as it was written, without `leading`")
def shape_without_leading(view: DeclarationView) -> Value:
    sizes = declared_as(view.declaration)
    return shown(sizes[: view.first] + sizes[view.first + 1 :])


@TABLE.fact(Type.LIST, "the sizes as they were written")
def declared_sizes(view: DeclarationView) -> Value:
    return view.declaration.shape.sizes


@TABLE.fact(Type.NUMBER, "the number of axes as they were written")
def declared_rank(view: DeclarationView) -> Value:
    return view.declaration.shape.rank


@TABLE.fact(Type.TRUTH, "the argument includes the batch (`batch_shape`, `batch_input_shape`)")
def includes_batch(view: DeclarationView) -> Value:
    return view.has_batch


@TABLE.fact(Type.SIZE, "the first axis of the sample: after the batch, where the argument includes it")
def leading(view: DeclarationView) -> Value:
    return UNKNOWN if view.leading is None else view.leading.size


@TABLE.fact(
    Type.TRUTH, "`leading` is a number of samples by its name or its origin: `X.shape[0]`, `batch_size`"
)
def leading_counts_samples(view: DeclarationView) -> Value:
    axis = view.leading
    if axis is None:
        return False
    if axis.role in ("batch", "samples"):
        return True
    return isinstance(axis.size, Expression) and SAMPLES.search(str(axis.size)) is not None


@TABLE.fact(
    Type.TRUTH,
    "the shape is that of a whole array, `shape=X.shape`, whose first axis counts samples by what made it",
)
def declares_whole_array(view: DeclarationView) -> Value:
    sources = view.declaration.sources
    if view.has_batch or len(sources) < 2 or any(source is None for source in sources):
        return False
    arrays = {id(source[0]) for source in sources if source is not None}
    shape = sources[0][0].shape if sources[0] is not None else None
    if len(arrays) != 1 or shape is None or shape.rank != len(sources):
        return False
    in_order = [source[1] for source in sources if source is not None] == list(range(len(sources)))
    return in_order and shape[0].role in ("batch", "samples")


@TABLE.fact(Type.TEXT, "the layer that reads the input first, as messages name it")
def reader(view: DeclarationView) -> Value:
    return UNKNOWN if view.reader is None else spoken(view.reader)


@TABLE.fact(Type.TEXT, "the class of the innermost layer that reads the input first")
def reader_class(view: DeclarationView) -> Value:
    return UNKNOWN if view.reader is None else unwrapped(view.reader.layer)[0].class_name


@TABLE.fact(Type.NUMBER, "the number of axes that the reader needs, the batch counted")
def reader_rank(view: DeclarationView) -> Value:
    needed = None if view.reader is None else _needed_rank(view.reader)
    return UNKNOWN if needed is None else needed


@TABLE.fact(Type.NUMBER, "how many more axes the input has than its reader takes")
def surplus_axes(view: DeclarationView) -> Value:
    needed = None if view.reader is None else _needed_rank(view.reader)
    shape = (
        view.reader.input_tensors[0].shape if view.reader is not None and view.reader.input_tensors else None
    )
    return UNKNOWN if needed is None or shape is None else shape.rank - needed


@TABLE.fact(Type.TEXT, "Keras's error message of the reader; the empty text if none")
def reader_error(view: DeclarationView) -> Value:
    return "" if view.reader is None or view.reader.error is None else str(view.reader.error)
