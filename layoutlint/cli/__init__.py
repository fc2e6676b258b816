"""The command line: one click command a module, loaded when it is asked for.

Standard output carries results alone; everything else goes to standard error. Exit codes are in ``exits``.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from layoutlint import __version__
from layoutlint.cli import exits

COMMANDS = ("check", "show", "explain", "rule", "rules")
"""Each is a module of this package with a ``command``."""


class _Commands(click.Group):
    """Commands that are imported when they are used: ``--version`` must not pay for ``check``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"layoutlint.cli.{cmd_name}").command
        return command


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="layoutlint %(version)s")
def cli() -> None:
    """Find input-layout mistakes in Keras models, in source and in saved models, without TensorFlow.

    Exit codes: 0 clean, 1 findings, 2 error in the tool, its configuration, its arguments or an input,
    3 nothing to check.
    """


def run() -> NoReturn:
    """The console script: runs a command, and leaves the process with its exit code.

    Python would first take every module and object apart, for a seventh of the time of a short run.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            code = exits.BROKEN_PIPE
    os._exit(code)


def main() -> int:
    """Runs a command and returns the exit code."""
    # a graph lives until its file is done: collecting seldom saves a fifth of a run
    gc.set_threshold(50_000, 20, 20)
    _occupy()
    # Python has no stream where the caller has closed it
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
    if sys.stdout is None:
        print("layoutlint: standard output is closed", file=sys.stderr)
        return exits.ERROR
    for stream in (sys.stdout, sys.stderr):
        # names of files and layers may hold what the terminal's encoding cannot say
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        result = cli.main(prog_name="layoutlint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return exits.ERROR
    except (click.Abort, KeyboardInterrupt):
        print("layoutlint: interrupted", file=sys.stderr)
        return exits.INTERRUPTED
    except Exception as error:
        if os.environ.get("LAYOUTLINT_DEBUG"):
            raise
        print(f"layoutlint: {_internal(error)}", file=sys.stderr)
        return exits.ERROR
    return result if isinstance(result, int) else exits.CLEAN


def _occupy() -> None:
    """Take the numbers of streams that the caller has closed, before a file of ours gets one of them."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _internal(error: Exception) -> str:
    from layoutlint.run.inputs import internal_error

    return internal_error(error)
