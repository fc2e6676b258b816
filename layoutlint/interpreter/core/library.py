"""What is known of a library: one record for each, declared in a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Unknown, Value

if TYPE_CHECKING:
    from layoutlint.interpreter.core.evaluator import Evaluator
    from layoutlint.model.graph import Tensor

Method: TypeAlias = Callable[[Site, LibraryObject, str, Arguments], Value]
Attribute: TypeAlias = Callable[[Site, LibraryObject, str], Value]
Item: TypeAlias = Callable[[Site, LibraryObject, Value], Value]
Operator: TypeAlias = Callable[[Site, str, Value, Value], Value]


class Kind(Struct, frozen=True):
    """What is known of the objects of one class from outside.

    ``method`` carries out ``made.name(…)``, ``call`` ``made(…)``. ``attribute`` is the value of
    ``made.name``, None for a method; ``item`` that of ``made[key]``. ``items`` are what a loop over the
    object meets, None where that is not known. ``operator`` gets the sign and both operands, ``computed``
    what a function of each element (``np.log``) makes of the object's array. ``set_item``,
    ``set_attribute`` and ``give_name`` change the object; the last is told the name of the variable that it
    is assigned to.
    """

    method: Method | None = None
    call: Callable[[Site, LibraryObject, Arguments], Value] | None = None
    attribute: Attribute | None = None
    item: Item | None = None
    items: Callable[[Evaluator, LibraryObject], list[Value] | None] | None = None
    operator: Operator | None = None
    computed: Callable[[Site, LibraryObject, Tensor], Value] | None = None
    set_item: Callable[[Evaluator, LibraryObject, Value, Value], None] | None = None
    set_attribute: Callable[[Evaluator, LibraryObject, str, Value], None] | None = None
    give_name: Callable[[LibraryObject, str], None] | None = None


class Library(Struct, frozen=True):
    """What is known of one library.

    ``functions``, ``constants``, ``subscripts`` (``np.r_[key]``) and ``attributes`` (those of an object that
    the library exports) are by qualified name, ``kinds`` by the qualified name of an object's class.
    ``find`` knows functions whose names are too many to list. ``observers`` see a call before it is carried
    out and leave a note in the graph. ``guess`` is asked for the value of calling something unknown:
    (whether it is known after all, the value).
    """

    name: str
    functions: Mapping[str, Handler] = {}
    kinds: Mapping[str, Kind] = {}
    constants: Mapping[str, Value] = {}
    subscripts: Mapping[str, Callable[[Site, Value], Value]] = {}
    attributes: Mapping[str, Callable[[Evaluator, str], Value]] = {}
    observers: Mapping[str, Callable[[Site, Arguments], None]] = {}
    find: Callable[[str], Handler | None] | None = None
    guess: Callable[[Unknown, Arguments], tuple[bool, Value]] | None = None
