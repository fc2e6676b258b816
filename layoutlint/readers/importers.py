"""What the programs that import a module set in Keras: the order of the axes of images."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from layoutlint.model.reads import Reads, content_of
from layoutlint.readers.pins import folders_above
from layoutlint.system import regular_files

MAX_FILES: Final = 60
MAX_BYTES: Final = 4 * 2**20
"""How many programs are looked at, and how much of them."""
FOLDERS: Final = 3
"""In how many folders of its project, its own first, the programs that import a module are looked for."""

_SETTER: Final = r"set_image_d(?:ata_format|im_ordering)\(\s*\\?['\"]"
_SETS: Final = re.compile(rf"{_SETTER}(?:channels_first|th)\b".encode())
_SETS_ITSELF: Final = re.compile(_SETTER)
_IMPORTS: Final = r"\b(?:from\s+[\w.]*\b{module}\s+import|import\s+(?:[\w., ]*\W)?{module})\b"
_MAY_CARE: Final = re.compile(r"channels_first|axis\s*=\s*1\b|\(\s*[13]\s*,")


def set_channels_first(text: str, path: str, reads: Reads) -> bool:
    """Tell whether a program that imports a module, from its folder or one above it, sets Keras to channels
    first.

    ``reads`` remembers the files that were asked; a module that sets an order itself, or in which none is
    ever told from the other, asks nobody.
    """
    file = Path(path)
    if not _MAY_CARE.search(text) or _SETS_ITSELF.search(text):
        return False
    # nothing imports a file by a name that is none
    if file.suffix != ".py" or not file.stem.isidentifier() or not regular_files.holds(Path.is_file, file):
        return False
    imports = re.compile(_IMPORTS.format(module=file.stem).encode())
    left, files = MAX_BYTES, MAX_FILES
    for folder in folders_above(file.parent)[:FOLDERS]:
        reads.names(str(folder))
        others = sorted([*folder.glob("*.py"), *folder.glob("*.ipynb")])[:files]
        files -= len(others)
        for other in others:
            if other == file:
                continue
            try:
                status = other.stat()
            except OSError:
                continue
            if status.st_size > left:
                continue
            left -= status.st_size
            content, hashed = _setting(other, regular_files.version(status))
            reads.content(str(other), hashed)
            if imports.search(content):
                return True
    return False


@lru_cache(maxsize=1024)
def _setting(path: Path, version: tuple[int, ...]) -> tuple[bytes, str]:
    """Return the content of a program that sets Keras to channels first, nothing of any other; and the hash
    of it. ``version`` tells one state of the file from another.
    """
    content, hashed = content_of(path, MAX_BYTES)
    return content if _SETS.search(content) else b"", hashed
