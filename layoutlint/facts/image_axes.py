"""Facts about images: whether the height and the width stand where they are read.

Part of the facts about a layer and about a declaration; ``layoutlint.facts.registry`` puts them beside the
others.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import Final

from layoutlint.facts import declaration as declarations
from layoutlint.facts.assignments import single_assignments
from layoutlint.facts.declaration import DeclarationView
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.given_sizes import called_name
from layoutlint.facts.index import unwrapped
from layoutlint.facts.layer_view import TABLE as LAYERS
from layoutlint.facts.layer_view import LayerView, spoken
from layoutlint.facts.names import words
from layoutlint.facts.permutations import TRANSPOSES
from layoutlint.facts.reshapes import REFILL, array_name
from layoutlint.facts.roles import AxisRole, roles_of
from layoutlint.facts.trace import upstream
from layoutlint.layers.registry import spec_of
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Tensor, is_unknown
from layoutlint.model.origins import SourceFile, SourceOrigin
from layoutlint.model.sizes import Expression, equal, product
from layoutlint.model.syntax_text import nodes_of, syntax_if_any, written

SEQUENTIAL: Final = frozenset(["LSTM", "GRU", "SimpleRNN", "RNN", "CuDNNLSTM", "CuDNNGRU", "CTCLayer"])
"""Layers that read a line of text along its width: there the width stands first on purpose."""


# Images whose channels are moved -------------------------------------------------------------------

CHANNELS_LAST: Final = ("height", "width", "channels")
TURNED: Final = frozenset(
    [
        (CHANNELS_LAST, ("channels", "width", "height")),
        (("channels", "height", "width"), ("width", "height", "channels")),
    ]
)
"""Orders of the axes before and behind a call that moves the channels and exchanges height and width too."""


@LAYERS.fact(
    Type.TRUTH,
    "a transpose moves the channels of images to the other end and exchanges height and width, by the roles "
    "of the data: `img.swapaxes(0, 2)`, `img.T`",
)
def turns_images(view: LayerView) -> Value:
    outputs = [tensor for tensor in view.call.output_tensors if isinstance(tensor, Tensor)]
    if view.layer.class_name not in TRANSPOSES or view.tensor is None or len(outputs) != 1:
        return False
    before, after = (
        tuple(
            told.role
            for told in roles_of(view.index, tensor)
            if told is not None and told.basis == "data" and told.role in CHANNELS_LAST
        )
        for tensor in (view.tensor, outputs[0])
    )
    return (before, after) in TURNED


@LAYERS.fact(Type.TRUTH, "another transpose reads what this call makes, directly or after operations")
def turned_again(view: LayerView) -> Value:
    behind = view.index.onward(view.call.output_tensors, _of_operations, MAX_READERS)
    return any(call.layer.class_name in TRANSPOSES for call, _ in behind)


def _of_operations(call: Call, tensor: Tensor) -> list[Tensor]:
    return call.output_tensors if call.layer.kind == "operation" else []


# Images resized in memory order ----------------------------------------------------------------

IMAGE_WORDS: Final = frozenset(["img", "image", "picture", "pic", "photo", "frame", "mask"])
IMAGE_CHANNELS: Final = (1, 3, 4)
VOLUME_WORDS: Final = frozenset(["vol", "volume", "scan", "mri", "ct", "nifti", "nii"])
SHORTEST_OF_VOLUME: Final = 8
MAX_SHOWN: Final = 30
MAX_READERS: Final = 64


@LAYERS.fact(
    Type.TEXT,
    "for `np.resize` and `x.resize`: what tells that it is given an image of another number of values than "
    "it makes, the `data` or the `names`; the empty text if nothing does",
    ("", "data", "names"),
)
def refills_image(view: LayerView) -> Value:
    outputs = view.call.output_tensors
    made = outputs[0].shape if outputs and isinstance(outputs[0], Tensor) else None
    if view.layer.class_name != REFILL or made is None or made.rank < 2:
        return ""
    if view.tensor is not None and view.tensor.shape is not None:
        given = view.tensor.shape
        is_as_many = equal(product(given.sizes), product(made.sizes))
        if is_as_many is True or (is_as_many is None and _has_assumed_sizes(given)):
            return ""
        told = {role.role for role in roles_of(view.index, view.tensor) if role is not None}
        told |= {axis.role for axis in given}
        return "data" if told >= {"height", "width"} else ""
    name = array_name(view)
    called = {part.rstrip("s") for part in words(name.rsplit(".", 1)[-1])} if name else set()
    is_image = called & IMAGE_WORDS and made[-1].size in IMAGE_CHANNELS and made.rank >= 3
    if not is_image and not (called & VOLUME_WORDS and _is_volume(made)):
        return ""
    return "" if _is_resized_before(view, name or "") else "names"


def _is_volume(shape: Shape) -> bool:
    """Tell whether an array has three axes that are long enough for a volume, and perhaps channels."""
    sizes = shape.sizes[:3]
    has_three = shape.rank == 3 or (shape.rank == 4 and shape[-1].size in IMAGE_CHANNELS)
    return has_three and all(isinstance(size, int) and size >= SHORTEST_OF_VOLUME for size in sizes)


def _is_resized_before(view: LayerView, name: str) -> bool:
    """Tell whether a function that is not followed resizes the array, perhaps to the sizes that are made."""
    origin = view.layer.origin
    if not isinstance(origin, SourceOrigin):
        return False
    given = single_assignments(origin.file, getattr(origin, "node", None)).get(name)
    return isinstance(given, ast.Call) and "resize" in written(given.func)


def _has_assumed_sizes(shape: Shape) -> bool:
    """Tell whether the program chose a size of the image that nobody knows: it is not that of its file. Where
    height and width are known, the channels alone are open.
    """
    if all(isinstance(size, int) for size in shape.sizes[:2]):
        return True
    symbols = [symbol for size in shape.sizes if isinstance(size, Expression) for symbol in size.symbols()]
    return any(symbol.is_assumed for symbol in symbols)


@LAYERS.fact(Type.TEXT, "for `np.resize` and `x.resize`: the array as it is written")
def refilled_name(view: LayerView) -> Value:
    node = view.layer.origin.node if isinstance(view.layer.origin, SourceOrigin) else None
    if not isinstance(node, ast.Call):
        return "x"
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if owner is None or getattr(owner, "id", "") in ("np", "numpy"):
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        owner = node.args[0] if node.args else named.get("a")
    text = "x" if owner is None else written(owner)
    return text if len(text) <= MAX_SHOWN else "x"


# Rows of a file that hold one colour after the other ----------------------------------------------

PLANAR_FILE: Final = re.compile(r"data_batch|cifar", re.IGNORECASE)
PLANAR_KEY: Final = re.compile(r"""\[b?['"]data['"]\]""")
ROWS_OF_FILE: Final = re.compile(PLANAR_KEY.pattern + "$")
PLANAR_TURNED: Final = re.compile(r"\b3\s*,\s*32\s*,\s*32\b")
PLANAR_SIZES: Final = (32, 32, 3)


@LAYERS.fact(
    Type.TRUTH,
    "a reshape makes (32, 32, 3) of the rows of CIFAR's files, which hold all red values, then all green and "
    "all blue ones",
)
def planar_rows(view: LayerView) -> Value:
    file = _file_of_planar(view)
    if file is None:
        return False
    name = array_name(view) or ""
    assigned = single_assignments(file).get(name)
    return any(ROWS_OF_FILE.search(text) for text in (name, "" if assigned is None else written(assigned)))


def _file_of_planar(view: LayerView) -> SourceFile | None:
    """Return the program of a reshape that makes (32, 32, 3), if it names CIFAR or its files; else None."""
    outputs, origin = view.call.output_tensors, view.layer.origin
    made = outputs[0].shape if outputs and isinstance(outputs[0], Tensor) else None
    if view.layer.class_name != "reshape" or made is None or made.sizes[-3:] != PLANAR_SIZES:
        return None
    if not isinstance(origin, SourceOrigin) or not PLANAR_FILE.search(origin.file.text):
        return None
    return origin.file


@LAYERS.fact(
    Type.TRUTH,
    "a reshape makes (32, 32, 3) of an array of unknown shape, in a program that reads the rows of CIFAR's "
    "files and nowhere makes (3, 32, 32) of them",
)
def may_be_planar(view: LayerView) -> Value:
    file = _file_of_planar(view)
    if file is None or view.tensor is None or view.tensor.shape is not None:
        return False
    return PLANAR_KEY.search(file.text) is not None and PLANAR_TURNED.search(file.text) is None


# Images without channels ----------------------------------------------------------------


def _samples_as_height(view: LayerView) -> AxisRole | None:
    """Return the first of three axes that are read as (height, width, channels), where it counts samples."""
    if view.tensor is None or view.tensor.shape is None or view.tensor.shape.rank != 3:
        return None
    told = roles_of(view.index, view.tensor)
    first, second, _ = told if len(told) == 3 else (None, None, None)
    counts = (
        first is not None and first.role in ("samples", "batch") and (first.basis == "data" or first.certain)
    )
    measures = second is None or second.role == "height"
    return first if counts and measures else None


@LAYERS.fact(
    Type.TRUTH,
    "for an operation on images: of three axes, which it reads as (height, width, channels), the first "
    "counts samples",
)
def samples_as_height(view: LayerView) -> Value:
    return _samples_as_height(view) is not None


@LAYERS.fact(Type.TEXT, "in words, the evidence that the first axis of images counts samples")
def pictures_said(view: LayerView) -> Value:
    told = _samples_as_height(view)
    return UNKNOWN if told is None or not told.evidence else told.evidence[-1].message


@LAYERS.fact(Type.TEXT, "an operation by its name in programs: `tf.image.resize`")
def operation_name(view: LayerView) -> Value:
    layer = view.call.layer
    if layer.kind != "operation":
        return UNKNOWN
    return (layer.name or layer.class_name).replace("tensorflow.", "tf.")


# Height and width in a declared shape ----------------------------------------------------------------


def _places(call: Call, depth: int = 4) -> tuple[int, int] | None:
    """Return where a call reads the height and the width of its input, the batch counted; None for other
    inputs.
    """
    if call.layer.network is not None:
        first = next((c for c in call.layer.network.calls if c.layer.kind == "layer"), None)
        return None if first is None or not depth else _places(first, depth - 1)
    inner, hidden = unwrapped(call.layer)
    spec = spec_of(inner)
    if spec is None or spec.rank != 4 or "data_format" not in inner.config:
        return None
    first_place = 2 if inner.config["data_format"] == "channels_first" else 1
    return hidden + first_place, hidden + first_place + 1


def _reader(view: DeclarationView) -> tuple[Call, int, int] | None:
    """Return the first reader of a declared image, and where it reads the height and the width."""
    for call in view.readers:
        places = _places(call)
        if places is not None:
            return call, *places
    return None


def _height_and_width(view: DeclarationView) -> tuple[AxisRole | None, AxisRole | None] | None:
    found = _reader(view)
    if found is None:
        return None
    told = roles_of(view.index, view.declaration.tensor)
    _, height, width = found
    return (told[height], told[width]) if len(told) > width else None


@declarations.TABLE.fact(
    Type.TEXT,
    "for an image: the evidence that width and height are swapped: the "
    "`data` or the `names`; the empty text if nothing does",
    ("", "data", "names"),
)
def width_first_by(view: DeclarationView) -> Value:
    told = _height_and_width(view)
    first, second = told or (None, None)
    if first is None or second is None or (first.role, second.role) != ("width", "height"):
        return ""
    if read_height(view) is None and read_width(view) is None:
        return ""  # images of any size have no order
    return "data" if all(axis.basis == "data" or axis.certain for axis in (first, second)) else "names"


@declarations.TABLE.fact(Type.TEXT, "in words, the evidence that an axis of an image is its width")
def width_said(view: DeclarationView) -> Value:
    told = _height_and_width(view)
    first = None if told is None else told[0]
    return first.evidence[-1].message if first is not None and first.evidence else UNKNOWN


@declarations.TABLE.fact(Type.SIZE, "for an image: the axis that is read as height")
def read_height(view: DeclarationView) -> Value:
    found, shape = _reader(view), view.declaration.tensor.shape
    return UNKNOWN if found is None or shape is None or shape.rank <= found[1] else shape[found[1]].size


@declarations.TABLE.fact(Type.SIZE, "for an image: the axis that is read as width")
def read_width(view: DeclarationView) -> Value:
    found, shape = _reader(view), view.declaration.tensor.shape
    return UNKNOWN if found is None or shape is None or shape.rank <= found[2] else shape[found[2]].size


@declarations.TABLE.fact(Type.TEXT, "the layer that reads height and width, as messages name it")
def picture_reader(view: DeclarationView) -> Value:
    found = _reader(view)
    return UNKNOWN if found is None else spoken(found[0])


@declarations.TABLE.fact(
    Type.TRUTH,
    "a recurrent layer follows, or one reads what nobody knows: a line of text is read along its width, "
    "which then is first on purpose",
)
def read_along_width(view: DeclarationView) -> Value:
    queue: list[Tensor] = [view.declaration.tensor]
    seen: set[int] = set()
    for tensor in queue:
        for call in view.index.consumers.get(id(tensor), ()):
            if id(call) in seen or len(seen) > 512:
                continue
            seen.add(id(call))
            if unwrapped(call.layer)[0].class_name in SEQUENTIAL:
                return True
            queue.extend(call.output_tensors)
    return any(
        unwrapped(call.layer)[0].class_name in SEQUENTIAL and _comes_from_nowhere(call)
        for call in view.index.graph.calls
    )


def _comes_from_nowhere(call: Call) -> bool:
    """Tell whether a layer reads something whose way is not known: it may be the image."""
    return any(
        isinstance(tensor, Tensor) and is_unknown(tensor)
        for each in (call, *upstream(call, 512))
        for tensor in each.input_tensors
    )


# Images that are turned ----------------------------------------------------------------

FLATTENING: Final = ("flatten", "ravel")
EXCHANGES: Final = frozenset([(1, 0), (1, 0, 2), (0, 2, 1), (0, 2, 1, 3), (2, 1, 0), (2, 1), (2, 1, 3)])
"""Orders of axes in which height and width have changed places."""
TURNING_WORDS: Final = ("transpose", "ermute", "swapaxes", ".T", "rot90")


def _turns(view: LayerView | DeclarationView) -> bool:
    origin = view.call.origin if isinstance(view, LayerView) else view.declaration.origin
    return isinstance(origin, SourceOrigin) and _turns_pictures(origin.file)


@lru_cache(maxsize=8)
def _turns_pictures(file: SourceFile) -> bool:
    """Tell whether a file exchanges two neighbouring axes: ``img.T``, ``tf.transpose(x, [1, 0, 2])``.

    What is flattened at once, ``mask.T.ravel()``, is a list of pixels, column by column, and no image.
    """
    if not any(word in file.text for word in (*TURNING_WORDS, *QUARTER_TURNS)):
        return False
    tree = syntax_if_any(file.text)
    if tree is None:
        return False
    nodes = nodes_of(tree)
    flattened = [node.value for node in nodes if isinstance(node, ast.Attribute) and node.attr in FLATTENING]
    return any(_exchanges(node) and node not in flattened for node in nodes)


QUARTER_TURNS: Final = frozenset(
    [
        "ROTATE_90_CLOCKWISE",
        "ROTATE_90_COUNTERCLOCKWISE",
        "ROTATE_90",
        "ROTATE_270",
        "TRANSPOSE",
        "TRANSVERSE",
    ]
)
"""How OpenCV and Pillow say that they turn an image, or exchange its axes."""


def _exchanges(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and (node.attr == "T" or node.attr in QUARTER_TURNS):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = called_name(node)
    if name in ("swapaxes", "rot90"):
        return True
    if name not in ("transpose", "permute_dimensions", "Permute", "permute"):
        return False
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    orders = [_numbers(argument) for argument in arguments]
    if not any(orders):
        # no order at all turns everything round; one that is computed may be anything
        return len(arguments) < 2
    flat = tuple(item for order in orders if order and len(order) == 1 for item in order)
    return any(order in EXCHANGES for order in (*orders, flat))


def _numbers(node: ast.expr) -> tuple[int, ...]:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    if all(isinstance(part, ast.Constant) and type(part.value) is int for part in parts):
        return tuple(part.value for part in parts)  # type: ignore[attr-defined]
    return ()


@LAYERS.fact(
    Type.TRUTH,
    "the file swaps the axes of height and width somewhere (`img.T`, `transpose(x, [1, 0, 2])`): then "
    "their order may be intended",
)
def file_turns_pictures(view: LayerView) -> Value:
    return _turns(view)


declarations.TABLE.fact(
    Type.TRUTH,
    "the file swaps the axes of height and width somewhere (`img.T`, `transpose(x, [1, 0, 2])`): then "
    "their order may be intended",
)(file_turns_pictures)
