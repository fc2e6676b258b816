"""What a fix changes in a file, as a unified diff that ``patch -p1`` and ``git apply`` take.

A diff is made of bytes: its lines end at ``\\n`` alone, whatever else Python or an editor takes for an end of
line.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from typing import Final

from layoutlint.run.display_paths import below

_PLAIN: Final = re.compile(r"[^\x00-\x1f\x7f\"\\]*")
_ESCAPES: Final = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}


def patch(path: str, before: bytes, after: bytes) -> bytes:
    """Return the difference between two contents of a file; nothing where there is none."""
    return b"".join(_lines(path, before, after))


def _lines(path: str, before: bytes, after: bytes) -> Iterator[bytes]:
    name = _relative(path)
    old, new = _header(f"a/{name}"), _header(f"b/{name}")
    for number, line in enumerate(difflib.diff_bytes(difflib.unified_diff, _split(before), _split(after))):
        if number < 2:
            yield (b"--- " + old, b"+++ " + new)[number]
        else:
            yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _split(data: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1].removesuffix(b"\n")
    return lines if lines[-1] else lines[:-1]


def _relative(path: str) -> str:
    """Return the path as ``patch`` accepts it: below the current folder, or else below the root
    of all files.
    """
    found = below(path) or os.path.abspath(path)  # noqa: PTH100
    return found.replace(os.sep, "/").lstrip("/")


def _header(name: str) -> bytes:
    """Return a file's name as Git writes it: quoted where a byte of it would end the line or steer a
    terminal.
    """
    if _PLAIN.fullmatch(name) and name.isprintable():
        # the tab ends a name with a space in it
        return os.fsencode(name) + (b"\t\n" if " " in name else b"\n")
    return b'"' + b"".join(map(_quoted, os.fsencode(name))) + b'"\n'


def _quoted(byte: int) -> bytes:
    if byte in _ESCAPES:
        return f"\\{_ESCAPES[byte]}".encode()
    return bytes([byte]) if 32 <= byte < 127 else f"\\{byte:03o}".encode()
