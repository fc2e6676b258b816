"""Facts about the height and the width that a function is given as a size, by their names.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from layoutlint.facts.assignments import attributes_given, single_assignments
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.names import WORD, axes_in_comment, role_of, said_of_size, size_of_opened, words
from layoutlint.model.axes import Role
from layoutlint.model.origins import SourceFile, SourceOrigin
from layoutlint.model.syntax_text import nodes_of, syntax_if_any, written

HEIGHT_FIRST: Final = ("height", "width")
WIDTH_FIRST: Final = ("width", "height")
SHAPING: Final = frozenset(["reshape", "zeros", "ones", "full"])
"""Operations whose shape may be read from an image."""

SIZED_LAYERS: Final = frozenset(["Resizing", "CenterCrop", "RandomCrop"])
"""Layers whose ``height`` and ``width`` are arguments, in this order."""

LETTERS: Final[dict[str, Role]] = {"h": "height", "w": "width"}
"""What these letters mean where they are the size of an image: ``h``, ``new_w``."""

AROUND_LETTERS: Final = frozenset(
    [
        "new",
        "old",
        "orig",
        "original",
        "org",
        "img",
        "image",
        "im",
        "in",
        "out",
        "input",
        "output",
        "target",
        "dst",
        "src",
        "crop",
        "box",
        "bbox",
        "rect",
        "roi",
        "face",
        "patch",
        "corner",
        "resize",
        "resized",
        "scaled",
        "n",
        "o",
        "t",
        "model",
        "net",
        "max",
        "min",
        "final",
        "desired",
    ]
)

ITEM: Final = re.compile(r"^(?P<array>.+)\.shape\[(?P<place>[01])\]$")
ITEM_OF_DECLARED: Final = re.compile(
    r"^(?!.*(?:batch|model\.))(?:.*[._])?(?:shape|shapes|imshape)\[(?P<place>[01])\]$", re.IGNORECASE
)
"""A side in the shape of an image that a program declares: ``input_shape[0]``."""
ROUNDING: Final = frozenset(["int", "round", "float", "ceil", "floor", "rint", "int32", "int64"])


class GivenSize(Struct, frozen=True):
    """The size of an image as it is written for a function: the wanted order, and what is said of each."""

    order: tuple[str, str]
    given: tuple[Value, Value]
    texts: tuple[str, str] | None
    said: tuple[Role, Role]
    from_shape: bool
    """Whether both are axes of an array."""
    place: SourceOrigin
    parts: list[ast.expr] | None = None
    """The two as they are written."""
    named: str = ""
    """What a comment beside two numbers calls them: ``(height, width)``."""

    @property
    def is_swapped(self) -> bool:
        """Whether each of the two is said to be the other."""
        return self.said == (self.order[1], self.order[0])


def _given_size(view: LayerView) -> GivenSize | None:
    layer = view.call.layer
    if layer.kind == "operation" and "size_order" in layer.config:
        origin = layer.origin
        if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.expr):
            return None
        order, given = layer.config["size_order"], layer.config["size"]
        return _read_size(order, given, _two(origin.file, origin.node, whole=order == WIDTH_FIRST), origin)
    if layer.kind == "operation" and layer.class_name in SHAPING and isinstance(layer.origin, SourceOrigin):
        return _size_in_shape(layer.origin)
    if view.layer.class_name in SIZED_LAYERS and isinstance(view.layer.origin, SourceOrigin):
        node = view.layer.origin.node
        config = view.layer.config
        if not isinstance(node, ast.Call):
            return None
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        nodes = dict(zip(HEIGHT_FIRST, node.args, strict=False)) | named
        if not all(name in nodes for name in HEIGHT_FIRST):
            return None
        parts = [nodes[name] for name in HEIGHT_FIRST]
        return _read_size(HEIGHT_FIRST, (config.get("height"), config.get("width")), parts, view.layer.origin)
    return None


def _size_in_shape(origin: SourceOrigin) -> GivenSize | None:
    """Return two neighbours in the shape of an array that are the size of an image of Pillow."""
    if not isinstance(origin.node, ast.Call):
        return None
    arguments = [*origin.node.args, *(keyword.value for keyword in origin.node.keywords)]
    for items in ([part.elts for part in arguments if isinstance(part, ast.Tuple | ast.List)], [arguments]):
        for first, second in (pair for each in items for pair in pairwise(each)):
            roles = [size_of_opened(origin.file, _given_to(origin.file, part)) for part in (first, second)]
            if sorted(roles) == ["height", "width"]:
                return _read_size(HEIGHT_FIRST, (UNKNOWN, UNKNOWN), [first, second], origin)
    return None


def _given_to(file: SourceFile, node: ast.expr) -> ast.expr:
    """Return what a name is given, where it is given something once."""
    return single_assignments(file, node).get(node.id, node) if isinstance(node, ast.Name) else node


def _read_size(
    order: tuple[str, str],
    given: tuple[Value, Value],
    parts: list[ast.expr] | None,
    origin: SourceOrigin,
) -> GivenSize:
    texts = None if parts is None else (written(parts[0]), written(parts[1]))
    found: list[tuple[Role, bool]] = []
    for place in range(2):
        said = ("", False) if parts is None else said_of(origin.file, parts[place])
        behind = said_of_size(given[place])
        if not said[0] and behind is not None:
            said = (behind.role, False)
        found.append(said)
    if texts is not None and ("", False) in found:
        found = [(role, False) for role in _said_by_pair(*texts)] or found
    names = _names_in_comment(origin.file, parts or [])
    if names:
        found = [(role_of(name), False) for name in names]
    (first, first_is_axis), (second, second_is_axis) = found
    both = first_is_axis and second_is_axis
    return GivenSize(order, given, texts, (first, second), both, origin, parts, ", ".join(names))


def _names_in_comment(file: SourceFile, parts: list[ast.expr]) -> list[str]:
    """Return what a comment beside two numbers calls them: ``SIZE = (64, 96)  # height, width``."""
    if not parts or not all(isinstance(part, ast.Constant) for part in parts):
        return []
    names = (axes_in_comment(file.lines, parts[0].lineno) or [])[:2]
    return names if sorted(map(role_of, names)) == sorted(HEIGHT_FIRST) else []


SIDE_WORDS: Final[dict[str, Role]] = LETTERS | {
    word: role
    for role, spelled in {"height": "height row rows", "width": "width col cols column columns"}.items()
    for word in spelled.split()
}


def _said_by_pair(first: str, second: str) -> list[Role]:
    """Return what two names say of a size that differ in the word for the side alone, whatever their other
    words: ``TILE_WIDTH`` and ``TILE_HEIGHT``; nothing for other pairs.
    """
    pairs = list(zip(words(first), words(second), strict=False))
    different = [(SIDE_WORDS.get(one, ""), SIDE_WORDS.get(other, "")) for one, other in pairs if one != other]
    is_pair = len(words(first)) == len(words(second)) and len(different) == 1
    return list(different[0]) if is_pair and sorted(different[0]) == sorted(HEIGHT_FIRST) else []


def _two(file: SourceFile, node: ast.expr, depth: int = 4, *, whole: bool = True) -> list[ast.expr] | None:
    """Return the expressions of the two sizes: of a tuple, a name that is given one once,
    ``img.shape[:2]``.

    If they need not be the ``whole``, the channels may follow, as in scikit-image's output_shape.
    """
    if isinstance(node, ast.Name) and depth:
        assigned = single_assignments(file, node).get(node.id)
        return None if assigned is None else _two(file, assigned, depth - 1, whole=whole)
    if isinstance(node, ast.Tuple | ast.List):
        fits = len(node.elts) == 2 or (len(node.elts) == 3 and not whole)
        fits = fits and not any(isinstance(item, ast.Starred) for item in node.elts)
        return list(node.elts[:2]) if fits else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tuple", "list"):
        plain = len(node.args) == 1 and not node.keywords
        return _two(file, node.args[0], depth, whole=whole) if plain else None
    if isinstance(node, ast.Subscript) and _takes_two(node.slice):
        assigned = single_assignments(file, node.value).get(getattr(node.value, "id", ""))
        if isinstance(assigned, ast.Tuple | ast.List) and not _are_numbers(assigned.elts[:2]):
            return _two(file, ast.Tuple(assigned.elts[:2], ast.Load()))
        items: list[ast.expr] = [
            ast.Subscript(node.value, ast.Constant(place), ast.Load()) for place in range(2)
        ]
        return items if all(_said_of_name(file, item)[0] for item in items) else None
    return None


def _are_numbers(nodes: list[ast.expr]) -> bool:
    return all(isinstance(node, ast.Constant) for node in nodes)


def _takes_two(part: ast.expr) -> bool:
    """``[:2]``, ``[0:2]`` and ``[:-1]``, of a shape."""
    if not isinstance(part, ast.Slice) or part.step is not None:
        return False
    lower, upper = (None if bound is None else written(bound) for bound in (part.lower, part.upper))
    return lower in (None, "0") and upper in ("2", "-1")


def said_of(file: SourceFile, node: ast.expr, depth: int = 4) -> tuple[Role, bool]:
    """Return the role that an expression's names give it, and whether it is an axis of an array."""
    found = {_said_of_name(file, part, depth) for part in _names(file, node, depth)}
    return found.pop() if len(found) == 1 else ("", False)


def _names(file: SourceFile, node: ast.expr, depth: int) -> Iterator[ast.expr]:
    """Yield the names in the arithmetic of one size, numbers and scales left out: ``int(h * scale)`` has
    ``h``.
    """
    if isinstance(node, ast.BinOp):
        sides = [list(_names(file, node.left, depth)), list(_names(file, node.right, depth))]
        telling = [part for side in sides for part in side if _said_of_name(file, part, depth)[0]]
        yield from telling or sides[0] + sides[1]
    elif isinstance(node, ast.Call) and len(node.args) == 1 and called_name(node) in ROUNDING:
        yield from _names(file, node.args[0], depth)
    elif not isinstance(node, ast.Constant):
        yield node


def called_name(node: ast.Call) -> str:
    """Return the name by which a call calls something, without what is before a dot."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _said_of_name(file: SourceFile, node: ast.expr, depth: int = 4) -> tuple[Role, bool]:
    text = written(_of_named_shape(file, node))
    item = ITEM.match(text)
    if item is not None:
        return (HEIGHT_FIRST[int(item["place"])], True)
    declared = ITEM_OF_DECLARED.match(text)
    if declared is not None:
        # programs may declare any order; in the shapes that Keras reads the height comes first
        return (HEIGHT_FIRST[int(declared["place"])], False)
    if pillow := size_of_opened(file, node):
        return (pillow, True)
    if depth and (listed := _listed(file, node)) is not None:
        return said_of(file, listed, depth - 1)
    said = _role_of_size(text)
    if isinstance(node, ast.Name) and depth:
        assigned = single_assignments(file, node).get(node.id)
        found = ("", False) if assigned is None else said_of(file, assigned, depth - 1)
        # w, h = img.shape[:2]: what it is says more than what it is called
        if found[1] or not said:
            return found
    return (said, False)


def _listed(file: SourceFile, node: ast.expr) -> ast.expr | None:
    """Return what a place in a tuple holds that is assigned once: ``rows`` for ``self.size[0]``, where
    ``self.size`` is ``(rows, cols)``.
    """
    match node:
        case ast.Subscript(ast.Name(name) as whole, ast.Constant(int() as place)):
            given = single_assignments(file, whole).get(name)
        case ast.Subscript(ast.Attribute() as whole, ast.Constant(int() as place)):
            given = attributes_given(file).get(written(whole))
        case _:
            return None
    items = given.elts if isinstance(given, ast.Tuple | ast.List) else []
    return items[place] if -len(items) <= place < len(items) else None


def _of_named_shape(file: SourceFile, node: ast.expr) -> ast.expr:
    """Return ``img.shape[0]`` for ``size[0]``, where the program says ``size = img.shape`` once, or
    ``size = img.shape[:2]``.
    """
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name):
        return node
    given = _given_to(file, node.value)
    if isinstance(given, ast.Subscript) and _takes_two(given.slice):
        given = given.value
    is_shape = isinstance(given, ast.Attribute) and given.attr == "shape"
    return ast.Subscript(given, node.slice, ast.Load()) if is_shape else node


def _role_of_size(text: str) -> Role:
    """Return what a name says of a size: ``h``, ``new_w``, ``w_scaled``, ``scaled_rows``."""
    last = text.rsplit(".", 1)[-1]
    parts = [part for part in words(last) if not part.isdigit()] if last.isidentifier() else []
    telling = [part for part in parts if part not in AROUND_LETTERS]
    if len(telling) == 1 and telling[0] in LETTERS:
        return LETTERS[telling[0]]
    return role_of(text) or role_of("_".join(telling))


@TABLE.fact(
    Type.TRUTH,
    "for a function or layer that takes the size of an image: the two numbers are swapped, by their "
    "names, or as axes of an array",
)
def size_swapped(view: LayerView) -> Value:
    size = _given_size(view)
    return size is not None and size.is_swapped


@TABLE.fact(
    Type.TRUTH,
    "both numbers of `size_given` are written as axes of an array: `img.shape[:2]`, `x.shape[0] // 2`",
)
def size_from_shape(view: LayerView) -> Value:
    size = _given_size(view)
    return size is not None and size.from_shape


ARRAYS: Final = frozenset(["zeros", "ones", "empty", "full", "ndarray", "reshape", "Input"])
SHAPES: Final = frozenset(["shape", "input_shape", "batch_shape", "batch_input_shape", "newshape"])


@lru_cache(maxsize=8)
def _neighbours_in_shapes(file: SourceFile) -> frozenset[tuple[str, str]]:
    """Return the pairs of expressions that are neighbours in a shape that a file makes or declares, in one
    order only.
    """
    tree = syntax_if_any(file.text)
    found: set[tuple[str, str]] = set()
    for node in () if tree is None else nodes_of(tree):
        if not isinstance(node, ast.Call):
            continue
        given = [keyword.value for keyword in node.keywords if keyword.arg in SHAPES]
        if called_name(node) in ARRAYS:
            given += node.args
        for shape in given:
            if isinstance(shape, ast.Tuple | ast.List) and len(shape.elts) > 2:
                found.update(pairwise(map(written, shape.elts)))
    return frozenset(pair for pair in found if pair[::-1] not in found)


@TABLE.fact(
    Type.TRUTH,
    "the two numbers of `size_given` are neighbours, in this order, in a shape of three axes or more that "
    "the file makes or declares, `np.zeros((n, rows, cols, 3))`, and never in the other",
)
def size_in_shape_order(view: LayerView) -> Value:
    size = _given_size(view)
    return size is not None and size.texts in _neighbours_in_shapes(size.place.file)


OTHER_SIDE: Final = {"width": "height", "height": "width", "w": "h", "h": "w", "cols": "rows", "rows": "cols"}


def _other_side(size: GivenSize) -> str:
    """Return the name of the other side, where one is written twice, and the file has the two as a pair."""
    if size.texts is None or size.texts[0] != size.texts[1] or not size.said[0]:
        return ""
    name = size.texts[0]
    head, dot, last = name.rpartition(".")
    sides = [word for word in WORD.finditer(last) if word.group().lower() in OTHER_SIDE]
    if not last.isidentifier() or len(sides) != 1:
        return ""
    start, end = sides[0].span()
    other = head + dot + last[:start] + _exchanged(last[start:end]) + last[end:]
    pair = (
        rf"(?<![\w.])(?:{re.escape(name)}, ?{re.escape(other)}|{re.escape(other)}, ?{re.escape(name)})(?!\w)"
    )
    return other if re.search(pair, size.place.file.text) else ""


def _exchanged(word: str) -> str:
    """Return the word for the other side, in the case of this one: ``Width`` → Height, ``W`` → H."""
    other = OTHER_SIDE[word.lower()]
    return other.upper() if word.isupper() else other.capitalize() if word.istitle() else other


@TABLE.fact(
    Type.TEXT,
    "for a size that is one name twice, `(width, width)`: the size with the other side, whose name the file "
    "writes beside this one elsewhere: `(width, height)`; the empty text for all else",
)
def size_with_both_sides(view: LayerView) -> Value:
    size = _given_size(view)
    other = "" if size is None else _other_side(size)
    if size is None or size.texts is None or not other:
        return ""
    both = (size.texts[0], other)
    return f"({', '.join(both if size.said[0] == size.order[0] else reversed(both))})"


@TABLE.fact(Type.LIST, "the two numbers that a function gets as the size of an image")
def size_given(view: LayerView) -> Value:
    size = _given_size(view)
    return UNKNOWN if size is None else size.given


@TABLE.fact(Type.TEXT, "the order in which a function takes the size of an image: `(width, height)`")
def size_order(view: LayerView) -> Value:
    size = _given_size(view)
    return UNKNOWN if size is None else f"({', '.join(size.order)})"


@TABLE.fact(Type.TEXT, "the size of an image as it is written: `(rows, cols)`")
def size_written(view: LayerView) -> Value:
    size = _given_size(view)
    if size is None or size.texts is None:
        return UNKNOWN
    return f"({', '.join(size.texts)})" + (f", which a comment calls ({size.named})" if size.named else "")


@TABLE.fact(Type.TEXT, "`size_written` with its two numbers swapped")
def size_exchanged(view: LayerView) -> Value:
    size = _given_size(view)
    return UNKNOWN if size is None or size.texts is None else f"({', '.join(reversed(size.texts))})"


@TABLE.fact(
    Type.TEXT,
    "for `size_written`: what a name in it is given, where that is another axis than the name says: `w is "
    "img.shape[0], the height`; the empty text if there is none",
)
def size_renamed(view: LayerView) -> Value:
    size = _given_size(view)
    if size is None or size.parts is None:
        return ""
    file = size.place.file
    for part in size.parts:
        for name in ast.walk(part):
            if not isinstance(name, ast.Name):
                continue
            given = _given_to(file, name)
            called, (role, is_axis) = _role_of_size(name.id), _said_of_name(file, given)
            if is_axis and called and role != called:
                return f"{name.id} is {written(given)}, the {role}"
    return ""
