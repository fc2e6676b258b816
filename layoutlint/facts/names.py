"""Names as evidence: what the length of an axis is called in the source says what the axis means.

The words are data (``layoutlint/knowledge/names.yaml``). A name is split into words, words that say only "how
many" are taken off its ends, and what is left must be a phrase of the table as a whole.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from layoutlint.facts.assignments import single_assignments
from layoutlint.model.axes import Role
from layoutlint.model.graph import Call
from layoutlint.model.origins import Origin, SourceFile, SourceOrigin
from layoutlint.model.sizes import Expression, Symbol
from layoutlint.model.syntax_text import written
from layoutlint.system.kept_data import own_yaml

TABLE_FILE: Final = Path(__file__).parent.parent / "knowledge" / "names.yaml"

WORD: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\dA-Z_]+|[A-Z]+|\d+")
"""``imgHeight`` is img height, ``IMG_HEIGHT`` too, ``NUMFeatures`` is num features, ``x1`` is x 1."""

MANY: Final = (
    r"(?:(?-i:X)|xs|images|samples|train|test|x_?(?:train|test|valid|val|tr|te|data)\w*|\w+_(?:train|test)"
    r"|(?:train|test|valid|val)_?(?:x|xs|data|images|imgs|windows|sequences|samples|inputs))"
)
"""Names of arrays that hold many samples."""
SAMPLES: Final = re.compile(rf"^{MANY}\.shape\[0\]$|^len\({MANY}\)$|(?:^|[._])batch_?size$", re.IGNORECASE)
"""Sizes that count samples beyond doubt: the length of an array that holds many of them by its name.
``len(columns)`` and ``signal.shape[0]`` count something else, and ``n_samples`` may be those of a signal.
"""

PILLOW: Final = re.compile(
    r"(?:^|[._])(?:im|img|image|pic|picture|photo)\d*\.size\[(?P<place>[01])\]$"
    r"|^(?:PIL\.)?Image\.open\(.*\)\.size\[(?P<opened>[01])\]$"
)
"""Sizes of an image of Pillow, whose ``size`` is (width, height)."""

OPENED: Final = re.compile(r"\b(?:Image\.open|Image\.new|Image\.fromarray|load_img)\(")

SHAPE_ITEM: Final = re.compile(r"^(?P<array>.+)\.shape\[\d+\]$")
SHAPE_PLACE: Final = re.compile(r"^[\w.'\"\[\]]+\.shape\[(?P<place>\d)\]$")
COMMENT: Final = re.compile(r"[^\s#'\"][^#'\"]*(?:(?:'[^']*'|\"[^\"]*\")[^#'\"]*)*#(?P<text>.*)$")
COMMENT_LINE: Final = re.compile(r"\s*#(?P<text>.*)$")
AXES: Final = re.compile(r"[(\[]\s*[A-Za-z_][\w ]*(?:\s*,\s*[A-Za-z_][\w ]*)+\s*[)\]]")
"""A shape in words, in a comment: ``(trials, channels, time)``."""
BETWEEN: Final = re.compile(r"\s+[x\u00d7]\s+|\s*,\s+")
"""What stands between the axes of a shape without brackets: ``trials x channels x time``."""
SIDES: Final = frozenset(["height", "width"])
AXIS: Final = re.compile(r"[A-Za-z_]\w*(?: \w+){0,2}")

MAX_NAME: Final = 80

PATTERN_LETTERS: Final[dict[str, Role]] = {"c": "channels", "t": "steps", "h": "height", "w": "width"}
"""What a letter is in a pattern of einops."""


class Names(Struct, frozen=True):
    """The table: phrases without spaces to roles, and the words that may stand around them."""

    roles: dict[str, Role]
    letters: dict[str, Role]
    count_vectors: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]


@cache
def table() -> Names:
    """Return the table of ``names.yaml``. ValueError for a phrase that has two roles."""
    content = own_yaml(TABLE_FILE)
    roles: dict[str, Role] = {}
    for role, phrases in content["roles"].items():
        for phrase in phrases:
            known = roles.setdefault(phrase.replace(" ", ""), role)
            if known != role:
                raise ValueError(f"{phrase!r} is {known} and {role}")
    return Names(
        roles,
        content["letters"],
        frozenset(phrase.replace(" ", "") for phrase in content["count vectors"]),
        frozenset(content["before"]),
        frozenset(map(str, content["after"])),
    )


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, in small letters: ``imgHeight2`` → img, height, 2."""
    return tuple(match.group().lower() for match in WORD.finditer(name))


def role_of(name: str) -> Role:
    """Return the role that an axis has whose length is called so; the empty text where the name
    says nothing.

    ``name`` is an identifier or the words of a source expression: ``self.n_features``, ``cfg['seq_len']``.
    """
    if len(name) > MAX_NAME:
        return ""
    last = _last_part(name)
    names = table()
    if last in names.letters:
        return names.letters[last]
    parts = list(words(last))
    while parts and parts[-1].isdigit():
        parts.pop()
    return next((role for phrase in _phrases(parts) if (role := _role(phrase))), "")


def _role(phrase: str) -> Role:
    roles = table().roles
    found = roles.get(phrase)
    if found is None and phrase.endswith("s"):
        found = roles.get(phrase[:-1])
    return found or ""


def _phrases(parts: list[str]) -> Iterator[str]:
    """Yield the words joined, whole and with the words that only count taken off, the longest first."""
    names = table()
    starts = 1 + next((i for i, word in enumerate(parts) if word not in names.before), len(parts))
    ends = 1 + next((i for i, word in enumerate(reversed(parts)) if word not in names.after), len(parts))
    left = [(start, end) for start in range(starts) for end in range(ends) if start + end < len(parts)]
    for start, end in sorted(left, key=sum):
        yield "".join(parts[start : len(parts) - end])


def _last_part(name: str) -> str:
    """``self.cfg.n_steps`` → n_steps; ``params['n_steps']`` → n_steps; ``len(channels)`` → channels."""
    text = name.strip()
    inner = re.fullmatch(r"(?:len|int|round|max)\((.*)\)", text)
    if inner is not None:
        text = inner.group(1)
    item = re.search(r"""\[\s*['"](\w+)['"]\s*\]$""", text)
    if item is not None:
        return item.group(1)
    tail = re.search(r"(?:^|\.)(\w+)$", text)
    return "" if tail is None else tail.group(1)


def counts_samples(text: str) -> bool:
    """Tell whether a size counts samples beyond doubt: ``X_train.shape[0]``, ``len(X)``, ``batch_size``."""
    return SAMPLES.search(text) is not None


def size_of_image(text: str) -> Role:
    """Return the role of a size that is read from an image of Pillow: ``img.size[0]`` is its width."""
    found = PILLOW.search(text)
    return "" if found is None else ("width", "height")[int(found["place"] or found["opened"] or 0)]


def size_of_opened(file: SourceFile, node: ast.expr) -> Role:
    """Return the role of a size that an expression reads from an image of Pillow.

    What a name is given tells too: ``img = Image.open(path)`` makes ``img.size[0]`` a width.
    """
    found = size_of_image(written(node))
    if found or not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Attribute):
        return found
    owner = node.value.value
    given = single_assignments(file, node).get(owner.id) if isinstance(owner, ast.Name) else None
    if given is None or not OPENED.search(written(given)):
        return ""
    return size_of_image(written(ast.Subscript(ast.Attribute(ast.Name("img"), "size"), node.slice)))


def counts_words(text: str) -> bool:
    """Tell whether a size written so is the number of words in count vectors: ``X_tfidf.shape[1]``."""
    item = SHAPE_ITEM.match(text)
    if item is None or text.endswith("[0]"):
        return False
    phrases = table().count_vectors
    parts = words(_last_part(item.group("array")))
    return any(
        "".join(parts[i:j]) in phrases for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)
    )


# Names behind sizes ----------------------------------------------------------------


class Said(Struct, frozen=True):
    """A name that the source gives to a size, what it says, and where it stands."""

    text: str
    role: Role
    origin: Origin | None


def said_of_size(size: object) -> Said | None:
    """Return what the symbols of a size say.

    ``n_timesteps // 2`` is steps, ``window * n_features`` nothing.
    """
    if not isinstance(size, Expression):
        return None
    symbols = sorted(size.symbols(), key=str)
    roles = {_role_of_text(str(symbol)) for symbol in symbols}
    if len(roles) != 1 or "" in roles:
        is_one = len(symbols) == 1 and roles == {""}
        return _said_when_unpacked(symbols[0]) or _said_in_comment(symbols[0]) if is_one else None
    return Said(str(symbols[0]), roles.pop(), symbols[0].origin)


def _said_when_unpacked(symbol: Symbol) -> Said | None:
    """Return what the variable says that a size is unpacked into: ``n, n_channels, n_steps = X.shape``."""
    role = role_of(symbol.called)
    return Said(symbol.called, role, symbol.origin) if role else None


def _said_in_comment(symbol: Symbol) -> Said | None:
    """Return what a comment beside the array says: ``X = np.load(path)  # (trials, channels, time)``."""
    item = SHAPE_PLACE.match(str(symbol))
    origin = symbol.origin
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if item is None or not isinstance(origin, SourceOrigin) or not isinstance(node, ast.expr):
        return None
    axes = axes_in_comment(origin.file.lines, node.lineno)
    place = int(item["place"])
    if axes is None or place >= len(axes):
        return None
    role = role_of(axes[place].replace(" ", "_"))
    return Said(f"{axes[place]} in the comment", role, origin) if role else None


def axes_in_comment(lines: Sequence[str], line: int) -> list[str] | None:
    """Return the names of axes in a comment at the end of a line, or alone on the line before; None for
    others.
    """
    own = COMMENT.search(lines[line - 1]) if line <= len(lines) else None
    before = COMMENT_LINE.match(lines[line - 2]) if own is None and 1 < line <= len(lines) + 1 else None
    text = own["text"] if own is not None else before["text"] if before is not None else ""
    found = AXES.findall(text)
    if len(found) > 1:
        return None
    names = [name.strip() for name in (found[0][1:-1].split(",") if found else BETWEEN.split(text.strip()))]
    known = [role_of(name.replace(" ", "_")) for name in names]
    # one word alone may be anything in brackets, and without them a list may be of anything
    enough = 2 if found else max(2, len(names) - 1)
    is_of_axes = found or (all(map(AXIS.fullmatch, names)) and (len(names) > 2 or SIDES.issuperset(known)))
    is_told = sum(map(bool, known)) >= enough and len(set(known) - {""}) == sum(map(bool, known))
    return names if is_of_axes and is_told else None


def _role_of_text(text: str) -> Role:
    if counts_samples(text):
        return "batch" if "batch" in text.lower() else "samples"
    if counts_words(text):
        return "vocabulary"
    return size_of_image(text) or role_of(text)


def said_of_shape(origin: Origin, rank: int) -> list[Said | None]:
    """Return what the source says of each axis of a shape that is written at ``origin``; nothing for other
    ranks.
    """
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.expr):
        return [None] * rank
    return _said(origin.file, origin.node, rank)


def written_sizes(origin: Origin, rank: int) -> list[str] | None:
    """Return the expressions of a shape that is written at ``origin``, as text; None for another rank."""
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.expr):
        return None
    items = _items(origin.file, origin.node, rank)
    if items is None or len(items) != rank:
        return None
    return [item if isinstance(item, str) else written(item) for item in items]


def _said(file: SourceFile, node: ast.expr, rank: int) -> list[Said | None]:
    items = _items(file, node, rank)
    if items is None or len(items) != rank:
        return [None] * rank
    return [_said_of_item(file, item) for item in items]


def said_of_arguments(file: SourceFile, arguments: list[ast.expr], rank: int) -> list[Said | None]:
    """Return what the source says of each axis; a shape is one argument, or each size an argument
    of its own.
    """
    if len(arguments) == 1 and rank != 1:
        return _said(file, arguments[0], rank)
    if len(arguments) != rank:
        return [None] * rank
    return [_said_of_item(file, item) for item in arguments]


def written_product(call: Call) -> int:
    """Return how many factors a size in a reshape's target has: 2 in ``(height * width, classes)``."""
    node = call.layer.origin.node if isinstance(call.layer.origin, SourceOrigin) else None
    if not isinstance(node, ast.Call):
        return 0
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    nested = (part.elts if isinstance(part, ast.Tuple | ast.List) else [part] for part in arguments)
    return max((_factors(item) for items in nested for item in items), default=0)


def _factors(node: ast.expr) -> int:
    count = 0
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        node, count = node.left, count + 1
    return count + 1 if count else 0


def said_of_pattern(origin: Origin, rank: int) -> list[Said | None] | None:
    """Return what the pattern of ``einops.rearrange(x, "b c t -> b t c")`` says of each axis that it makes;
    None for everything else.
    """
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if not isinstance(node, ast.Call) or len(node.args) < 2 or not isinstance(node.args[1], ast.Constant):
        return None
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    text = node.args[1].value
    if called != "rearrange" or not isinstance(text, str) or text.count("->") != 1:
        return None
    names = re.findall(r"\([^()]*\)|\w+", text.split("->")[1])
    if len(names) != rank:
        return None
    roles = [PATTERN_LETTERS.get(name) or role_of(name) if name.isidentifier() else "" for name in names]
    return [
        Said(f"{name} in the pattern", role, origin) if role else None
        for name, role in zip(names, roles, strict=True)
    ]


def _items(file: SourceFile, node: ast.expr, rank: int) -> list[ast.expr | str] | None:
    """Return the expressions of a shape's sizes: of a tuple, a name that is given one once,
    ``X.shape[1:]``.
    """
    if isinstance(node, ast.Name):
        assigned = single_assignments(file, node).get(node.id)
        return None if assigned is None else _items(file, assigned, rank)
    if isinstance(node, ast.Tuple | ast.List):
        return None if any(isinstance(item, ast.Starred) for item in node.elts) else list(node.elts)
    if isinstance(node, ast.Attribute) and node.attr == "shape":
        return [f"{written(node)}[{place}]" for place in range(rank)]
    if _is_shape_tail(node):
        assert isinstance(node, ast.Subscript)
        return [f"{written(node.value)}[{place}]" for place in range(1, rank + 1)]
    return [node] if rank == 1 else None


def _is_shape_tail(node: ast.expr) -> bool:
    """``X.shape[1:]``."""
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "shape"
        and isinstance(node.slice, ast.Slice)
        and isinstance(node.slice.lower, ast.Constant)
        and node.slice.lower.value == 1
        and node.slice.upper is None
        and node.slice.step is None
    )


def _said_of_item(file: SourceFile, item: ast.expr | str) -> Said | None:
    if isinstance(item, str):
        return _named(item, None)
    if isinstance(item, ast.Name) and (assigned := single_assignments(file, item).get(item.id)) is not None:
        # n_timesteps = X_train.shape[0]: what it is says more than what it is called
        text = written(assigned)
        if len(text) <= MAX_NAME and counts_samples(text):
            return _named(text, SourceOrigin(file, assigned))
        if role := size_of_opened(file, assigned):
            return Said(text, role, SourceOrigin(file, assigned))
    roles: dict[Role, Said] = {}
    for part in _parts(item):
        text = written(part)
        found = _named(text, SourceOrigin(file, part))
        if found is None:
            return None
        roles.setdefault(found.role, found)
    return next(iter(roles.values())) if len(roles) == 1 else None


def _named(text: str, origin: Origin | None) -> Said | None:
    role = "" if len(text) > MAX_NAME else _role_of_text(text)
    return Said(text, role, origin) if role else None


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the names in the arithmetic of one size, numbers left out: ``2 * n_steps - 1`` has
    ``n_steps``.
    """
    if isinstance(node, ast.BinOp):
        yield from _parts(node.left)
        yield from _parts(node.right)
    elif not isinstance(node, ast.Constant):
        yield node
