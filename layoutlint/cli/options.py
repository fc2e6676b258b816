"""Options that several commands share, and how they overrule the configuration."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

import click

from layoutlint.cli import output
from layoutlint.interpreter.core.budget import BUDGET, MAX_BUDGET, SECONDS
from layoutlint.model.findings import Confidence, Severity
from layoutlint.model.keras_version import VERSIONS, KerasVersion
from layoutlint.reports.formats import CHECK
from layoutlint.run.configuration import Configuration, ConfigurationError, forced
from layoutlint.run.projects import Projects

F = TypeVar("F", bound=Callable[..., Any])

paths = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
paths_or_here = click.argument("paths", nargs=-1, metavar="[PATH]...")


def _colour(ctx: click.Context, parameter: click.Parameter, given: str) -> None:
    ctx.meta[output.COLOR] = given


color = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    expose_value=False,
    is_eager=True,
    callback=_colour,
    help="When to write in colour.",
)


jobs = click.option(
    "--jobs", "-j", type=click.IntRange(1), help="Number of processes.  [default: one a processor]"
)
exit_zero = click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")


def output_format(formats: Iterable[str]) -> Callable[[F], F]:
    """Return the option that chooses one of a command's output formats."""
    return click.option(
        "--output-format",
        type=click.Choice([*formats]),
        default="full",
        show_default=True,
        help="The format of what is written to standard output.",
    )


Output: TypeAlias = tuple[str, str]
"""A format and the file that gets it."""


def _outputs(ctx: click.Context, parameter: click.Parameter, given: Sequence[str]) -> tuple[Output, ...]:
    """Return the formats and files of ``--output``; the format ends at the first colon."""
    found = []
    for text in given:
        name, _, file = text.partition(":")
        if name not in CHECK or not file:
            raise click.BadParameter(
                f"{text!r} is not FORMAT:FILE; formats: {', '.join(CHECK)}", ctx, parameter
            )
        found.append((name, file))
    return tuple(found)


outputs = click.option(
    "--output",
    "outputs",
    multiple=True,
    callback=_outputs,
    metavar="FORMAT:FILE",
    help="Write the report to a file too (repeatable).",
)


_CONFIGURATION = (
    click.option("--config", metavar="FILE", help="Use this configuration for all files."),
    click.option("--no-config", is_flag=True, help="Ignore all configuration files."),
)


def configuration(function: F) -> F:
    """Return the options that say which configuration counts."""
    return _with(_CONFIGURATION, function)


def _with(options: Sequence[Callable[[F], F]], function: F) -> F:
    for option in reversed(options):
        function = option(function)
    return function


def _names(ctx: click.Context, parameter: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """Return all names of an option that takes comma-separated ones and can be repeated."""
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


def _seconds(ctx: click.Context, parameter: click.Parameter, given: str | None) -> float | None:
    """Return a budget; written so that "nan", "inf" and "-1" are refused in one line."""
    if given is None:
        return None
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= MAX_BUDGET:
        raise click.BadParameter(f"{given!r} is not {SECONDS}", ctx, parameter)
    return seconds


_REACH = (
    click.option(
        "--follow",
        multiple=True,
        callback=_names,
        metavar="PACKAGE",
        help="Follow imports into this installed package (repeatable).",
    ),
    click.option(
        "--budget",
        callback=_seconds,
        metavar="SECONDS",
        help=f"Seconds that the evaluation of one source may take.  [default: {BUDGET:g}]",
    ),
    click.option(
        "--keras",
        type=click.Choice([str(version) for version in VERSIONS]),
        help="The version of Keras that the code is for.  [default: by the code and its project]",
    ),
    click.option(
        "--with-tensorflow",
        is_flag=True,
        help="Let TensorFlow infer, in a process of its own, the shapes that saved graphs do not state.",
    ),
)


def reach(function: F) -> F:
    """Return the options that say how far the evaluation of source goes."""
    return _with(_REACH, function)


_JUDGEMENT = (
    click.option(
        "--select",
        multiple=True,
        callback=_names,
        metavar="RULES",
        help="Run only these rules: names, groups, patterns.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        callback=_names,
        metavar="RULES",
        help="Leave these rules out: names, groups, patterns.",
    ),
    click.option(
        "--min-confidence",
        type=click.Choice([str(grade) for grade in Confidence]),
        help="Report only findings of this confidence or above.  [default: medium]",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([str(grade) for grade in reversed(Severity)]),
        help="Exit with 1 for findings of this severity or above.  [default: warning]",
    ),
)


def judgement(function: F) -> F:
    """Return the options that say what is judged and how."""
    return configuration(_with(_JUDGEMENT, function))


def projects(
    config: str | None,
    no_config: bool,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    min_confidence: str | None = None,
    fail_on: str | None = None,
    follow: tuple[str, ...] = (),
    budget: float | None = None,
    keras: str | None = None,
    with_tensorflow: bool = False,
) -> Projects:
    """Return the configurations, with what the command line says in the place of what the files
    say.

    Raises ClickException for a file that was named and cannot be used.
    """
    given: dict[str, Any] = {
        "select": select,
        "ignore": ignore,
        "min_confidence": Confidence[min_confidence.upper()] if min_confidence else None,
        "fail_on": Severity[fail_on.upper()] if fail_on else None,
        "follow": follow,
        "budget": budget,
        "keras": next((KerasVersion(v, "--keras says so") for v in VERSIONS if keras == str(v)), None),
        "with_tensorflow": with_tensorflow or None,
    }
    changes = {key: value for key, value in given.items() if value not in (None, ())}
    if config is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other")
    if no_config:
        return Projects(Configuration(), changes)
    try:
        return Projects(forced(config) if config is not None else None, changes)
    except ConfigurationError as error:
        raise output.failure(str(error)) from None


def of_current_folder(config: str | None, no_config: bool) -> Configuration:
    """Return the configuration for files of the current folder."""
    try:
        return projects(config, no_config).of_folder(os.getcwd())  # noqa: PTH109
    except ConfigurationError as error:
        raise output.failure(str(error)) from None
