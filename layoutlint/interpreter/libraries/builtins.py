"""Python's built-in functions, over abstract values."""

from __future__ import annotations

import ast

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.outcomes import ProgramError
from layoutlint.interpreter.core.plain import through
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, NativeMethod, Value, text_of
from layoutlint.interpreter.libraries import builtins_items, builtins_numbers, builtins_objects
from layoutlint.model.syntax_text import expression_of

MAX_EXPRESSION = 500


def _not_followed(site: Site, arguments: Arguments) -> Value:
    return site.lost("a built-in function that is not followed")


def _evaluated(site: Site, arguments: Arguments) -> Value:
    """Return ``eval("ReLU")``: a known text, evaluated abstractly as all the rest of the program is."""
    text = text_of(arguments.get(0, "expression"))
    if text is None or len(text) > MAX_EXPRESSION or len(arguments.positional) > 1:
        return site.lost("a text that is evaluated when the program runs")
    try:
        expression = expression_of(text.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return site.lost("a text that is not an expression")
    for part in ast.walk(expression):
        if isinstance(part, ast.expr | ast.keyword):
            ast.copy_location(part, site.node)
    return site.eval(expression)


def leave(site: Site, arguments: Arguments) -> Value:
    """Carry out ``sys.exit()`` and its like: the program ends."""
    raise ProgramError


def nothing(site: Site, arguments: Arguments) -> Value:
    """Carry out a function that returns None and changes nothing."""
    return None


def _str(site: Site, arguments: Arguments) -> Value:
    """Return ``str(value)``: of a path, its text, as ``f"{path}"`` is."""
    given = arguments.get(0, "object", "")
    if isinstance(given, LibraryObject):
        return site.call(NativeMethod(given, "__str__"), Arguments())
    return through(str)(site, arguments)


_FUNCTIONS: dict[str, Handler] = {
    **builtins_items.FUNCTIONS,
    **builtins_numbers.FUNCTIONS,
    **builtins_objects.FUNCTIONS,
    "print": nothing,
    "eval": _evaluated,
    "exit": leave,
    "quit": leave,
    **{each.__name__: through(each) for each in (abs, bool, chr, divmod, ord, repr, bin, hex, complex)},
    "str": _str,
}


def _find(name: str) -> Handler | None:
    """Return the handler of another built-in function; ``open`` is in ``paths``."""
    return _not_followed if name.startswith("builtins.") and name != "builtins.open" else None


LIBRARY = Library(
    "builtins",
    functions={f"builtins.{name}": handler for name, handler in _FUNCTIONS.items()},
    kinds=builtins_objects.KINDS,
    find=_find,
)
