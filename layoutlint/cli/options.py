"""Options that several commands share, and how they overrule the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import click

from layoutlint.interpreter.core.budget import BUDGET, MAX_BUDGET, SECONDS
from layoutlint.model.findings import Confidence, Severity
from layoutlint.model.keras_version import VERSIONS, KerasVersion
from layoutlint.run.configuration import Configuration, ConfigurationError, nearest

F = TypeVar("F", bound=Callable[..., Any])

paths = click.argument("paths", nargs=-1, required=True, metavar="PATH...")


def output_format(formats: Iterable[str]) -> Callable[[F], F]:
    """The option that chooses one of a command's output formats."""
    return click.option(
        "--output-format",
        type=click.Choice([*formats]),
        default="full",
        show_default=True,
        help="full text for people, one line each, or JSON for machines.",
    )


no_config = click.option("--no-config", is_flag=True, help="Leave pyproject.toml files alone.")


def _names(ctx: click.Context, parameter: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """All names of an option that takes comma-separated ones and can be repeated."""
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


def _seconds(ctx: click.Context, parameter: click.Parameter, given: str | None) -> float | None:
    """A budget; written so that "nan", "inf" and "-1" are refused in one line."""
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
        help="The version of Keras that the code is for.  [default: as the code and its project say]",
    ),
)


def reach(function: F) -> F:
    """The options that say how far the evaluation of source goes."""
    for option in reversed(_REACH):
        function = option(function)
    return function


def reaching(
    configuration: Configuration, follow: tuple[str, ...], budget: float | None, keras: str | None
) -> Configuration:
    """The configuration with these packages followed, this budget and this version of Keras, where the
    command line gives them.

    A package that is not there is a usage error.
    """
    if follow:
        configuration = replace(configuration, follow=follow)
    if budget is not None:
        configuration = replace(configuration, budget=budget)
    for version in VERSIONS:
        if keras == str(version):
            configuration = replace(configuration, keras=KerasVersion(version, "--keras says so"))
    try:
        _ = configuration.reach
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from None
    return configuration


_JUDGEMENT = (
    click.option("--select", multiple=True, callback=_names, help="Run these rules alone (comma-separated)."),
    click.option("--ignore", multiple=True, callback=_names, help="Leave these rules out (comma-separated)."),
    click.option(
        "--min-confidence",
        type=click.Choice([str(grade) for grade in Confidence]),
        help="Report nothing less sure than this.  [default: medium]",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([str(grade) for grade in reversed(Severity)]),
        help="Exit with 1 for findings of this severity or above.  [default: warning]",
    ),
    no_config,
)


def judgement(function: F) -> F:
    """The options that say what is judged and how."""
    for option in reversed(_JUDGEMENT):
        function = option(function)
    return function


def configured(paths: Sequence[str], no_config: bool = False) -> Configuration:
    """The configuration for these paths, its mistakes as click's usage errors."""
    if no_config:
        return Configuration()
    try:
        return nearest(paths)
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from None


def overruled(
    configuration: Configuration,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_confidence: str | None,
    fail_on: str | None,
) -> Configuration:
    """The configuration with what the command line says in the place of what the file says."""
    changes: dict[str, Any] = {}
    if select:
        changes["select"] = select
    if ignore:
        changes["ignore"] = ignore
    if min_confidence:
        changes["min_confidence"] = Confidence[min_confidence.upper()]
    if fail_on:
        changes["fail_on"] = Severity[fail_on.upper()]
    return replace(configuration, **changes)
