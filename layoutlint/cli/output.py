"""Writing: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import NoReturn, TextIO

import click

from layoutlint.cli import exits
from layoutlint.model.findings import Coverage
from layoutlint.reports.style import Style, brief, clean_line, for_stream
from layoutlint.system.regular_files import words

COLOR = "layoutlint.color"
"""Under this name the context of a command holds what ``--color`` says."""


def style(stream: TextIO, *, closing: bool = True) -> Style:
    """Return how to write to a stream."""
    context = click.get_current_context(silent=True)
    color = "auto" if context is None else context.meta.get(COLOR, "auto")
    return for_stream(stream, color=color, closing=closing)


def result(text: str) -> None:
    """Part of what was asked for."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def to_file(path: str, text: str) -> None:
    """Write a report to a file, in UTF-8. Raises ClickException where that cannot be done."""
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:  # noqa: PTH123
            file.write(text)
    except (OSError, ValueError) as error:
        raise failure(f"{path} cannot be written: {words(error)}") from None


def verbatim(data: bytes, encoding: str) -> None:
    """Part of what was asked for, byte for byte; on a terminal, what could steer that is made visible."""
    if sys.stdout.isatty():
        lines = data.decode(encoding, errors="replace").split("\n")
        result("\n".join(clean_line(line) for line in lines))
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        _give_up(error)


def _give_up(error: OSError) -> NoReturn:
    """End the command: the reader (head, less) has had enough, or the disk is full."""
    # Python would complain once more when it closes the stream
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        raise click.exceptions.Exit(exits.BROKEN_PIPE) from None
    raise failure(f"standard output cannot be written: {words(error)}") from None


def remark(text: str) -> None:
    """Print a line beside the results."""
    sys.stderr.write(text + "\n")


def problem(text: str) -> None:
    """Print a line that says what went wrong."""
    remark(f"{style(sys.stderr)('error', 'error')}: {brief(text)}")


def failure(text: str) -> click.ClickException:
    """Return the error that ends the command with one line."""
    return click.ClickException(brief(text))


def unreadable(inputs: Iterable[Coverage]) -> None:
    """Print a line for each input that could not be read, and for each place in one."""
    for coverage in inputs:
        if coverage.status == "error":
            problem(f"{coverage.path}: {coverage.reason}")
        for place in coverage.unread:
            problem(f"{coverage.path}: {place}; the rest was read")
