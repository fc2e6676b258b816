"""``layoutlint explain``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from layoutlint.cli import exits, options, output
from layoutlint.model.findings import Coverage, Finding, Report
from layoutlint.model.graph import Call, Graph
from layoutlint.run.configuration import Configuration, ConfigurationError
from layoutlint.run.discovery import STANDARD_INPUT, Candidate, standard_input
from layoutlint.run.inputs import Opened

if TYPE_CHECKING:
    from layoutlint.explain.story import Equivalent


@click.command("explain")
@click.argument("target", metavar="PATH[:LINE|:LAYER]")
@click.option(
    "--prove", is_flag=True, help="Build the Conv1D and its Conv2D in Keras and compare (TensorFlow)."
)
@options.reach
@options.configuration
@click.pass_context
def command(
    ctx: click.Context,
    target: str,
    prove: bool,
    follow: tuple[str, ...],
    budget: float | None,
    config: str | None,
    keras: str | None,
    with_tensorflow: bool,
    no_config: bool,
) -> None:
    """Tell the story of one layer in words.

    What each axis of its input is taken for, the shape that its kernel therefore has, where the input
    dimension goes, and the equivalent Conv2D. In source a layer is named by its line (in a notebook by
    CELL:LINE), in a saved model by its name; without either, every layer is explained.
    """
    from layoutlint.reports.style import brief
    from layoutlint.system.hard_limits import HardLimits
    from layoutlint.system.pool import Pool
    from layoutlint.system.worker import Ended

    path, place = split_target(target)
    projects = options.projects(
        config, no_config, follow=follow, budget=budget, keras=keras, with_tensorflow=with_tensorflow
    )
    found = standard_input() if path == STANDARD_INPUT else Candidate(path, named=True)
    pool: Pool[Candidate, Story]
    try:
        configuration = projects.of(path)
        _ = configuration.reach
        with Pool(Teller(configuration, place), HardLimits.of(configuration.budget)) as pool:
            story = Story(found) if isinstance(found, Coverage) else pool.one(found)
    except ConfigurationError as error:
        raise output.failure(str(error)) from None
    if isinstance(story, Ended):
        story = Story(Coverage(path, "unknown", "error", story.reason))
    if story.coverage.status != "checked":
        output.unreadable([story.coverage])
        if story.coverage.status == "skipped":
            output.remark(brief(f"{path}: nothing to explain: {story.coverage.reason}"))
        ctx.exit(Report(inputs=[story.coverage]).exit_code)
    output.unreadable([story.coverage])
    if story.elsewhere is not None:
        raise output.failure(f"{path} has no layer at {place}; {story.elsewhere}")
    output.result(story.text)
    if prove:
        ctx.exit(_prove(story.provable))


_NUMBER = re.compile("[0-9]{1,9}")


class Story(Struct, frozen=True):
    """What there is to tell of an input: the text, and the layers whose equivalent can be proved.

    ``elsewhere`` says where its layers are if there is none at the place.
    """

    coverage: Coverage
    text: str = ""
    provable: tuple[Equivalent, ...] = ()
    elsewhere: str | None = None


class Teller(Struct, frozen=True):
    """Works out what there is to tell of the layers at a place."""

    configuration: Configuration
    place: str

    def __call__(self, candidate: Candidate) -> Story:
        """Return the story of the layers of an input. Raises ConfigurationError for a rule that cannot be
        used.
        """
        from layoutlint.explain.story import equivalent_conv2d
        from layoutlint.run.inputs import open_input

        opened = open_input(candidate, self.configuration.reach)
        if opened.graph is None:
            return Story(opened.coverage)
        calls = chosen(opened.graph, self.place)
        if not calls:
            return Story(opened.coverage, elsewhere=_places(opened.graph))
        findings = _findings(opened, self.configuration)
        told = "\n".join("\n".join(_told(call, findings)) + "\n" for call in calls)
        layers = dict.fromkeys(filter(None, map(equivalent_conv2d, calls)))
        return Story(opened.coverage, told, tuple(layers))


def split_target(target: str) -> tuple[str, str]:
    """Return the path and the place in it. The path is the longest piece before a colon that exists."""
    if target == STANDARD_INPUT or _is_there(target):
        return target, ""
    pieces = target.split(":")
    for count in range(len(pieces) - 1, 0, -1):
        path = ":".join(pieces[:count])
        if path == STANDARD_INPUT or (path and _is_there(path)):
            return path, ":".join(pieces[count:])
    return target, ""


def _is_there(path: str) -> bool:
    return os.path.exists(path)  # noqa: PTH110 (no error for an impossible name)


def chosen(graph: Graph, place: str) -> list[Call]:
    """Return the uses of the layers at a place, each layer's first use of a kind once; all layers for no
    place.
    """
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
    if not all(map(_NUMBER.fullmatch, numbers)) or len(numbers) > 2:
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
    """Return where the layers are, for somebody who has missed them."""
    found: dict[str, None] = {}
    for call in graph.calls:
        location = call.layer.origin.locate()
        if call.layer.kind == "layer":
            found[location.layer or (f"{location.cell}:" if location.cell else "") + str(location.line)] = (
                None
            )
    names = list(found)
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"there are {', '.join(names[:12])}{more}" if names else "none of its layers is used"


def _findings(opened: Opened, configuration: Configuration) -> Sequence[Finding]:
    from layoutlint.run.display_paths import shown_finding
    from layoutlint.run.examination import judged
    from layoutlint.run.rule_choice import chosen_rules

    found = judged(opened, chosen_rules(configuration), configuration)
    return [shown_finding(finding, opened.coverage.path) for finding in found]


def _told(call: Call, findings: Sequence[Finding]) -> Iterator[str]:
    from layoutlint.explain.gaps import gaps
    from layoutlint.explain.story import story
    from layoutlint.reports.style import clean

    location = call.layer.origin.locate()
    name = f' "{clean(call.layer.name)}"' if isinstance(call.layer.name, str) else ""
    yield f"{clean(call.layer.class_name)}{name} at {clean(str(location))}"
    yield ""
    yield from (clean(line) for line in story(call))
    for what, origin in gaps(call):
        yield ""
        place = f", at {clean(str(origin.locate()))}" if origin is not None else ""
        yield f"Shapes became unknown here: {clean(what)}{place}"
    for finding in findings:
        if finding.location in (location, call.origin.locate()):
            yield ""
            yield f"{finding.severity}[{clean(finding.rule)}]: {clean(finding.message)}"
            if finding.tip:
                yield f"tip: {clean(finding.tip)}"


def _prove(provable: Sequence[Equivalent]) -> int:
    from layoutlint.explain.proof import ProofError, prove

    if not provable:
        output.problem("nothing to prove: no Conv1D with known arguments here")
        return exits.NOTHING
    holds = True
    for layer in provable:
        try:
            proof = prove(layer)
        except ProofError as error:
            output.problem(f"no proof: {error}")
            return exits.ERROR
        output.result("\nThe proof, with real Keras on random numbers:\n")
        output.result(f"  Conv1D on {proof.input_shape}, kernel {proof.kernel_shape}: {proof.output_shape}\n")
        for way in proof.comparisons:
            output.result(
                f"  Conv2D with {way.way} on {way.input_shape}, kernel {way.kernel_shape}: "
                f"{way.output_shape}, largest difference {way.difference:.3g}\n"
            )
        output.result(f"  (the largest number in the output is {proof.largest:.3g})\n")
        holds = holds and proof.holds
    return exits.CLEAN if holds else exits.ERROR
