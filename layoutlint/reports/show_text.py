"""``show`` for people: a static ``model.summary()`` with the axes named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from layoutlint.explain.overview import LayerSummary, Overview, Use
from layoutlint.model.axes import Shape
from layoutlint.model.origins import Location
from layoutlint.model.sizes import Size, render
from layoutlint.reports.style import PLAIN, Style, clean


def render_views(path: str, found: Overview, style: Style = PLAIN) -> str:
    """All layers of one input; uses of one constructor call that read and make the same stand once."""
    lines = [style("bold", clean(path))]
    for place, group in groupby(found.layers, key=lambda view: (view.location, view.class_name)):
        members = list(group)
        lines += _constructor(_place(place[0], path), members, style)
    return "\n".join(lines) + "\n"


def render_lines(found: Overview, style: Style = PLAIN) -> str:
    """One line for each use of a layer: ``train.py:12:5 Conv1D (batch, steps=1, …) -> (None, 1, 32)``."""
    lines = []
    for view in found.layers:
        for use in view.uses:
            reads = clean(use.axes) if use.axes is not None else shapes(use.inputs)
            title = style("bold", clean(view.class_name))
            lines.append(f"{clean(str(view.location))} {title} {reads} -> {shapes(use.outputs)}\n")
    return "".join(lines)


def _place(location: Location, path: str) -> str:
    """Where in the input a constructor stands; in which file, if an import has led to another one."""
    if location.line is None:
        return ""
    line = f"line {location.line}" if location.cell is None else f"cell {location.cell}, line {location.line}"
    return line if location.path == path else f"{clean(location.path)}, {line}"


def _constructor(place: str, members: Sequence[LayerSummary], style: Style) -> Iterator[str]:
    first = members[0]
    title = first.location.layer or first.name or ""
    count = f"  x {len(members)}" if len(members) > 1 else ""
    head = "  ".join(part for part in (style("bold", clean(first.class_name)), clean(title), place) if part)
    yield f"  {head}{count}"
    uses = [use for member in members for use in member.uses]
    if not uses:
        yield f"    used by {clean(first.inside)}" if first.inside else "    never called here"
    shown: dict[tuple[str, ...], int] = {}
    for use in uses:
        key = tuple(_lines(use))
        shown[key] = shown.get(key, 0) + 1
    for described, times in shown.items():
        first_line, *rest = described
        yield f"    {first_line}" + (f"  (x {times})" if times > 1 else "")
        yield from (f"    {line}" for line in rest)


def _lines(use: Use) -> Iterator[str]:
    if use.axes is not None:
        yield f"reads   {clean(use.axes)}"
    elif use.inputs:
        yield f"reads   {shapes(use.inputs)}"
    if use.weights is not None and "kernel" in use.weights:
        yield f"kernel  {sizes(use.weights['kernel'])}"
    if use.error is not None:
        yield f"refused {clean(use.error)}"
    else:
        why = f"  ({clean(use.gaps[0].reason)})" if use.gaps and None in use.outputs else ""
        yield f"output  {shapes(use.outputs)}{why}"


def shapes(given: Sequence[Shape | None]) -> str:
    """One shape, or several in brackets."""
    texts = ["unknown" if shape is None else clean(str(shape)) for shape in given]
    return texts[0] if len(texts) == 1 else "[" + ", ".join(texts) + "]" if texts else "unknown"


def sizes(given: Sequence[Size]) -> str:
    """Sizes as Python writes a tuple."""
    return "(" + ", ".join(clean(render(size)) for size in given) + ("," if len(given) == 1 else "") + ")"
