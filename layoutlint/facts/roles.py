"""Roles against readings: what the data and the names say an axis is, against what a layer takes it for.

A role is evidence with a trail. Data says more than names: a role that an array brought along stands above
what the axis is called. Both are carried from where the data enters to the layer by inference itself, which
moves axes with their roles. Roles judge nothing; rules do.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeGuard

from msgspec import Struct

from layoutlint.facts import rearrangement, windows
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.names import (
    Said,
    counts_samples,
    counts_words,
    said_of_arguments,
    said_of_pattern,
    said_of_shape,
    said_of_size,
    size_of_image,
)
from layoutlint.facts.permutations import moves_first
from layoutlint.facts.trace import Trace, is_array, traced
from layoutlint.inference import layer_call
from layoutlint.inference.named_axes import NAMING_OPERATIONS
from layoutlint.layers.registry import find
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Role, Shape
from layoutlint.model.graph import Call, Declaration, Tensor
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.sizes import Expression, Size

ROLE_FACTS: Final = frozenset(
    [
        "swapped_by",
        "features_are_steps",
        "steps_role",
        "features_role",
        "time_read_as",
        "height_as_time",
        "time_merged",
        "samples_read_as",
        "count_vectors_as",
        "reads_tokens",
        "channels_read_as",
    ]
)
"""Facts over the roles of axes: a rule that asks for one shows what tells the roles."""

TIME: Final = frozenset(["steps", "time", "times", "timepoints", "timesteps", "frames", "tokens"])
"""Roles of axes along which a recurrent layer may walk and a one-dimensional kernel slide."""

FEATURES: Final = frozenset(
    [
        "features",
        "channels",
        "vocabulary",
        "mels",
        "coefficients",
        "frequency",
        "frequencies",
        "pitch classes",
    ]
)
"""Roles of axes whose values stand side by side at one place."""

SPATIAL: Final = frozenset(["height", "width", "depth"])

RESHAPES: Final = frozenset(["Reshape", "reshape"])
CREATIONS: Final = frozenset(["zeros", "ones", "full", "random"])
NAMING: Final = RESHAPES | NAMING_OPERATIONS | {"getitem"}
"""Layers and operations that may tell roles themselves."""
TARGETS: Final = ("target_shape", "newshape", "shape", "size")

Basis = Literal["data", "name"]

_MEASURES: Final = {
    **{role: f"is the {role}" for role in ("height", "width", "depth")},
    "batch": "is the number of samples in a batch",
    "vocabulary": "is the number of words in a vocabulary",
}
"""What the size of an axis is in words, where it is not the number of what the role names."""

SLIDING: Final = (
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "Separable",
    "Depthwise",
    "LocallyConnected",
    "MaxPooling",
    "AveragePooling",
    "UpSampling",
)
"""How the names of layers begin that slide along the spatial axes."""

MAX_PARTS: Final = 16
"""How many arrays that are put together are looked at, before the first of them stands for all."""

MARK: Final = "name:"
"""Before the role of an axis that only its name tells, while it is carried along."""

JOINED: Final = " and "
"""Between the roles of axes that a reshape merged to one."""

SLID: Final = "slid:"
"""Before that, where a convolution or a pooling stands between the data and the axis."""


class AxisRole(Struct, frozen=True):
    """What says what an axis is: the role, whether the data says so or a name, and the trail."""

    role: Role
    basis: Basis
    evidence: tuple[Evidence, ...]
    certain: bool
    """Whether it cannot mean anything else: ``n_samples`` may be those of a signal, ``len(X_train)`` not."""
    computed: bool = False
    """Whether a convolution or a pooling stands between the data and the axis."""


def may_tell(index: Index) -> bool:
    """Tell whether anything in a graph can say what an axis is: a program, or a layer of a saved model that
    makes axes of a kind, as a spectrogram does.
    """
    if not index.graph.is_saved:
        return True
    shapes = (tensor.shape for call in index.graph.calls for tensor in call.output_tensors)
    return any(axis.evidence for shape in shapes if shape is not None for axis in shape)


def roles_of(index: Index, tensor: Tensor) -> tuple[AxisRole | None, ...]:
    """Return what is known of each axis of a tensor, the batch first; empty for a tensor of unknown rank, and
    for one that is asked for itself: a model that is built on a batch is fed its own input.
    """
    if id(tensor) not in index.roles:
        index.roles[id(tensor)] = ()
        index.roles[id(tensor)] = _roles_of(index, tensor)
    found: tuple[AxisRole | None, ...] = index.roles[id(tensor)]
    return found


def _roles_of(index: Index, tensor: Tensor) -> tuple[AxisRole | None, ...]:
    if tensor.shape is None:
        return ()
    shape = _of_item(tensor, _behind_all(index, traced(index, tensor)))
    if shape is None or shape.rank != tensor.shape.rank:
        return (None,) * tensor.shape.rank
    return tuple(map(_read, windows.told(shape)))


def _of_item(tensor: Tensor, shape: Shape | None) -> Shape | None:
    """Return the axes of an array; of one of the items over which a loop goes, all of them but the first."""
    own = tensor.shape
    if shape is None or own is None or shape.rank != own.rank + 1:
        return shape
    return Shape(shape[1:]) if shape.sizes[1:] == own.sizes else shape


def _behind_all(index: Index, way: Trace) -> Shape | None:
    """Return the shape at the end of a way, with the roles that it brings along; each call is passed once."""
    done = index.carried
    calls: list[Call] = []
    while True:
        first = next((at for at, call in enumerate(way.calls) if id(call) in done), None)
        if first is not None:
            calls.extend(way.calls[:first])
            shape = done[id(way.calls[first])]
            break
        calls.extend(way.calls)
        maker = way.root.producer
        if maker is not None and slides(maker) and id(maker) not in done:
            calls.append(maker)
            way = traced(index, maker.input_tensors[0])
            continue
        if maker is not None and id(maker) in done:
            shape = done[id(maker)]
        elif id(way.root) in done:
            shape = done[id(way.root)]
        else:
            done[id(way.root)] = way.root.shape  # an array may be filled with parts of itself
            shape = done[id(way.root)] = _rooted(index, way.root)
        break
    for call in reversed(calls):
        shape = None if shape is None else _carried(index, call, shape)
        if shape is not None and slides(call):
            shape = Shape(map(_behind_a_window, shape))
        done[id(call)] = shape
    return shape


def _behind_a_window(axis: Axis) -> Axis:
    """Return an axis along which a window has slid."""
    if not axis.role or not axis.evidence or axis.role.startswith(SLID):
        return axis
    return Axis(axis.size, f"{SLID}{axis.role}", axis.evidence)


def slides(call: Call) -> bool:
    """Tell whether a layer slides a window along the spatial axes: those keep their meaning, the channels are
    the layer's own. So it is with a Flatten of every step.
    """
    layer, hidden = unwrapped(call.layer)
    if call.layer.kind != "layer" or layer.network is not None or len(call.input_tensors) != 1:
        return False
    spec = find(layer.class_name)
    if spec is None:
        return False
    return spec.name.startswith(SLIDING) or (hidden == 1 and spec.name == "Flatten")


def _rooted(index: Index, root: Tensor) -> Shape | None:
    """Return the shape in which data enters, its axes with what the declaration, the symbols and the data
    say.
    """
    if root.shape is None:
        return None
    made = _of_parts(index, root, root.shape)
    if made is not None:
        return made
    said: list[Said | None] = [None] * root.shape.rank
    behind: list[AxisRole | None] = [None] * root.shape.rank
    declaration = index.declaration(root)
    if declaration is not None and declaration.argument not in ("input_dim", "input_length"):
        written = _kept_counts(index, declaration, said_of_shape(declaration.origin, declaration.shape.rank))
        said = [*([None] * (root.shape.rank - len(written))), *written]
        behind = _behind(index, declaration)
    elif root.producer is not None and root.producer.layer.class_name in RESHAPES | CREATIONS:
        said = _said_of_target(root.producer, root.shape.rank)
        behind = _stored(index, root.producer, root.shape)
    shape = Shape(
        _told(index, axis, name) if role is None or _is_sure(name) else _marked(axis, role)
        for axis, name, role in zip(root.shape, said, behind, strict=True)
    )
    return _with_fed(index, root, shape)


def _stored(index: Index, call: Call, shape: Shape) -> list[AxisRole | None]:
    """Return what is known of an array's axes from the rows that the program stores in it: ``x[i] = row``."""
    stored = [None if part.shape is None else part.shape.sizes for part in call.filled]
    rows = [part for part, own in zip(call.filled, stored, strict=True) if own == shape.sizes[1:]]
    if not rows or not all(own is not None and _may_be(own, shape.sizes[1:]) for own in stored):
        return [None] * shape.rank
    row = _behind_all(index, traced(index, rows[0]))
    return [None] * shape.rank if row is None else [None, *map(_read, row)]


def _may_be(one: Sequence[Size], other: Sequence[Size]) -> bool:
    return len(one) == len(other) and all(
        sizes.equal(a, b) is not False for a, b in zip(one, other, strict=True)
    )


def _of_parts(index: Index, root: Tensor, shape: Shape) -> Shape | None:
    """Return the axes of an array that an operation makes of others, with what is known of theirs."""
    call = root.producer
    if call is None or call.layer.kind != "operation" or not is_array(call):
        return None
    parts = [tensor for tensor in call.input_tensors if isinstance(tensor, Tensor)]
    if not parts:
        return None
    told = [_of_item(part, _behind_all(index, traced(index, part))) for part in parts[:MAX_PARTS]]
    if len(parts) > MAX_PARTS:
        if any(part.shape is None or part.shape.sizes != parts[0].shape.sizes for part in parts):  # type: ignore[union-attr]
            return None
        told = told[:1] * len(parts)
    is_one_of = call.layer.class_name == windows.JOIN
    made = _agreed(told) if is_one_of else layer_call.infer(call.layer, told, {}).outputs
    if not isinstance(made, Shape) or made.rank != shape.rank:
        return None
    first = told[0]
    if first is not None:
        made = windows.behind(call, first, made)
    made = windows.of_rows(call, told, windows.of_columns(call, parts, made))
    return Shape(
        _told(index, Axis(whole.size, axis.role, axis.evidence), None)
        for axis, whole in zip(made, shape, strict=True)
    )


def _agreed(alternatives: Sequence[Shape | None]) -> Shape | None:
    """Return the axes of an array that is one of several, with the roles that all of them tell."""
    known = [shape for shape in alternatives if shape is not None]
    if len(known) < len(alternatives) or len({shape.rank for shape in known}) != 1:
        return None
    return Shape(
        axes[0] if len({axis.role for axis in axes}) == 1 else Axis(axes[0].size)
        for axes in zip(*known, strict=True)
    )


def _with_fed(index: Index, root: Tensor, shape: Shape) -> Shape:
    """Return the input of a model with what the data that it is fed say: more than the names of
    its sizes do.
    """
    array = index.fed.get(id(root))
    if array is None or array.shape is None or array.shape.rank != shape.rank:
        return shape
    fed = roles_of(index, array)
    if not fed:
        return shape
    return Shape(
        _marked(axis, told)
        if place and told is not None and (_is_open(axis) if told.basis == "data" else not axis.role)
        else axis
        for place, (axis, told) in enumerate(zip(shape, fed, strict=True))
    )


def _is_open(axis: Axis) -> bool:
    """Tell whether at most a name that may mean something else tells what an axis is."""
    return not axis.role or (axis.role.startswith(MARK) and not axis.role.startswith(f"{MARK}!"))


def _kept_counts(index: Index, declaration: Declaration, said: list[Said | None]) -> list[Said | None]:
    """Return what names say of declared sizes, without the numbers of samples that are read from an array
    whose first axis a transpose has put there: ``X.T.shape[0]`` may be anything.
    """
    sources = declaration.sources if len(declaration.sources) == len(said) else (None,) * len(said)
    return [
        None
        if name is not None
        and source is not None
        and counts_samples(name.text)
        and any(map(moves_first, traced(index, source[0]).calls))
        else name
        for name, source in zip(said, sources, strict=True)
    ]


def _behind(index: Index, declaration: Declaration) -> list[AxisRole | None]:
    """Return what is known of the arrays' axes that the sizes of a declared shape are read from."""
    rank = 0 if declaration.tensor.shape is None else declaration.tensor.shape.rank
    found: list[AxisRole | None] = []
    for source in declaration.sources if len(declaration.sources) == declaration.shape.rank else ():
        told = () if source is None else roles_of(index, source[0])
        found.append(told[source[1]] if source is not None and told else None)
    return [*([None] * (rank - len(found))), *found]


def _marked(axis: Axis, told: AxisRole) -> Axis:
    """Return an axis that carries what is known of it."""
    if told.basis == "data":
        return Axis(axis.size, told.role, told.evidence)
    return Axis(axis.size, f"{MARK}{'!' if told.certain else ''}{told.role}", told.evidence)


def _told(index: Index, axis: Axis, said: Said | None) -> Axis:
    """Return an axis with the role that the data gives it, else the array that its size is taken from, else
    its name.
    """
    if axis.evidence and axis.role:
        return axis
    if said is None and not isinstance(axis.size, Expression):
        return Axis(axis.size)
    if _is_sure(said):
        return _named(axis, said)
    behind = _axis_behind(index, axis)
    if behind is not None and (behind.role != windows.COLUMNS or said is None):
        return Axis(axis.size, behind.role, behind.evidence)
    symbolic = said_of_size(axis.size)
    if _is_sure(symbolic):
        return _named(axis, symbolic)
    if said is not None and symbolic is not None and said.role != symbolic.role:
        return Axis(axis.size)  # one name contradicts the other
    found = said or symbolic
    if found is None:
        return Axis(axis.size)
    return _named(axis, found)


def _is_sure(said: Said | None) -> TypeGuard[Said]:
    """Tell whether a name cannot mean anything else."""
    return said is not None and (
        counts_samples(said.text) or counts_words(said.text) or size_of_image(said.text) != ""
    )


def _named(axis: Axis, said: Said) -> Axis:
    """Return an axis that carries what its name says."""
    evidence = () if said.origin is None else (Evidence(_spoken(said), said.origin),)
    return Axis(axis.size, f"{MARK}{'!' if _is_sure(said) else ''}{said.role}", evidence)


def _spoken(said: Said) -> str:
    return f"{said.text} {_MEASURES.get(said.role, f'is the number of {said.role}')}"


def _axis_behind(index: Index, axis: Axis) -> Axis | None:
    """Return the axis of the data whose length this size is: ``input_shape=(X.shape[1], X.shape[2])``."""
    if not isinstance(axis.size, Expression):
        return None
    return index.data_axes.get(axis.size)


def _carried(index: Index, call: Call, shape: Shape) -> Shape | None:
    """Return the shape behind one call, roles kept where the call keeps the axes."""
    after = call.output_tensors[0].shape if call.output_tensors else None
    if after is None:
        return None
    naming = call.layer.class_name in NAMING or said_of_pattern(call.layer.origin, after.rank)
    if not naming and not any(axis.role for axis in shape):
        return Shape([Axis(axis.size) for axis in after])  # there is nothing to carry along
    inputs = [tensor for tensor in call.input_tensors if isinstance(tensor, Tensor)]
    if len(inputs) == 1:
        given = [shape] if isinstance(call.inputs, list) else shape
        made = layer_call.infer(call.layer, given, {}).outputs
    else:
        made = shape  # arithmetic with another array: the axes are those of this operand
    if not isinstance(made, Shape) or made.rank != after.rank:
        made = after
    made = windows.behind(call, shape, made)
    if call.layer.class_name in RESHAPES or unwrapped(call.layer)[0].class_name == "Flatten":
        made = _with_merges(shape, made)
    if call.layer.class_name in RESHAPES or said_of_pattern(call.layer.origin, made.rank):
        said = _said_of_target(call, made.rank)
        made = Shape(
            axis if axis.role else _told(index, axis, name) for axis, name in zip(made, said, strict=True)
        )
    return made


def _with_merges(before: Shape, after: Shape) -> Shape:
    """Return the axes behind a reshape: one that has time among its parts is told by all of their roles."""
    axes = list(after)
    for place, parts in rearrangement.merged(before.sizes, after.sizes).items():
        told = [_read(before[part]) for part in parts]
        known = [role for role in told if role is not None]
        is_told = axes[place].role and axes[place].evidence
        if is_told or not any(role.role in TIME for role in known):
            continue
        marks = SLID if any(role.computed for role in known) else ""
        marks += MARK if any(role.basis == "name" for role in known) else ""
        text = JOINED.join("values" if role is None else role.role for role in told)
        axes[place] = Axis(
            axes[place].size, f"{marks}{text}", tuple(e for role in known for e in role.evidence)
        )
    return Shape(axes)


def parts(role: Role) -> list[Role]:
    """Return the roles of the axes that a reshape merged to one."""
    return role.split(JOINED)


def _said_of_target(call: Call, rank: int) -> list[Said | None]:
    """Return what the source says of the axes that a reshape makes."""
    nothing: list[Said | None] = [None] * rank
    origin = call.layer.origin
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.Call):
        return nothing
    if (told := said_of_pattern(origin, rank)) is not None:
        return told
    node, file = origin.node, origin.file
    own = int(call.layer.kind == "layer")  # a layer's target leaves the batch out
    stated = next((keyword.value for keyword in node.keywords if keyword.arg in TARGETS), None)
    arguments = list(node.args) if stated is None else [stated]
    if stated is None and call.layer.class_name in CREATIONS:
        # np.zeros((n, steps), "float32"), np.random.normal(0, 1, (n, steps)), np.random.rand(n, steps)
        arguments = [part for part in arguments if isinstance(part, ast.Tuple | ast.List)] or arguments
    if stated is None and not own and len(arguments) != rank:
        arguments = arguments[-1:]  # np.reshape(X, (n, steps, features))
    return [None] * own + said_of_arguments(file, arguments, rank - own)


def _read(axis: Axis) -> AxisRole | None:
    computed = axis.role.startswith(SLID)
    role = axis.role.removeprefix(SLID)
    if not role or (not axis.evidence and not role.startswith(MARK)):
        return None
    if not role.startswith(MARK):
        return AxisRole(role, "data", axis.evidence, True, computed)
    role = role.removeprefix(MARK)
    return AxisRole(role.removeprefix("!"), "name", axis.evidence, role.startswith("!"), computed)


def trail(index: Index, call: Call) -> Iterator[Evidence]:
    """Yield where the roles of a call's input come from, axis by axis."""
    for tensor in call.input_tensors[:1]:
        if isinstance(tensor, Tensor):
            for told in roles_of(index, tensor)[1:]:
                if told is not None:
                    yield from told.evidence
