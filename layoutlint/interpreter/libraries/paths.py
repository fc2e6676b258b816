"""Files that a program opens: their paths, and which of them may be read.

Only files in the program's own folder (and below) are ever read, and only small ones: the program's author
put them there, and what they say is data.
"""

from __future__ import annotations

import os.path
from pathlib import Path, PurePosixPath

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Value

PATH, FILE = "pathlib.Path", "io.TextIOWrapper"
MAX_PATH = 1000


def path(site: Site, text: str) -> LibraryObject:
    """A ``pathlib.Path`` of the program."""
    return LibraryObject(PATH, site.origin, site.journal.born({"text": text}))


def text_of(value: Value) -> str | None:
    """The path that a string, a Path or an opened file stands for."""
    if isinstance(value, LibraryObject) and value.kind in (PATH, FILE):
        value = value.state.get("text")
    return value if isinstance(value, str) and 0 < len(value) < MAX_PATH and "\0" not in value else None


def near(ev: Evaluator, value: Value, limit: int) -> Path | None:
    """The file that a path of the program names, if it lies in the program's folder and is no larger than
    ``limit`` bytes.

    A relative path counts from that folder, as for ``python program.py`` run there.
    """
    text = text_of(value)
    if text is None:
        return None
    try:
        folder = Path(ev.file.path).resolve().parent
        found = (folder / text).resolve()
        if not Path(ev.file.path).is_file() or not found.is_relative_to(folder):
            return None
        # one that is not there may be there the next time
        ev.graph.files.append(str(found))
        return found if found.is_file() and found.stat().st_size <= limit else None
    except (OSError, ValueError, RuntimeError):
        return None


def _new(site: Site, arguments: Arguments) -> Value:
    return _joined(site, list(arguments.positional) or ["."])


def _joined(site: Site, parts: list[Value]) -> Value:
    texts = [text_of(part) for part in parts]
    if None in texts or not texts:
        return site.lost("a path with an unknown part")
    return path(site, str(PurePosixPath(*[text for text in texts if text is not None])))


def _divided(site: Site, sign: str, left: Value, right: Value) -> Value:
    if sign != "/":
        return site.lost("arithmetic with a path")
    return _joined(site, [left, right])


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name == "joinpath":
        return _joined(site, [made, *arguments.positional])
    if name in ("resolve", "absolute", "expanduser"):
        return made
    if name == "open":
        return _open(site, Arguments((made, *arguments.positional), arguments.keywords))
    if name in ("read_text", "read_bytes"):
        return LibraryObject(FILE, site.origin, site.journal.born(dict(made.state)))
    if name in ("as_posix", "__str__"):
        return made.state["text"]
    return site.lost(f"{name} of a path")


def _attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    text = text_of(made)
    if text is None:
        return None
    pure = PurePosixPath(text)
    if name == "parent":
        return path(site, str(pure.parent))
    return {"name": pure.name, "stem": pure.stem, "suffix": pure.suffix}.get(name)


def _open(site: Site, arguments: Arguments) -> Value:
    """``open(path)`` for reading; what is written is not followed."""
    text, mode = text_of(arguments.get(0, "file")), arguments.get(1, "mode", "r")
    if text is None or mode not in ("r", "rb", "rt", "br"):
        return site.lost("a file that is not known")
    return LibraryObject(FILE, site.origin, site.journal.born({"text": text}))


def _file_method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name == "read" and not arguments.positional:
        return made
    return None if name == "close" else site.lost(f"{name} of a file")


def _of_path(function: str) -> Handler:
    def run(site: Site, arguments: Arguments) -> Value:
        text = text_of(arguments.get(0, "path"))
        if text is None:
            return site.lost("a path that is not known")
        return getattr(os.path, function)(text)

    return run


def _same(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "path")
    return value if text_of(value) is not None else site.lost("a path that is not known")


_FUNCTIONS: dict[str, Handler] = {
    "pathlib.Path": _new,
    "pathlib.PurePath": _new,
    "pathlib.PosixPath": _new,
    "builtins.open": _open,
    "io.open": _open,
    "codecs.open": _open,
    "os.path.dirname": _of_path("dirname"),
    "os.path.basename": _of_path("basename"),
    "os.path.abspath": _same,
    "os.path.realpath": _same,
    "os.path.expanduser": _same,
}


LIBRARY = Library(
    "paths",
    functions=_FUNCTIONS,
    kinds={
        PATH: Kind(method=_method, attribute=_attribute, operator=_divided),
        FILE: Kind(method=_file_method, items=lambda ev, made: None),
    },
)
