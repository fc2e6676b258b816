"""What a row-major reshape does to the axes of an array: which of them it tears apart.

A reshape keeps the order of the elements. Where its target lists the source's own axes in another order, the
sizes are those of a transpose and the values are not: each new axis runs through pieces of several old ones.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

from layoutlint.model.sizes import FREE_BATCH, Atom, Expression, Size, equal, modulo, multiply, product

Kind = Literal["permutation", "moved axis", "moved pair", "blocks", "patches", "tiles"]

OWN_SIZE: Final = re.compile(r"^(?:(?P<owner>.+)\.shape\[(?P<axis>\d+)\]|len\(.+\))$")
"""``X.shape[2]``; ``len(X)`` is ``X.shape[0]``."""
_HALF: Final = "(?:train(?:ing)?|test(?:ing)?|valid(?:ation)?|val|dev)"
HALF_OF_DATA: Final = re.compile(rf"(?<![a-z]){_HALF}|{_HALF}(?![a-z])")


SURELY_ITSELF: Final = 5
"""The least size that an axis of the source and one of the target do not have by chance."""


class Move(Struct, frozen=True):
    """A reshape that looks like a transpose.

    ``order`` are the source's axes in the order of the target: what ``transpose`` would take; None where the
    target also merges or splits axes.
    """

    kind: Kind
    order: tuple[int, ...] | None


def move(
    source: Sequence[Size], target: Sequence[Size], told: Collection[int] = (), factors: int = 0
) -> Move | None:
    """Return the move of axes that the sizes of a reshape show; None where there is none, or
    nobody can say.

    Axes of size 1 may stand anywhere. ``permutation``: the target has the source's own axes in another order.
    ``moved axis``: one axis changes its place and the others are merged to one or split from one, in a way
    that no merging and splitting of neighbours explains, or a factor of the last axis goes to the first.
    ``moved pair``: two neighbours, the height and width
    of images, stand together at another place, and a third axis is split around them. ``blocks``: height and
    width grow by the factor that the channels shrink by, or the other way round. ``patches``: an image is cut
    into runs of pixels that are as long as square patches. ``tiles``: tiles are joined to one image, or an
    image is cut into them, without the transpose between.

    ``told`` are axes of the source that are known to be channels, ``factors`` the number of those that a size
    of the target is written as the product of: there the numbers may divide each other by chance.
    """
    told = {place for place in told if place < len(source)}
    before = [(place, size) for place, size in enumerate(source) if size != 1]
    after = [(place, size) for place, size in enumerate(target) if size != 1]
    whole = [[size for _, size in axes] for axes in (before, after)]
    if any(_is_moved_factor(*pair) for pair in (whole, whole[::-1])):
        return Move("moved axis", None)
    if all(sizes and sizes[0] is None for sizes in whole):
        whole = [sizes[1:] for sizes in whole]
    if any(_is_drawn_forward(*pair) for pair in (whole, whole[::-1])):
        return Move("moved axis", None)
    if _are_patches(
        [size for size in source if size is not None], [size for size in target if size is not None]
    ):
        return Move("patches", None)
    while before and after and _same(before[0][1], after[0][1]):
        before, after = before[1:], after[1:]
    while before and after and _same(before[-1][1], after[-1][1]):
        before, after = before[:-1], after[:-1]
    old, new = [size for _, size in before], [size for _, size in after]
    is_known = None not in old and None not in new and 0 not in old
    if len(old) > 1 and len(new) > 1 and is_known and Counter(old) == Counter(new):
        return Move("permutation", _order(source, target))
    if _is_moved_pair(*whole):
        return Move("moved pair", None)
    if _are_tiles(old, new) or _are_tiles(new, old):
        return Move("tiles", None)
    are_batches = [*source[:1], *target[:1]] == [None, None]
    if are_batches and (_is_past_free_steps(old, new) or _is_past_free_steps(new, old)):
        return Move("moved axis", None)
    if len(old) < 2 or len(new) < 2 or not is_known:
        return None
    ends = {place for place, (at, _) in enumerate(before) if at in told}
    if not ends and factors == len(old) - 1:
        ends = {0, factors}
    is_moved = _is_out_of_order(old, new) or _is_moved_axis(old, new, ends) or _is_moved_axis(new, old)
    if is_moved or _parts(old, new) or _parts(new, old):
        return Move("moved axis", None)
    return Move("blocks", None) if _are_blocks(old, new) or _are_blocks(new, old) else None


def _same(left: Size, right: Size) -> bool:
    return (left is None and right is None) or equal(left, right) is True


def _order(source: Sequence[Size], target: Sequence[Size]) -> tuple[int, ...] | None:
    """Return the source's axes as the target lists them; axes of 1 and equal axes in their old order."""
    if len(source) != len(target):
        return None
    left = list(enumerate(source))
    order: list[int] = []
    for size in target:
        found = next((item for item in left if _same(item[1], size)), None)
        if found is None:
            return None
        left.remove(found)
        order.append(found[0])
    return tuple(order)


def _is_out_of_order(old: Sequence[Size], new: Sequence[Size]) -> bool:
    """Tell whether sizes that only the program knows come back, merged or not, in another order: what merges
    neighbours leaves the order as it is.
    """
    symbols = [_factors_of(size) for size in old]
    place_of = {factors[0]: place for place, factors in enumerate(symbols) if len(factors) == 1}
    groups = [sorted(place_of.get(factor, -1) for factor in _factors_of(size)) for size in new]
    places = [place for group in groups for place in group]
    return sorted(places) == list(range(len(old))) and places != sorted(places)


def _factors_of(size: Size) -> tuple[Atom, ...]:
    """Return the symbols that a size is the product of; nothing for any other."""
    match size:
        case Expression(terms=((factors, 1),)):
            return factors
        case _:
            return ()


def _is_moved_axis(many: Sequence[Size], two: Sequence[Size], told: Collection[int] = ()) -> bool:
    """Tell whether ``two`` is an end axis of ``many`` at the other end, or one from between as the last,
    beside all the others merged.
    """
    if len(two) != 2 or len(many) < 3 or not all(isinstance(size, int) for size in (*many, *two)):
        return False
    at_front = equal(two[0], many[-1]) is True
    at_end = equal(two[1], many[0]) is True
    if not at_front and not at_end:
        # one from between: (samples, channels, steps) beside (samples * steps, channels)
        is_long = isinstance(two[1], int) and two[1] >= SURELY_ITSELF
        return is_long and two[1] in many[1:-1] and not _nested(many, two)
    if (at_front and len(many) - 1 in told) or (at_end and 0 in told):
        return not merged(many, two)
    return not _nested(many, two)


def _is_moved_factor(old: Sequence[Size], new: Sequence[Size]) -> bool:
    """Tell whether a factor of the last axis has become one of the first, past axes that stay as they are:
    (batch, steps, heads · size) beside (batch · heads, steps, size).
    """
    if len(old) != len(new) or len(old) < 3 or old[1:-1] != new[1:-1]:
        return False
    large, small = old[-1], new[-1]
    if not isinstance(large, int) or not isinstance(small, int) or small < 2 or large % small:
        return False
    is_past_values = all(isinstance(size, int) for size in old[1:-1])
    if large == small or not is_past_values:
        return False
    if old[0] is None and new[0] is None:
        return True  # a -1 in front: what the last axis has lost is there
    front = FREE_BATCH if old[0] is None else old[0]
    return equal(multiply(front, large // small), new[0]) is True


def _is_past_free_steps(three: Sequence[Size], two: Sequence[Size]) -> bool:
    """Tell whether two axes have been merged past one of free length between them: (heads, steps, size)
    beside (steps, heads · size).
    """
    match list(three), list(two):
        case [int(heads), None, int(size)], [None, int(whole)]:
            return heads * size == whole and min(heads, size) > 1
        case _:
            return False


def _is_drawn_forward(old: Sequence[Size], new: Sequence[Size]) -> bool:
    """Tell whether an axis has been merged with the free batch past another one that it does not stand
    beside: (batch, channels, frames, height, width) beside (batch · frames, channels, height, width).
    """
    if len(old) != len(new) + 1 or len(new) < 2 or old[0] is not None or not isinstance(new[0], Expression):
        return False
    drawn = [
        place
        for place in range(1, len(old))
        if [*old[1:place], *old[place + 1 :]] == list(new[1:])
        and equal(multiply(FREE_BATCH, old[place]), new[0]) is True
    ]
    return bool(drawn) and drawn[0] > 1 and None not in old[1:]


def _is_moved_pair(old: Sequence[Size], new: Sequence[Size]) -> bool:
    """Tell whether two neighbours of the target are neighbours of the source at another place in memory
    alone.
    """
    if None in old or None in new or len(old) < 3 or len(new) < 3:
        return False
    for place in range(len(new) - 1):
        pair = new[place], new[place + 1]
        if not all(isinstance(size, int) and size >= SURELY_ITSELF for size in pair):
            continue
        before, after = _places(old, pair), _places(new, pair)
        if before and all(_is_elsewhere(old, at, new, to) for at in before for to in after):
            return True
    return False


def _places(sizes: Sequence[Size], pair: tuple[Size, Size]) -> list[int]:
    return [at for at in range(len(sizes) - 1) if (sizes[at], sizes[at + 1]) == pair]


def _is_elsewhere(old: Sequence[Size], at: int, new: Sequence[Size], place: int) -> bool:
    sides = ((old[:at], new[:place]), (old[at + 2 :], new[place + 2 :]))
    answers = [_differ(product(list(left)), product(list(right))) for left, right in sides]
    return True in answers and False not in answers


def _differ(one: Size, other: Size) -> bool | None:
    """Tell whether two numbers of values differ: also where one is the other as many times as only the
    program knows, which is mostly more than once.
    """
    are_equal = equal(one, other)
    if are_equal is not None:
        return not are_equal
    return True if any(_is_multiple(*pair) for pair in ((one, other), (other, one))) else None


def _is_multiple(whole: Size, part: Size) -> bool:
    return isinstance(part, int) and part > 0 and isinstance(whole, Expression) and modulo(whole, part) == 0


def _are_blocks(few: Sequence[Size], many: Sequence[Size]) -> bool:
    """(height, width, channels) beside (height · r, width · r, channels / r²)."""
    if len(few) != 3 or len(many) != 3 or not all(isinstance(size, int) for size in (*few, *many)):
        return False
    factors = {large % small or large // small for small, large in zip(few[:2], many[:2], strict=True)}  # type: ignore[operator]
    exact = all(large % small == 0 for small, large in zip(few[:2], many[:2], strict=True))  # type: ignore[operator]
    return exact and len(factors) == 1 and factors != {1} and min(few[:2]) >= SURELY_ITSELF  # type: ignore[type-var,operator]


def _are_patches(image: Sequence[Size], cut: Sequence[Size]) -> bool:
    """(height, width, channels) beside (n, p, p, channels), (n, p · p · channels), or (n / m, m, p, p,
    channels): the pixels of a patch are of several rows, and a reshape takes neighbours of one row.
    """
    match list(image[-3:]), list(cut):
        case [int(height), int(width), 3 | 4 as channels], [*_, int(values)] if len(cut) in (2, 3):
            side = math.isqrt(values // channels)
            is_square = side * side * channels == values and cut[-2] == height * width // (side * side)
        case [int(height), int(width), 3 | 4 as channels], [*_, int(side), int(other), last] if len(cut) > 3:
            is_square = side == other and last == channels
            if len(cut) > 4 and cut[-4] == side:
                return False  # (rows, p, columns, p) has the sizes of (rows, columns, p, p)
        case _:
            return False
    fits = is_square and 2 <= side < width and height % side == 0 == width % side
    # a patch that is as long as a row cannot be told from a row
    return fits and side * side != width and image[-3] != side


def _are_tiles(many: Sequence[Size], two: Sequence[Size]) -> bool:
    """(rows, columns, height, width) beside (rows · height, columns · width): in memory all of a tile comes
    before the next one. Numbers that neighbours multiply to as well say nothing.
    """
    if len(many) != 4 or len(two) != 2 or None in many or None in two:
        return False
    rows, columns, height, width = many
    is_joined = _make([rows, height], two[0]) and _make([columns, width], two[1])
    return is_joined and not merged(many, two)


def merged(source: Sequence[Size], target: Sequence[Size]) -> dict[int, range]:
    """Return the axes of the target that are several neighbours of the source in one, with those; nothing
    where the target is more than merges and splits of neighbours.
    """
    found: dict[int, range] = {}
    at = place = 0
    while at < len(source) and place < len(target):
        if _same(source[at], target[place]):
            at, place = at + 1, place + 1
            continue
        end = next((i for i in range(at + 2, len(source) + 1) if _make(source[at:i], target[place])), None)
        if end is not None:
            found[place] = range(at, end)
            at, place = end, place + 1
            continue
        end = next((i for i in range(place + 2, len(target) + 1) if _make(target[place:i], source[at])), None)
        if end is None:
            return {}
        at, place = at + 1, end
    return found if at == len(source) and place == len(target) else {}


def _make(parts: Sequence[Size], whole: Size) -> bool:
    return None not in parts and whole is not None and equal(product(list(parts)), whole) is True


def _parts(two: Sequence[Size], three: Sequence[Size]) -> bool:
    """Tell whether an axis stands between the parts of the one that was behind it: (steps, heads · size)
    beside (heads, steps, size). To cut the features into heads is one step, to move the heads forward
    another.
    """
    if len(two) != 2 or len(three) != 3 or not all(isinstance(size, int) for size in (*two, *three)):
        return False
    front, back = two
    first, middle, last = three
    if not isinstance(front, int) or front < SURELY_ITSELF:
        return False
    return middle == front and front not in (first, last, back)


def _nested(left: Sequence[Size], right: Sequence[Size]) -> bool:
    """Tell whether merging and splitting neighbours leads from one shape to the other.

    Each axis boundary stands after so many elements; where the numbers divide each other in a row, there is
    a finer shape that both are merged from.
    """
    marks: set[int] = set()
    for sizes in (left, right):
        for end in range(len(sizes) + 1):
            mark = product(list(sizes[end:]))
            if not isinstance(mark, int):
                return True
            marks.add(mark)
    ordered = sorted(marks)
    return all(b % a == 0 for a, b in pairwise(ordered))


class NamedMove(Struct, frozen=True):
    """Sizes of a target that are the sizes of an array whose shape is unknown, in another order.

    ``order`` is None where the target merges axes too. ``is_own`` tells whether it is the reshaped array
    itself, or one that is called like it (``X_test.reshape(len(X_test), X_train.shape[2],
    X_train.shape[1])``).
    """

    order: tuple[int, ...] | None
    is_own: bool


def named_move(array: str | None, target: Sequence[Size | object]) -> NamedMove | None:
    """Return the move that the names of sizes show: ``X.reshape(n, X.shape[2], X.shape[1])``, or
    ``X.reshape(X.shape[1] * X.shape[2], X.shape[0])``, X unknown.
    """
    places: list[int] = []
    owners: set[str] = set()
    are_merged = False
    for place, size in enumerate(target):
        if size == 1:
            continue
        if size == -1:
            if place > 0:
                return None  # it may be the size of an axis of 1
            places.append(0)
            continue
        found = [OWN_SIZE.match(factor) for factor in _factors(size)]
        named = [(int(match["axis"] or 0), match["owner"]) for match in found if match is not None]
        if not named or len(named) < len(found):
            return None
        are_merged = are_merged or len(named) > 1
        places += sorted(axis for axis, _ in named)
        # the number of samples is each array's own
        owners.update(owner for axis, owner in named if axis)
    if len(places) < 2 or len(set(places)) < len(places) or sorted(places) == places or len(owners) != 1:
        return None
    if sorted(places) != list(range(len(places))):
        return None  # an axis that is not named may have size 1
    (owner,) = owners
    if array is None:
        return None
    order = None if are_merged else tuple(places)
    if owner == array:
        return NamedMove(order, True)
    return NamedMove(order, False) if _stem(owner) == _stem(array) else None


def _factors(size: object) -> list[str]:
    """Return the names of the sizes whose product a size is; nothing for any other."""
    return list(map(str, _factors_of(size))) if isinstance(size, Expression) else []


def _stem(name: str) -> str:
    """Return a name without the word for a half of the data: ``X_test`` and ``X_train``, ``d['test']`` and
    ``d['train']``.
    """
    return HALF_OF_DATA.sub("", name.lower())
