"""What real Keras said, kept: what it saw in every original, and the outcome of every mutant, by content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.mutations.mutants import Program, Seen

PROGRAMS: Final = Path(__file__).parent.parent / "programs"
FILE: Final = Path(__file__).parent / "outcomes.json"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant under real Keras.

    ``kind``: ``crash`` (with the ``phase``: while it is built, or when data is fed, and the ``line``),
    ``shapes`` (some layer reads or makes another shape), ``values`` (all shapes are the same, what is
    computed is not), ``fed`` (the models are the same, the data fed is not), ``same``, or ``timeout``.
    ``said`` shows it.
    """

    kind: str
    phase: str = ""
    line: int | None = None
    said: str = ""


@dataclass
class Store:
    """The stored outcomes: ``originals`` by program, ``outcomes`` by mutant id."""

    originals: dict[str, dict[str, Any]] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def save(self, path: Path = FILE) -> None:
        """Write one line a program and a mutant, sorted."""
        parts = {
            "originals": self.originals,
            "outcomes": {
                key: [one.kind, one.phase, one.line, one.said] for key, one in self.outcomes.items()
            },
        }
        blocks = []
        for name, part in parts.items():
            lines = ",\n".join(f"{json.dumps(key)}: {_compact(part[key])}" for key in sorted(part))
            blocks.append(f"{json.dumps(name)}: {{\n{lines}\n}}")
        path.write_text("{" + ",\n".join(blocks) + "}\n", encoding="utf-8")


def load(path: Path = FILE) -> Store:
    """The store of the repository; an empty one where there is none."""
    if not path.exists():
        return Store()
    read = json.loads(path.read_text(encoding="utf-8"))
    return Store(read["originals"], {key: Outcome(*one) for key, one in read["outcomes"].items()})


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def digest(text: str) -> str:
    """A short name for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def program(path: Path, originals: Mapping[str, Any]) -> Program | None:
    """A program with what Keras saw in it; None if that is not stored, or of another text."""
    text = path.read_text(encoding="utf-8")
    facts = originals.get(path.stem)
    if facts is None or facts["text"] != digest(text):
        return None
    seen = {
        (line, column): Seen(name, _shapes(inputs), _shapes(outputs), bool(fed and fed[0]))
        for line, column, name, inputs, outputs, *fed in facts["seen"]
    }
    fed = {int(line): _shapes(shapes) for line, shapes in facts["fed"].items()}
    return Program(path.stem, path, text, seen, fed)  # type: ignore[arg-type]


def _shapes(shapes: Any) -> tuple[tuple[int | None, ...], ...]:
    return tuple(tuple(shape) for shape in shapes)


def corpus() -> list[Path]:
    """The known-good programs."""
    return sorted(PROGRAMS.glob("*.py"))
