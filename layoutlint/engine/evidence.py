"""Evidence: the positions that show why a finding is right, in the order in which a reader needs them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from layoutlint.facts.declaration import said
from layoutlint.facts.feed import FeedView
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import spoken
from layoutlint.facts.loss import LossView
from layoutlint.facts.roles import trail
from layoutlint.facts.target import TargetView, output_has_more_positions, target_has_more_positions
from layoutlint.facts.trace import Trace, traced
from layoutlint.inference.losses import LossOutcome
from layoutlint.model.axes import Shape
from layoutlint.model.findings import RAISES, Witness
from layoutlint.model.graph import Call, Declaration, Tensor
from layoutlint.model.origins import Origin, SourceOrigin
from layoutlint.model.sizes import NAMELESS, Expression
from layoutlint.model.syntax_text import written

MAX_WITNESSES = 8
MAX_INPUTS = 4
MAX_EXPRESSION = 40

LIBRARIES = {"np": "numpy", "numpy": "numpy", "tf": "TensorFlow", "tensorflow": "TensorFlow"}
"""The library by what the program calls it."""


def repeats(witness: Witness, message: str) -> bool:
    """Tell whether a witness only says again what the finding's message says."""
    return witness.quoted is not None and witness.quoted in message


def of_call(index: Index, call: Call, *, with_roles: bool = False) -> tuple[Witness, ...]:
    """Return where the data came from, what was done to it on the way, where it is read, and what Keras would
    say.

    With ``with_roles`` the evidence for the meaning of each axis comes first. Nothing is said twice.
    """

    def told() -> Iterator[tuple[str, Origin]]:
        for evidence in trail(index, call) if with_roles else ():
            yield evidence.message, evidence.origin
        yield from _of_call(index, call)

    return _distinct(told())


def of_declaration(index: Index, declaration: Declaration, reader: Call | None) -> tuple[Witness, ...]:
    """Return where a declared shape is read, what Keras would say there, and where its sizes come from."""

    def told() -> Iterator[tuple[str, Origin]]:
        if reader is not None:
            yield f"{_reading(reader)} here", place_of(index, reader)
            if reader.error is not None:
                yield _raised(reader, reader.error), place_of(index, reader)
        yield from _of_shape(declaration.shape)

    return _distinct(told())


def of_feed(index: Index, view: FeedView | TargetView) -> tuple[Witness, ...]:
    """Return where the array comes from, where the model's side is made, and what Keras would say."""

    def told() -> Iterator[tuple[str, Origin]]:
        for tensor in (view.array, view.model_side):
            if tensor is not None:
                yield from _of_tensor(index, tensor)
        if isinstance(view, TargetView) and view.loss is not None and view.loss.name is not None:
            yield f"the loss is {view.loss.name}", view.loss.origin
            yield from _of_meeting(view)
        if isinstance(view, FeedView) and view.learnt_from is not None and view.learnt_from.given is not None:
            yield f"fit gets {view.learnt_from.given.words} here", view.learnt_from.origin
        if view.feed.call.error is not None:
            yield _raised(view.feed.call, view.feed.call.error), view.feed.call.origin

    return _distinct(told())


def _of_meeting(view: TargetView) -> Iterator[tuple[str, Origin]]:
    """Yield where the steps are kept or lost that a target has not or has, and what Keras would say of it."""
    recurrent, meeting = view.last_recurrent, view.meeting
    if recurrent is not None and True in (target_has_more_positions(view), output_has_more_positions(view)):
        shape = recurrent.output_tensors[0].shape if recurrent.output_tensors else None
        if shape is not None:
            yield f"{spoken(recurrent)} returns {shape.words}", place_of(view.index, recurrent)
    if meeting is not None and meeting.outcome is LossOutcome.REFUSED:
        yield f"Keras{RAISES}{meeting.message}", view.origin


def of_loss(index: Index, view: LossView) -> tuple[Witness, ...]:
    """Return where the output is made that a loss is for."""
    return () if view.model_side is None else _distinct(_of_tensor(index, view.model_side))


def place_of(index: Index, call: Call) -> Origin:
    """Return where a finding about a call stands: the layer's constructor, or the call if the layer has
    several.
    """
    several = len(index.calls_of.get(id(call.layer), ())) > 1
    return call.origin if several or call.layer.kind in ("operation", "model") else call.layer.origin


def _distinct(told: Iterator[tuple[str, Origin]]) -> tuple[Witness, ...]:
    found: dict[Witness, None] = {}
    for message, origin in told:
        found.setdefault(Witness(message, origin.locate()))
        if len(found) == MAX_WITNESSES:
            break
    return tuple(found)


def _of_call(index: Index, call: Call) -> Iterator[tuple[str, Origin]]:
    for tensor in call.input_tensors[:MAX_INPUTS]:
        if isinstance(tensor, Tensor):
            yield from _of_tensor(index, tensor)
    place = place_of(index, call)
    if place is not call.origin and _line(place) != _line(call.origin):
        yield f"{spoken(call)} is called here", call.origin
    if call.error is not None:
        yield _raised(call, call.error), place
    if call.interpretation is not None:
        yield from _of_shape(call.interpretation.shape)


def _line(origin: Origin) -> object:
    node = getattr(origin, "node", None)
    return origin if node is None else node.lineno


def _of_tensor(index: Index, tensor: Tensor) -> Iterator[tuple[str, Origin]]:
    way = traced(index, tensor)
    root = way.root
    declaration = index.declaration(root)
    if declaration is not None:
        yield f"{said(declaration)} is declared here", declaration.origin
    elif root.producer is not None and root.shape is not None:
        yield f"{_made(root, way)} {root.shape.words}", root.producer.origin
    elif root.origin is not None and root.shape is not None:
        yield f"{_has_shape(root)} {root.shape.words}", root.origin
    for passed in reversed(way.calls):
        before, after = passed.input_tensors[0].shape, passed.output_tensors[0].shape
        if before is not None and after is not None and before.words != after.words:
            yield _turns(passed, before, after), passed.origin


def _made(root: Tensor, way: Trace) -> str:
    """Say how a tensor comes to its shape: a part of what a call returns has another one than that."""
    assert root.producer is not None
    if way.end == "input":
        return "the model's input is"
    is_whole = any(root is made for made in root.producer.output_tensors)
    return _returns(root.producer) if is_whole else _has_shape(root)


def _has_shape(array: Tensor) -> str:
    return f"{array.name or 'the data'} has the shape"


def _raised(call: Call, error: object) -> str:
    """Say what is raised, and by whom: a layer's message is Keras's, an operation's that of its library."""
    speaker = "Keras"
    if call.layer.kind == "operation":
        root = "np" if call.layer.class_name == "store" else _called(call).partition(".")[0]
        speaker = LIBRARIES.get(root, speaker)
    return f"{speaker}{RAISES}{error}"


def _turns(call: Call, before: Shape, after: Shape) -> str:
    """Say what a call does to a shape: by its expression where that is a short index, else by the layer."""
    source = _index_of(call)
    return (
        f"{source} is {after.words}" if source else f"{_called(call)} turns {before.words} into {after.words}"
    )


def _returns(call: Call) -> str:
    """Name what a call returns: by its expression where that is a short index, else by the layer."""
    source = _index_of(call)
    return f"{source} is" if source else f"{_called(call)} returns"


def _called(call: Call) -> str:
    """Name what is called: a layer by its class, an operation by its function as the program writes it."""
    node = call.origin.node if isinstance(call.origin, SourceOrigin) else None
    if call.layer.kind != "operation" or not isinstance(node, ast.Call):
        return spoken(call)
    source = written(node.func)
    return source if len(source) <= MAX_EXPRESSION else spoken(call)


def _index_of(call: Call) -> str:
    """Return the source of an index (``X[:, 0]``), or the empty text where it is something else, or long."""
    node = call.origin.node if isinstance(call.origin, SourceOrigin) else None
    source = written(node) if isinstance(node, ast.Subscript) else ""
    return source if len(source) <= MAX_EXPRESSION else ""


def _of_shape(shape: Shape) -> Iterator[tuple[str, Origin]]:
    for axis in shape:
        for evidence in axis.evidence:
            yield evidence.message, evidence.origin
        if isinstance(axis.size, Expression):
            for symbol in sorted(axis.size.symbols(), key=str):
                if symbol.origin is not None and symbol.name != NAMELESS:
                    yield f"{symbol.name} comes from here", symbol.origin


def _reading(call: Call) -> str:
    if call.interpretation is not None:
        return f"{spoken(call)} reads {call.interpretation.axes}"
    return f"{spoken(call)} reads it"
