"""``show`` for people: a static ``model.summary()`` with the axes named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from layoutlint.explain.overview import LayerSummary, ModelSummary, Overview, Use
from layoutlint.explain.parameters import WeightCount
from layoutlint.model.axes import Shape
from layoutlint.model.origins import Location
from layoutlint.model.sizes import Size, render
from layoutlint.reports.coverage import plural
from layoutlint.reports.style import PLAIN, Style, clean


def render_views(path: str, found: Overview, style: Style = PLAIN) -> str:
    """Return all layers of one input, then its models; uses of one constructor call that read and output the
    same are listed once.
    """
    names = {use.number: _called(view) for view in found.layers for use in view.uses}
    lines = [style("bold", clean(path))]
    last = 0
    for place, group in groupby(found.layers, key=lambda view: (view.location, view.class_name)):
        members = list(group)
        lines += _constructor(_place(place[0], path), members, style, names, last)
        last = max((use.number for member in members for use in member.uses), default=last)
    inputs = {use.number for view in found.layers if view.kind == "input" for use in view.uses}
    for model in found.models:
        count = sum(number not in inputs for number in model.uses)
        lines += _model(model, count, _place(model.location, path), style)
    return "\n".join(lines) + "\n"


def _called(view: LayerSummary) -> str:
    """Return a layer as another one names it: by its name, or its class with the line."""
    if view.location.layer or view.name:
        return clean(view.location.layer or view.name or "")
    return f"{clean(view.class_name)} of line {view.location.line}"


def _model(model: ModelSummary, layers: int, place: str, style: Style) -> Iterator[str]:
    """Yield a model: its inputs and outputs, and what there is to train."""
    title = model.name or ""
    head = "  ".join(part for part in (style("bold", clean(model.class_name)), clean(title), place) if part)
    yield ""
    yield f"  {head}: {plural(layers, 'layer')}"
    yield f"    inputs  {shapes(model.inputs)}"
    yield f"    outputs {shapes(model.outputs)}"
    yield f"    weights {_count(model.parameters)}"


def _count(found: WeightCount) -> str:
    """Return how many weights there are, how many of them are trained, and what was not counted."""
    fixed = f", {found.total - found.fixed:,} of them trainable" if found.fixed else ""
    if not found.uncounted:
        return f"{found.total:,}{fixed}"
    if found.total == 0:
        return "unknown"
    names = ", ".join(clean(name) for name in dict.fromkeys(found.uncounted))
    return f"at least {found.total:,}{fixed}: those of {names} are not known"


def render_lines(found: Overview, style: Style = PLAIN) -> str:
    """Return one line for each use of a layer: ``train.py:12:5 Conv1D (batch, steps=1, …) ->
    (None, 1, 32)``.
    """
    lines = []
    for view in found.layers:
        for use in view.uses:
            reads = clean(use.axes) if use.axes is not None else shapes(use.inputs)
            title = style("bold", clean(view.class_name))
            lines.append(f"{clean(str(view.location))} {title} {reads} -> {shapes(use.outputs)}\n")
    return "".join(lines)


def _place(location: Location, path: str) -> str:
    """Return where in the input a constructor stands; in which file, if an import has led to another one."""
    if location.line is None:
        return ""
    line = f"line {location.line}" if location.cell is None else f"cell {location.cell}, line {location.line}"
    return line if location.path == path else f"{clean(location.path)}, {line}"


def _constructor(
    place: str, members: Sequence[LayerSummary], style: Style, names: Mapping[int, str], last: int
) -> Iterator[str]:
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
        key = tuple(_lines(use, names, last))
        shown[key] = shown.get(key, 0) + 1
        last = use.number
    for described, times in shown.items():
        first_line, *rest = described
        yield f"    {first_line}" + (f"  (x {times})" if times > 1 else "")
        yield from (f"    {line}" for line in rest)
    if first.kind == "layer" and uses:
        counted = list(dict.fromkeys(_count(member.parameters) for member in members))
        if counted != ["0"]:
            yield f"    weights {'; '.join(counted)}"


def _lines(use: Use, names: Mapping[int, str], last: int) -> Iterator[str]:
    """Yield a use of a layer; where its input comes from, unless that is the use listed before it."""
    if use.axes is not None:
        yield f"reads   {clean(use.axes)}"
    elif use.inputs:
        yield f"reads   {shapes(use.inputs)}"
    if use.sources and use.sources != (last,):
        yield f"from    {', '.join(names.get(source, '?') for source in use.sources)}"
    if use.weights is not None and "kernel" in use.weights:
        yield f"kernel  {sizes(use.weights['kernel'])}"
    if use.error is not None:
        yield f"refused {clean(use.error)}"
    else:
        yield f"output  {shapes(use.outputs)}{_why(use)}"


def _why(use: Use) -> str:
    """Why an output, or a size of it, is not known; a size with a name says it itself."""
    told = [gap.reason for gap in use.gaps if None in use.outputs or gap.reason.startswith("a size")]
    return f"  ({clean(told[0])})" if told else ""


def shapes(given: Sequence[Shape | None]) -> str:
    """Return one shape, or several in brackets."""
    texts = ["unknown" if shape is None else clean(str(shape)) for shape in given]
    return texts[0] if len(texts) == 1 else "[" + ", ".join(texts) + "]" if texts else "unknown"


def sizes(given: Sequence[Size]) -> str:
    """Sizes as Python writes a tuple."""
    return "(" + ", ".join(clean(render(size)) for size in given) + ("," if len(given) == 1 else "") + ")"
