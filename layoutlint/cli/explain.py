"""``layoutlint explain``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from layoutlint.cli import exits, options, outcome, output
from layoutlint.model.findings import Finding
from layoutlint.model.graph import Call, Graph
from layoutlint.run.configuration import Configuration, ConfigurationError
from layoutlint.run.inputs import Opened


@click.command("explain")
@click.argument("target", metavar="PATH[:LINE|:LAYER]")
@click.option(
    "--prove", is_flag=True, help="Build the Conv1D and its Conv2D in Keras and compare (TensorFlow)."
)
@options.reach
@options.no_config
@click.pass_context
def command(
    ctx: click.Context,
    target: str,
    prove: bool,
    follow: tuple[str, ...],
    budget: float | None,
    no_config: bool,
) -> None:
    """Tell the story of one layer in words.

    What each axis of its input is taken for, the shape that its kernel therefore has, where the input
    dimension goes, and the equivalent Conv2D. In source a layer is named by its line (in a notebook by
    CELL:LINE), in a saved model by its name; without either, every layer is explained.
    """
    from layoutlint.run.discovery import Candidate
    from layoutlint.run.inputs import open_input

    path, place = split_target(target)
    configuration = options.reaching(options.configured([path], no_config), follow, budget)
    opened = open_input(Candidate(path, named=True), configuration.reach)
    if opened.graph is None:
        output.unreadable([opened.coverage])
        if opened.coverage.status == "skipped":
            output.remark(f"{path}: nothing to explain: {opened.coverage.reason}")
        ctx.exit(outcome.of_inputs([opened.coverage]))
    calls = chosen(opened.graph, place)
    if not calls:
        raise click.ClickException(f"{path} has no layer at {place}; {_places(opened.graph)}")
    findings = _findings(opened, configuration)
    for index, call in enumerate(calls):
        output.result(("\n" if index else "") + "\n".join(_told(call, findings)) + "\n")
    if prove:
        ctx.exit(_prove(calls))


def split_target(target: str) -> tuple[str, str]:
    """The path and the place in it. The path is the longest piece before a colon that exists."""
    if target == "-" or Path(target).exists():
        return target, ""
    pieces = target.split(":")
    for count in range(len(pieces) - 1, 0, -1):
        path = ":".join(pieces[:count])
        if path == "-" or (path and Path(path).exists()):
            return path, ":".join(pieces[count:])
    return target, ""


def chosen(graph: Graph, place: str) -> list[Call]:
    """The uses of the layers at a place, each layer's first use of a kind once; all layers for no place."""
    calls = [call for call in graph.calls if call.layer.kind in ("layer", "model")]
    calls = [call for call in calls if _is_at(call, place)] if place else calls
    told: dict[tuple[object, ...], Call] = {}
    for call in calls:
        reading = str(call.interpretation)
        told.setdefault((call.layer.origin.locate(), call.layer.class_name, reading), call)
    return list(told.values())


def _is_at(call: Call, place: str) -> bool:
    location = call.layer.origin.locate()
    if place in (location.layer, call.layer.name):
        return True
    numbers = place.split(":")
    if not all(number.isdigit() for number in numbers) or len(numbers) > 2:
        return False
    cell = int(numbers[0]) if len(numbers) == 2 else None
    line = int(numbers[-1])
    return any(
        found.line is not None
        and found.line <= line <= (found.end_line or found.line)
        and (cell is None or found.cell == cell)
        for found in (location, call.origin.locate())
    )


def _places(graph: Graph) -> str:
    """Where the layers are, for somebody who has missed them."""
    found: dict[str, None] = {}
    for call in graph.calls:
        location = call.layer.origin.locate()
        if call.layer.kind == "layer":
            found[location.layer or (f"{location.cell}:" if location.cell else "") + str(location.line)] = (
                None
            )
    names = list(found)
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"there are {', '.join(names[:12])}{more}" if names else "no layer of it is ever used"


def _findings(opened: Opened, configuration: Configuration) -> Sequence[Finding]:
    from layoutlint.run.check import chosen_rules
    from layoutlint.run.display_paths import shown_finding
    from layoutlint.run.examination import judged

    try:
        found = judged(opened, chosen_rules(configuration), configuration)
        return [shown_finding(finding, opened.coverage.path) for finding in found]
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from None


def _told(call: Call, findings: Sequence[Finding]) -> Iterator[str]:
    from layoutlint.explain.gaps import gaps
    from layoutlint.explain.story import story
    from layoutlint.reports.style import clean

    location = call.layer.origin.locate()
    name = f' "{clean(call.layer.name)}"' if isinstance(call.layer.name, str) else ""
    yield f"{call.layer.class_name}{name} at {clean(str(location))}"
    yield ""
    yield from (clean(line) for line in story(call))
    for what, origin in gaps(call):
        yield ""
        place = f", at {clean(str(origin.locate()))}" if origin is not None else ""
        yield f"Knowledge was lost here: {clean(what)}{place}"
    for finding in findings:
        if finding.location in (location, call.origin.locate()):
            yield ""
            yield f"{finding.severity}[{finding.rule}]: {clean(finding.message)}"
            if finding.tip:
                yield f"tip: {clean(finding.tip)}"


def _prove(calls: Sequence[Call]) -> int:
    from layoutlint.explain.proof import ProofError, prove
    from layoutlint.explain.story import equivalent_conv2d

    provable = [layer for layer in map(equivalent_conv2d, calls) if layer is not None]
    if not provable:
        output.problem("nothing to prove: no Conv1D with known arguments here")
        return exits.NOTHING
    holds = True
    for layer in dict.fromkeys(provable):
        try:
            proof = prove(layer)
        except ProofError as error:
            output.problem(f"no proof: {error}")
            return exits.ERROR
        output.result("\nThe proof, by real Keras on random numbers:\n")
        output.result(f"  Conv1D on {proof.input_shape}, kernel {proof.kernel_shape}: {proof.output_shape}\n")
        for way in proof.comparisons:
            output.result(
                f"  Conv2D with {way.way} on {way.input_shape}, kernel {way.kernel_shape}: "
                f"{way.output_shape}, largest difference {way.difference:.3g}\n"
            )
        output.result(f"  (the largest number in the output is {proof.largest:.3g})\n")
        holds = holds and proof.holds
    return exits.CLEAN if holds else exits.ERROR
