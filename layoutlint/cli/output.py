"""Writing: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from layoutlint.cli import exits
from layoutlint.model.findings import Coverage
from layoutlint.reports.style import clean, for_stream
from layoutlint.system.regular_files import words


def result(text: str) -> None:
    """Part of what was asked for."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader (head, less) has had enough; Python would complain once more when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(exits.BROKEN_PIPE) from None
    except OSError as error:
        # a full disk; what has not been written is given up
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.ClickException(f"standard output cannot be written: {words(error)}") from None


def remark(text: str) -> None:
    """A line beside the results."""
    sys.stderr.write(text + "\n")


def problem(text: str) -> None:
    """A line that says what went wrong."""
    style = for_stream(sys.stderr)
    remark(f"{style('error', 'error')}: {clean(text)}")


def unreadable(inputs: Iterable[Coverage]) -> None:
    """A line for each input that could not be read."""
    for coverage in inputs:
        if coverage.status == "error":
            problem(f"{coverage.path}: {coverage.reason}")
