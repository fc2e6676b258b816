"""Sizes: the length of an axis.

A size is a number, ``None`` (free, as the batch) or an :class:`Expression` over symbols. Arithmetic on
symbols stays symbolic and exact: sums and products are kept as polynomials with integer coefficients in
normal form, so that ``2 * n // 2`` is ``n`` again and two ways to write a size compare equal. What is no
polynomial (a floor division with a remainder, a maximum) becomes an opaque atom of the polynomial.

``None`` swallows everything: any arithmetic with a free size gives a free size, as in Keras.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Final, TypeAlias

from layoutlint.model.frozen import dataclass

if TYPE_CHECKING:
    from layoutlint.model.origins import Origin

Size: TypeAlias = "int | Expression | None"

_serial = itertools.count(1)

MAX_TERMS = 64
"""An expression with more terms than this is replaced by a new symbol: knowledge is given up, not time."""


MAX_WEIGHT = 256
"""An operation over more symbols than this, each counted as often as it stands there, likewise: operations
share their operands, and what is written out doubles with every level.
"""

MAX_NUMBER = 2**512
"""A larger number is replaced by a new symbol: it is no size, and its digits fill no message."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A size that only the running program knows, with the words of the source that stand for it.

    Two symbols are the same size exactly if all that identifies them agrees: the serial number tells apart
    two variables that happen to have one name, ``path`` the parts of one value (``.shape[1]``).
    ``is_assumed`` says that nobody knows whether it stands for a number at all: it may be an array.
    """

    name: str
    serial: int = 0
    origin: Origin | None = field(default=None, compare=False, repr=False)
    path: str = ""
    is_assumed: bool = False
    called: str = field(default="", compare=False, repr=False)
    """The variable that the program unpacks it into: ``n_steps`` of ``n, n_channels, n_steps = X.shape``."""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class SizeOperation:
    """An opaque atom: an operation whose result is no polynomial of its operands."""

    name: str
    operands: tuple[int | Expression, ...]
    weight: int = field(init=False, compare=False, repr=False)
    """How many symbols and operations stand in it, written out."""
    text: str = field(init=False, compare=False, repr=False)
    """How people read it. Terms are sorted by it again and again, so it is made once, as is the hash."""
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", 1 + sum(map(_weight, self.operands)))
        object.__setattr__(self, "text", self._text())
        object.__setattr__(self, "_hash", hash((self.name, self.operands)))

    def __hash__(self) -> int:
        return self._hash

    def _text(self) -> str:
        if self.name == "//":
            return f"{_parenthesised(self.operands[0])}//{_parenthesised(self.operands[1])}"
        if self.name == "%":
            return f"{_parenthesised(self.operands[0])} % {_parenthesised(self.operands[1])}"
        return f"{self.name}({', '.join(map(str, self.operands))})"

    def __str__(self) -> str:
        return self.text


Atom: TypeAlias = Symbol | SizeOperation
Term: TypeAlias = tuple[Atom, ...]


def _atom_key(atom: Atom) -> tuple[str, int, str]:
    return (atom.name, atom.serial, atom.path) if isinstance(atom, Symbol) else (atom.text, 0, "")


@dataclass(frozen=True, slots=True)
class Expression:
    """A polynomial over atoms with integer coefficients that is not a plain number.

    ``terms`` maps each product of atoms (sorted, the empty product is the constant) to its coefficient.
    """

    terms: tuple[tuple[Term, int], ...]

    def __str__(self) -> str:
        pieces: list[str] = []
        for term, coefficient in sorted(self.terms, key=lambda item: (-len(item[0]), _term_text(item[0]))):
            text = _term_text(term)
            if term:
                text = text if abs(coefficient) == 1 else f"{abs(coefficient)}*{text}"
            else:
                text = str(abs(coefficient))
            if not pieces:
                pieces.append(text if coefficient > 0 else f"-{text}")
            else:
                pieces.append(f"+ {text}" if coefficient > 0 else f"- {text}")
        return " ".join(pieces)

    def symbols(self) -> frozenset[Symbol]:
        """Return all symbols in the expression."""
        found: set[Symbol] = set()
        for term, _ in self.terms:
            for atom in term:
                if isinstance(atom, Symbol):
                    found.add(atom)
                else:
                    for operand in atom.operands:
                        if isinstance(operand, Expression):
                            found |= operand.symbols()
        return frozenset(found)


def _weight(size: int | Expression) -> int:
    if not isinstance(size, Expression):
        return 0
    return sum(
        atom.weight if isinstance(atom, SizeOperation) else 1 for term, _ in size.terms for atom in term
    )


def _operation(name: str, *operands: int | Expression) -> Expression:
    """Return an opaque size; a new symbol where it would become too long."""
    if sum(map(_weight, operands)) > MAX_WEIGHT:
        return unknown_size()
    return _of_atom(SizeOperation(name, operands))


def _term_text(term: Term) -> str:
    return "*".join(
        f"({atom})" if isinstance(atom, SizeOperation) and len(term) > 1 else str(atom) for atom in term
    )


def _parenthesised(size: int | Expression) -> str:
    text = str(size)
    return f"({text})" if " " in text else text


def new_serial() -> int:
    """Return a serial number that no symbol and no value of a program has yet."""
    return next(_serial)


def symbol(name: str, origin: Origin | None = None) -> Expression:
    """Return a new symbolic size called ``name``."""
    return _of_atom(Symbol(name, next(_serial), origin))


def assumed_size(
    name: str, serial: int, path: str, origin: Origin | None = None, called: str = ""
) -> Expression:
    """Return a value of the program as a size: the same for the same value, which may turn out to be an
    array.
    """
    return _of_atom(Symbol(name, serial, origin, path, is_assumed=True, called=called))


def unknown_value(name: str) -> Expression:
    """Return a value of which nobody knows whether it is a number or an array."""
    return _of_atom(Symbol(name, next(_serial), is_assumed=True))


def lasting_symbol(name: str, serial: int, path: str, origin: Origin | None = None) -> Expression:
    """Return a symbolic size called ``name``: the same for the same serial number and path."""
    return _of_atom(Symbol(name, serial, origin, path))


NAMELESS: Final = "?"
"""What stands for a size that the source has no words for."""


def unknown_size(origin: Origin | None = None) -> Expression:
    """Return a size of which nothing is known but where it comes from; equal only to itself."""
    return symbol(NAMELESS, origin)


def is_nameless(size: Size) -> bool:
    """Tell whether a size cannot be written out: a part of it has no words in the source."""
    return isinstance(size, Expression) and any(symbol.name == NAMELESS for symbol in size.symbols())


def named(size: Expression, name: str) -> Expression:
    """Return a number that an expression of the program makes under the name of its variable.

    It stays as it is where it has a name already, or is the size of an axis: that is the same size wherever
    the array goes, and has one name.
    """
    match size.terms:
        case (((Symbol(name=old, origin=origin) as atom,), 1),) if old == NAMELESS and origin is not None:
            return _of_atom(Symbol(name, atom.serial, origin, atom.path, atom.is_assumed))
        case _:
            return size


def _of_atom(atom: Atom) -> Expression:
    return Expression((((atom,), 1),))


FREE_BATCH: Final = lasting_symbol("batch", 0, "tf.shape")
"""The free batch as a number of the program: ``tf.shape(x)[0]``, which arithmetic keeps exact. As a size of
an axis it is free again, ``None``.
"""


def holds_batch(size: Size) -> bool:
    """Tell whether a size depends on the free batch: ``batch * heads``."""
    return isinstance(size, Expression) and FREE_BATCH.symbols() <= size.symbols()


def _terms(size: int | Expression) -> dict[Term, int]:
    if isinstance(size, Expression):
        return dict(size.terms)
    return {(): size} if size else {}


def _normal(terms: dict[Term, int]) -> int | Expression:
    kept = {term: coefficient for term, coefficient in terms.items() if coefficient}
    if not kept:
        return 0
    if kept.keys() == {()}:
        return kept[()]
    if len(kept) > MAX_TERMS or any(abs(coefficient) > MAX_NUMBER for coefficient in kept.values()):
        return unknown_size()
    if len(kept) == 1:
        return Expression(tuple(kept.items()))
    return Expression(tuple(sorted(kept.items(), key=lambda item: tuple(map(_atom_key, item[0])))))


def add(left: Size, right: Size) -> Size:
    """``left + right``."""
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    if left == 0 or right == 0:
        return left or right
    if isinstance(left, int):
        left, right = right, left
    if isinstance(left, Expression) and isinstance(right, int):
        return _add_number(left, right)
    terms = _terms(left)
    for term, coefficient in _terms(right).items():
        terms[term] = terms.get(term, 0) + coefficient
    return _normal(terms)


def _add_number(size: Expression, number: int) -> Expression:
    """Return a sum whose terms stay: the constant is the first of several, or there is none yet."""
    constant, rest = _parts(size)
    constant += number
    if abs(constant) > MAX_NUMBER or len(rest) + bool(constant) > MAX_TERMS:
        return unknown_size()
    return Expression((((), constant), *rest) if constant else rest)


def _parts(size: Expression) -> tuple[int, tuple[tuple[Term, int], ...]]:
    """Return the constant of an expression and its other terms."""
    term, coefficient = size.terms[0]
    return (0, size.terms) if term else (coefficient, size.terms[1:])


def multiply(left: Size, right: Size) -> Size:
    """``left * right``."""
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        made = left * right
        return made if -MAX_NUMBER < made < MAX_NUMBER else unknown_size()
    if isinstance(left, int):
        left, right = right, left
    if isinstance(left, Expression) and isinstance(right, int):
        # the terms and their order stay
        if any(abs(factor * right) > MAX_NUMBER for _, factor in left.terms):
            return unknown_size()
        return Expression(tuple((term, factor * right) for term, factor in left.terms)) if right else 0
    left_terms, right_terms = _terms(left), _terms(right)
    if len(left_terms) * len(right_terms) > MAX_TERMS:
        return unknown_size()
    terms: dict[Term, int] = {}
    for left_term, left_coefficient in left_terms.items():
        for right_term, right_coefficient in right_terms.items():
            term = tuple(sorted(left_term + right_term, key=_atom_key))
            if len(term) > MAX_TERMS:
                return unknown_size()
            terms[term] = terms.get(term, 0) + left_coefficient * right_coefficient
    return _normal(terms)


def subtract(left: Size, right: Size) -> Size:
    """``left - right``."""
    return add(left, multiply(right, -1))


def difference(left: Size, right: Size) -> int | None:
    """``left - right`` where that is a number; None where nobody can say."""
    if left is None or right is None:
        return None
    if isinstance(left, int) or isinstance(right, int):
        # an expression less a number is never a number
        return left - right if isinstance(left, int) and isinstance(right, int) else None
    (first, terms), (second, others) = _parts(left), _parts(right)
    return first - second if terms == others or dict(terms) == dict(others) else None


def floor_divide(left: Size, right: Size) -> Size:
    """``left // right``; an unknown size where ``right`` is 0."""
    if left is None or right is None:
        return None
    if right == 0:
        return unknown_size()
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    if right == 1:
        return left
    whole, rest = _divide_terms(left, right)
    if rest == 0:
        return whole
    if isinstance(rest, int) and isinstance(right, int):
        return add(whole, rest // right)
    return add(whole, _operation("//", rest, right))


def _divide_terms(
    left: int | Expression, right: int | Expression
) -> tuple[int | Expression, int | Expression]:
    """Quotient and rest of a division by a single term, term by term: ``left == quotient * right + rest``."""
    if left == right:
        return 1, 0
    divisor = _terms(right)
    if len(divisor) != 1:
        return 0, left
    (divisor_term, divisor_coefficient) = next(iter(divisor.items()))
    whole: dict[Term, int] = {}
    rest: dict[Term, int] = {}
    for term, coefficient in _terms(left).items():
        remaining = list(term)
        divides = coefficient % divisor_coefficient == 0
        for atom in divisor_term:
            if atom in remaining:
                remaining.remove(atom)
            else:
                divides = False
        if divides:
            whole[tuple(remaining)] = whole.get(tuple(remaining), 0) + coefficient // divisor_coefficient
        else:
            rest[term] = coefficient
    return _normal(whole), _normal(rest)


def ceil_divide(left: Size, right: Size) -> Size:
    """Return the quotient rounded up."""
    return (
        multiply(floor_divide(multiply(left, -1), right), -1)
        if isinstance(left, int)
        else floor_divide(add(left, subtract(right, 1)), right)
    )


def modulo(left: Size, right: Size) -> Size:
    """``left % right``; an unknown size where ``right`` is 0."""
    if left is None or right is None:
        return None
    if right == 0:
        return unknown_size()
    if isinstance(left, int) and isinstance(right, int):
        return left % right
    _, rest = _divide_terms(left, right)
    if isinstance(rest, int) and isinstance(right, int):
        return rest % right
    return 0 if rest == 0 else _operation("%", rest, right)


def maximum(left: Size, right: Size) -> Size:
    """Return the larger of two sizes."""
    return _extremum("max", max, left, right)


def minimum(left: Size, right: Size) -> Size:
    """Return the smaller of two sizes."""
    return _extremum("min", min, left, right)


def _extremum(name: str, choose: Callable[[int, int], int], left: Size, right: Size) -> Size:
    if left is None or right is None:
        return None
    less = difference(left, right)
    if less is not None:
        return left if choose(less, 0) == less else right
    for smaller, larger in ((left, right), (right, left)):
        if _is_never_positive(subtract(smaller, larger)):
            return smaller if choose is min else larger
    return _operation(name, *sorted((left, right), key=str))


def _is_never_positive(less: Size) -> bool:
    """Tell whether a difference is at most 0 whatever its symbols are: ``n - max(n, 5)``."""
    if not isinstance(less, Expression):
        return False
    return any(
        isinstance(highest, int) and highest <= 0
        for term, coefficient in less.terms
        if len(term) == 1 and isinstance(term[0], SizeOperation)
        for bound in _at_most(term[0], coefficient)
        for highest in [add(subtract(less, multiply(_of_atom(term[0]), coefficient)), bound)]
    )


def _at_most(operation: SizeOperation, factor: int) -> Iterator[Size]:
    """Yield sizes that so many times an operation never exceeds."""
    left, right = operation.operands
    match operation.name:
        case ("max" | "min") as name if (name == "min") == (factor > 0):
            yield multiply(left, factor)
            yield multiply(right, factor)
        case "//" if isinstance(right, int) and 0 < right <= factor and factor % right == 0:
            yield multiply(left, factor // right)
        case _:
            return


def product(sizes: tuple[Size, ...] | list[Size]) -> Size:
    """Return the product of all sizes; 1 for none."""
    result: Size = 1
    for size in sizes:
        result = multiply(result, size)
    return result


def equal(left: Size, right: Size) -> bool | None:
    """Tell whether two sizes are equal: ``None`` where nobody can say (a free size, different symbols)."""
    less = difference(left, right)
    return None if less is None else less == 0


def is_number(size: Size) -> bool:
    """Tell whether the size is a plain number."""
    return isinstance(size, int)


def is_symbolic(size: Size) -> bool:
    """Tell whether the size is an expression over symbols."""
    return isinstance(size, Expression)


def substitute(size: Size, numbers: Mapping[Symbol, int]) -> Size:
    """Return the size with numbers put in for symbols."""
    if not isinstance(size, Expression):
        return size
    result: Size = 0
    for term, coefficient in size.terms:
        factor: Size = coefficient
        for atom in term:
            factor = multiply(factor, _substitute_atom(atom, numbers))
        result = add(result, factor)
    return result


def _substitute_atom(atom: Atom, numbers: Mapping[Symbol, int]) -> Size:
    if isinstance(atom, Symbol):
        return numbers.get(atom, _of_atom(atom))
    left, right = (substitute(operand, numbers) for operand in atom.operands)
    return {"//": floor_divide, "%": modulo, "max": maximum, "min": minimum}[atom.name](left, right)


def render(size: Size) -> str:
    """Return the size as people read it: ``8000``, ``None``, ``X_train.shape[1] - 2``."""
    return str(size)
