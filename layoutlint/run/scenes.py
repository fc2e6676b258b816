"""What stands around a finding: the lines of its source, or the layers before and after it in a saved
model.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from layoutlint.model.findings import Finding, Proposal
from layoutlint.model.graph import Graph, map_nested
from layoutlint.model.origins import Location, ModelOrigin, SourceFile, first_lines
from layoutlint.system.regular_files import SOURCE, read


class Row(Struct, frozen=True):
    """One layer of a saved model with what it reads and makes, as text."""

    layer: str
    class_name: str
    reads: str
    output: str


class Scenes(Struct):
    """The surroundings of all findings of a run; only what a report may show is kept."""

    sources: dict[str, SourceFile] = {}
    models: dict[str, list[Row]] = {}
    pages: dict[str, Path] = {}
    """The file of each rule that found something."""
    proposals: dict[tuple[str, Location], Proposal] = {}
    """What the fixes of findings would change, by rule and place, where a report tells it."""

    def proposal(self, finding: Finding) -> Proposal | None:
        """Return what a finding's fix would change, where that was worked out."""
        return self.proposals.get((finding.rule, finding.location))

    def line(self, location: Location, line: int) -> str | None:
        """Return the text of a line (counted as in ``location``: within its cell, if it has one); None if it
        has none.
        """
        file = self.sources.get(location.path)
        if file is None:
            file = self.sources[location.path] = _from_disk(location.path)
        first = first_lines(file.cells).get(location.cell, 1) if location.cell is not None else 1
        at = first + line - 2
        return file.lines[at] if 0 <= at < len(file.lines) else None

    def around(self, location: Location, count: int = 2) -> list[tuple[Row, bool]]:
        """Return the rows around a layer of a saved model, each with whether it is the layer itself."""
        table = self.models.get(location.path, [])
        places = [index for index, row in enumerate(table) if row.layer == location.layer]
        if not places:
            return []
        at = places[0]
        first = max(at - count, 0)
        return [(row, row.layer == location.layer) for row in table[first : at + count + 1]]


def _from_disk(path: str) -> SourceFile:
    """Return a file that another file's evaluation has led to."""
    try:
        return SourceFile(path, read(path, SOURCE).decode(errors="replace"))
    except (OSError, ValueError):
        return SourceFile(path, "")


def rows(graph: Graph) -> list[Row]:
    """Return every use of a layer of a saved model, in the order of the model."""
    found: list[Row] = []
    for call in graph.calls:
        place = call.layer.origin
        name = place.layer if isinstance(place, ModelOrigin) else call.layer.name or call.layer.class_name
        reads = call.interpretation.axes if call.interpretation is not None else ""
        found.append(Row(name, call.layer.class_name, reads, shapes_text(call.outputs)))
    return found


def shapes_text(outputs: object) -> str:
    """Output tensors as text: a shape, a list of shapes, or ``unknown``."""
    texts: list[str] = []
    map_nested(
        lambda tensor: texts.append("unknown" if tensor.shape is None else str(tensor.shape)),
        outputs,
    )
    return texts[0] if len(texts) == 1 else "[" + ", ".join(texts) + "]" if texts else "unknown"
