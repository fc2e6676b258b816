"""What notebooks printed of their models: ``python benchmarks/printed_summaries.py FOLDER...``.

Real Keras wrote the tables of ``model.summary()`` that a notebook keeps. Each is compared with the models
that are read in the same notebook, nothing being run: with the one of the same classes of layers of which
the fewest rows differ. A notebook may have been edited after it ran: what differs is for a human to see.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from layoutlint.model.axes import Shape
from layoutlint.model.graph import Network, flatten
from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers import notebook
from layoutlint.readers.source import limits_of, read

ROW = re.compile(r"[\s│]*[\w/.:-]+ \((\w+)\)?[\s│]+(\[?\(.*?\)\]?)[\s│]+[\d,]+")
"""``dense_1 (Dense)   (None, 10)   650``; a long name is cut."""

RANKS = ("as printed", "unknown", "wrong")

Row: TypeAlias = tuple[str, tuple[Any, ...]]


def printed(path: Path) -> Iterator[list[Row]]:
    """Yield the tables that a notebook keeps, without the inputs."""
    found = json.loads(path.read_text(encoding="utf-8"))
    for cell in found.get("cells") or [cell for each in found["worksheets"] for cell in each["cells"]]:
        for output in cell.get("outputs", []):
            text = "".join(output.get("text", ""))
            if text.count("Output Shape") == 1 and (rows := list(_rows(text))):
                yield rows


def _rows(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        match = ROW.match(line)
        if match is None or match[1].startswith("InputLay"):
            continue
        try:
            shape = ast.literal_eval(match[2])
        except (ValueError, SyntaxError):
            continue
        if isinstance(shape, tuple):
            yield re.sub(r"V[12]$", "", match[1]), shape


def made(network: Network) -> list[tuple[str, Shape | None]]:
    """Return the layers of a model, each with the shape of its output."""
    calls = [call for call in network.calls if call.layer.kind != "operation"]
    outputs = [next(iter(flatten(call.outputs)), None) for call in calls]
    return [
        (call.layer.class_name, None if tensor is None else tensor.shape)
        for call, tensor in zip(calls, outputs, strict=True)
        if call.layer.class_name != "InputLayer"
    ]


def verdicts(rows: list[Row], network: Network) -> Counter[str] | None:
    """Return how many rows are as printed, unknown and wrong; None for a model of other layers."""
    left = made(network)
    counts: Counter[str] = Counter()
    for name, shape in rows:
        # a long name of a layer leaves little room for that of its class
        same = [(verdict(shape, each[1]), each) for each in left if each[0].startswith(name)]
        if not same:
            return None
        found, taken = min(same, key=lambda item: RANKS.index(item[0]))
        counts[found] += 1
        left.remove(taken)
    return None if left else counts


def verdict(printed_shape: tuple[Any, ...], known: Shape | None) -> str:
    """Compare a shape without its batch, which may be declared."""
    if known is None:
        return "unknown"
    sizes, wanted = known.sizes[1:], printed_shape[1:]
    if len(sizes) != len(wanted):
        return "wrong"
    pairs = list(zip(sizes, wanted, strict=True))
    if any(isinstance(a, int) and isinstance(b, int) and a != b for a, b in pairs):
        return "wrong"
    return "as printed" if all(a == b for a, b in pairs) else "unknown"


def main(folders: list[str]) -> None:
    """Print what differs, and the counts."""
    counts: Counter[str] = Counter()
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.ipynb")):
            try:
                tables = list(printed(path))
                models = _models(path) if tables else []
            except (UnreadableError, OSError, ValueError, KeyError):
                continue
            for rows in tables:
                alike = [found for each in models if (found := verdicts(rows, each)) is not None]
                best = max(alike, key=_likeness, default=Counter[str]())
                counts += Counter(tables=1) + best
                counts["tables of no model alike"] += not alike
                if best["wrong"]:
                    print(f"{path}: {best['wrong']} of {len(rows)} rows differ")
    print(dict(counts))


def _likeness(found: Counter[str]) -> tuple[int, int]:
    return -found["wrong"], found["as printed"]


def _models(path: Path) -> list[Network]:
    text, cells = notebook.read(path.read_bytes())
    return read(text, str(path), cells, limits_of(4)).models


if __name__ == "__main__":
    main(sys.argv[1:])
