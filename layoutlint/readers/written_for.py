"""The version of Keras that a program is written for, with the reason.

Asked in this order, and the first that knows is believed: the file itself (what only one version has; where
Keras 1 and 2 both have it, the modules that it imports may say that it is 1, and where it makes a convolution
that Keras 1 reads in another way, most files of its folder may); the program's own modules
that it imports; what the project asks for (requirements, lock files); what TensorFlow still has beside
Keras 3 and few programs for it use; the other files of the folder, the models saved there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from layoutlint.interpreter.keras.package_alone import ALONE
from layoutlint.interpreter.language.imports import Importer, parsed
from layoutlint.interpreter.language.keras_signs import Sign, signs_in, version_of
from layoutlint.knowledge.keras_versions import (
    DROPPED_CLASSES_OF_KERAS_1,
    HINTS,
    KEYWORDS_OF_KERAS_1,
    METHODS,
    METHODS_OF_KERAS_1,
    NAMES,
    OPTIMIZER_KEYWORDS,
)
from layoutlint.layers.versions import KEYWORDS
from layoutlint.model.keras_version import BEFORE_3, OPEN, KerasVersion, Version
from layoutlint.model.reads import Reads
from layoutlint.readers.pins import folders_above, installed_by, neighbours, pinned, project_files
from layoutlint.readers.salvage import of_module
from layoutlint.system import regular_files

MAX_NEIGHBOURS: Final = 100
MAX_NEIGHBOUR_BYTES: Final = 2 * 2**20
"""How many files of a folder are looked at, and how much of them."""

MAX_MODULE_CHARACTERS: Final = 2**20
"""How much is read of the modules that a program imports: parsing a million takes about a second."""

MAX_MODELS: Final = 10
MODEL_HEAD: Final = 64 * 1024

_OUT_OF_TENSORFLOW: Final = re.compile(r"^\s*(?:from|import)\s+tensorflow\b", re.MULTILINE)
_IN_TWO_WAYS: Final = re.compile(r"\bConv\w*[23]D\(\s*\w+\s*,\s*\w+\s*,\s*\w+\s*[,)]")
"""``Conv2D(64, 3, 3)``: a kernel of 3 x 3 in Keras 1, strides of 3 in later versions."""
_LIBRARIES: Final = re.compile(rb"keras|tensorflow", re.IGNORECASE)
_WRITTEN_BY: Final = re.compile(rb"keras_version.*?(?<![\w.])([123])\.\d{1,2}\.\d{1,2}(?![\w.])", re.DOTALL)
"""The attribute of HDF5 files, whose text stands further on, and the entry of metadata.json."""


def of_program(tree: ast.Module, text: str, path: str, reads: Reads) -> KerasVersion:
    """Return the version of Keras that a program is written for; ``path`` is its file, if it is
    one.

    ``reads`` remembers the files and folders that were asked.
    """
    asked: list[Path] = []
    found = (
        version for ask in _questions(tree, text, path, asked, reads) if (version := ask()).number is not None
    )
    keras = next(found, OPEN)
    for file in asked:
        reads.hashed(str(file))
    return keras


def _questions(
    tree: ast.Module, text: str, path: str, asked: list[Path], reads: Reads
) -> Iterator[Callable[[], KerasVersion]]:
    signs = signs_in(tree) if _may_hold_signs(text.encode(errors="replace")) else []
    by_tensorflow = _OUT_OF_TENSORFLOW.search(text) is not None and ALONE.search(text) is None
    certain = [sign for sign in signs if not sign.hint]
    file = Path(path)
    is_file = file.is_file()
    if is_file and certain and all(sign.versions == BEFORE_3 for sign in certain):
        yield lambda: _of_keras_1(_of_modules(tree, file, asked, reads))
        if _IN_TWO_WAYS.search(text):
            yield lambda: _of_keras_1(_of_folder(file, asked))
    yield lambda: version_of(certain)
    if is_file:
        yield lambda: _of_modules(tree, file, asked, reads)
    yield lambda: installed_by(text, by_tensorflow=by_tensorflow)
    if is_file:
        for folder in folders_above(file.parent):
            reads.names(str(folder))
        asked += project_files(file.parent)
        yield lambda: pinned(file.parent, by_tensorflow=by_tensorflow)
    yield lambda: version_of(signs)
    if is_file:
        yield lambda: _of_folder(file, asked)


def _of_modules(tree: ast.Module, file: Path, asked: list[Path], reads: Reads) -> KerasVersion:
    """Return what the program's own modules say together that a file imports, and those that they import."""
    modules = Importer(file, reads=reads, parse=of_module).own_modules(tree, MAX_MODULE_CHARACTERS)
    asked += modules
    signs = [(sign, module.name) for module in modules for sign in _signs_of(module) if not sign.hint]
    return _together([(version_of([sign], where), sign) for sign, where in signs])


def _of_keras_1(found: KerasVersion) -> KerasVersion:
    return found if found.number == 1 else OPEN


def _together(found: list[tuple[KerasVersion, Sign]]) -> KerasVersion:
    numbers = {version.number for version, _ in found}
    if not numbers or (3 in numbers and len(numbers) > 1):
        return OPEN
    least = min(found, key=lambda item: len(item[1].versions))
    return least[0]


def _of_folder(file: Path, asked: list[Path]) -> KerasVersion:
    """Return what the other Python files of a folder say, if they are of one mind, or else the
    models in it.
    """
    others = [path for path in neighbours(file.parent) if path.name != file.name]
    left = MAX_NEIGHBOUR_BYTES
    sources: list[Path] = []
    for path in [other for other in others if other.suffix == ".py"][:MAX_NEIGHBOURS]:
        left -= path.stat().st_size
        if left < 0:
            break
        sources.append(path)
    models = [other for other in others if other.suffix != ".py"][:MAX_MODELS]
    asked += sources
    said = (version_of((sign for sign in _signs_of(each) if not sign.hint), each.name) for each in sources)
    return _of_one_mind(list(said)) or _of_one_mind([_written_by(model) for model in models]) or OPEN


def _of_one_mind(found: list[KerasVersion]) -> KerasVersion | None:
    known = [version for version in found if version.number is not None]
    numbers = {version.number for version in known}
    if not known or (3 in numbers and len(numbers) > 1):
        return None
    ones = [version for version in known if version.number == 1]
    # what Keras 1 and 2 both have counts as 2
    most = ones[0] if 2 * len(ones) > len(known) else max(known, key=lambda version: version.number or 0)
    return KerasVersion(most.number, f"in the same folder, {most.reason}")


def _written_by(model: Path) -> KerasVersion:
    """Return the version of Keras that wrote a model or weights, from the attribute at the head
    of the file.
    """
    try:
        return _read_head(model, regular_files.version(model.stat()))
    except OSError:
        return OPEN


@lru_cache(maxsize=256)
def _read_head(model: Path, version: tuple[int, ...]) -> KerasVersion:
    with regular_files.opened(model) as file:
        found = _WRITTEN_BY.search(file.read(MODEL_HEAD))
    return (
        KerasVersion(_number(found[1]), f"{model.name} was saved by Keras {found[1].decode()}")
        if found
        else OPEN
    )


def _number(digit: bytes) -> Version | None:
    versions: dict[bytes, Version] = {b"1": 1, b"2": 2, b"3": 3}
    return versions.get(digit)


def _signs_of(path: Path) -> tuple[Sign, ...]:
    try:
        return _read_signs(path, regular_files.version(path.stat()))
    except OSError:
        return ()


@lru_cache(maxsize=1024)
def _read_signs(path: Path, version: tuple[int, ...]) -> tuple[Sign, ...]:
    if not _may_hold_signs(regular_files.read(path, MAX_NEIGHBOUR_BYTES)):
        return ()
    module = parsed(path, Reads(), of_module)
    return () if module is None else tuple(signs_in(module[1]))


def _may_hold_signs(data: bytes) -> bool:
    return _LIBRARIES.search(data) is not None and _words().search(data) is not None


@cache
def _words() -> re.Pattern[bytes]:
    """Return a word of any sign: most files have none, and need not be looked through."""
    words = {_telling(name) for row in (*NAMES, HINTS) for name in row.names.split()}
    words |= {
        *METHODS,
        *(word for arguments in METHODS_OF_KERAS_1.values() for word in arguments),
        *KEYWORDS_OF_KERAS_1,
        *OPTIMIZER_KEYWORDS,
        *DROPPED_CLASSES_OF_KERAS_1,
    }
    words |= {name for row in KEYWORDS for name in row.names.split() if "_" in name}
    words |= {"KERAS_BACKEND", "TF_USE_LEGACY_KERAS"}
    return re.compile(rb"\b(?:" + b"|".join(sorted(re.escape(word).encode() for word in words)) + rb")\b")


def _telling(name: str) -> str:
    return "backend" if name.startswith("keras.backend.") else name.rsplit(".", 1)[-1]
