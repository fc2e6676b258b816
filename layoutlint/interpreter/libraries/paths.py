"""Files that a program opens: their paths, and which of them may be read.

Only files in the program's own folder (and below) are ever read, and only small ones: the program's author
put them there, and what they say is data.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.narrowing import is_kind
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Unknown, Value, text_of

PATH, FILE, WRITER = "pathlib.Path", "io.TextIOWrapper", "io.BufferedWriter"
READING, WRITING = ("r", "rb", "rt", "br"), ("wb", "bw")
MAX_PATH = 1000


def path(site: Site, text: str) -> LibraryObject:
    """Return a ``pathlib.Path`` of the program."""
    return LibraryObject(PATH, site.origin, site.journal.born({"text": text}))


def path_of(value: Value) -> str | None:
    """Return the path that a string, a Path or an opened file stands for."""
    text = text_of(value.state.get("text") if is_kind(value, PATH, FILE) else value)
    return text if text is not None and 0 < len(text) < MAX_PATH and "\0" not in text else None


def near(ev: Evaluator, value: Value, limit: int) -> Path | None:
    """Return the file that a path names, if it is in the program's folder and has at most ``limit`` bytes.

    A relative path counts from that folder, as for ``python program.py`` run there.
    """
    text = path_of(value)
    if text is None:
        return None
    try:
        folder = Path(ev.file.path).resolve().parent
        found = (folder / text).resolve()
        # one that is not there, or elsewhere, may be here the next time
        there = ev.graph.reads.file(str(folder / text))
        if not Path(ev.file.path).is_file() or not found.is_relative_to(folder) or there is None:
            return None
        if found.stat().st_size > limit:
            ev.graph.reads.model(str(found))
            return None
        return found
    except (OSError, ValueError, RuntimeError):
        return None


def _new(site: Site, arguments: Arguments) -> Value:
    return _joined(site, list(arguments.positional) or ["."])


def _joined(site: Site, parts: list[Value]) -> Value:
    texts = [text for text in map(path_of, parts) if text is not None]
    if len(texts) < len(parts) or not texts:
        return site.lost("a path with an unknown part")
    return path(site, str(PurePosixPath(*texts)))


def _divided(site: Site, sign: str, left: Value, right: Value) -> Value:
    if sign != "/":
        return site.lost("arithmetic with a path")
    return _joined(site, [left, right])


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    match name:
        case "joinpath":
            return _joined(site, [made, *arguments.positional])
        case "resolve" | "absolute" | "expanduser":
            return made
        case "open":
            return _open(site, Arguments((made, *arguments.positional), arguments.keywords))
        case "write_bytes":
            return _written(site, made, arguments.get(0, "data"))
        case "read_text" | "read_bytes":
            return LibraryObject(FILE, site.origin, site.journal.born(dict(made.state)))
        case "with_suffix" | "with_name" | "with_stem":
            return _exchanged(site, made, name, arguments.get(0, "part"))
        case "as_posix" | "__str__":
            return made.state["text"]
        case _:
            return site.lost(f"{name} of a path")


def _exchanged(site: Site, made: LibraryObject, name: str, part: Value) -> Value:
    """Return ``path.with_suffix(".keras")`` and the like."""
    text, new = path_of(made), text_of(part)
    if text is None or new is None:
        return site.lost(f"{name} of a path")
    try:
        return path(site, str(getattr(PurePosixPath(text), name)(new)))
    except ValueError:
        return site.lost(f"{name} refuses {new[:80]!r}")


def _attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    text = path_of(made)
    if text is None:
        return None
    pure = PurePosixPath(text)
    if name == "parent":
        return path(site, str(pure.parent))
    return {"name": pure.name, "stem": pure.stem, "suffix": pure.suffix}.get(name)


def _open(site: Site, arguments: Arguments) -> Value:
    """Return ``open(path)`` for reading, or for writing bytes."""
    text, mode = path_of(arguments.get(0, "file")), arguments.get(1, "mode", "r")
    if text is None or mode not in READING + WRITING:
        return site.lost("a file that is not known")
    kind = FILE if mode in READING else WRITER
    return LibraryObject(kind, site.origin, site.journal.born({"text": text}))


def _written(site: Site, made: LibraryObject, content: Value) -> Value:
    """Return what writing to a file returns; the object that is written is kept for who opens the path."""
    keep(site, made.state.get("text"), content)
    return site.lost("the number of bytes")


def keep(site: Site, path: Value, content: Value) -> None:
    """Keep an object that the program writes to a path for who opens the path."""
    key = key_of(path)
    if isinstance(key, str) and isinstance(content, LibraryObject):
        site.journal.touch(site.evaluator.saved)
        site.evaluator.saved[key] = content


def key_of(path: Value) -> Value:
    """Return what is the same of two paths that are the same path; None for one that is not known at all."""
    if isinstance(path, Unknown):
        return (path.serial, path.path)
    text = path_of(path)
    return None if text is None else str(PurePosixPath(text))


def _writer_method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name == "write":
        return _written(site, made, arguments.get(0, "content"))
    return None if name in ("close", "flush") else site.lost(f"{name} of a file")


def _file_method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name == "read" and not arguments.positional:
        return made
    return None if name == "close" else site.lost(f"{name} of a file")


def _text(site: Site, arguments: Arguments) -> Value:
    """Return ``os.fspath(path)``."""
    text = path_of(arguments.get(0, "path"))
    return site.lost("a path that is not known") if text is None else text


def _of_path(function: Callable[[str], str]) -> Handler:
    """Return the handler of a function of ``os.path`` from a path to a text."""

    def run(site: Site, arguments: Arguments) -> Value:
        text = path_of(arguments.get(0, "path"))
        return site.lost("a path that is not known") if text is None else function(text)

    return run


def _no_items(ev: Evaluator, made: LibraryObject) -> None:
    """Leave the items of a file unknown: its lines are not read."""


def _same(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "path")
    return value if path_of(value) is not None else site.lost("a path that is not known")


_FUNCTIONS: dict[str, Handler] = {
    "pathlib.Path": _new,
    "pathlib.PurePath": _new,
    "pathlib.PosixPath": _new,
    "builtins.open": _open,
    "io.open": _open,
    "codecs.open": _open,
    "os.fspath": _text,
    "os.path.dirname": _of_path(os.path.dirname),
    "os.path.basename": _of_path(os.path.basename),
    "os.path.abspath": _same,
    "os.path.realpath": _same,
    "os.path.expanduser": _same,
}


LIBRARY = Library(
    "paths",
    functions=_FUNCTIONS,
    kinds={
        PATH: Kind(method=_method, attribute=_attribute, operator=_divided),
        FILE: Kind(method=_file_method, items=_no_items),
        WRITER: Kind(method=_writer_method),
    },
)
