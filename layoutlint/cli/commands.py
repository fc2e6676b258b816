"""The commands, and what becomes of their errors."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click

from layoutlint import __version__
from layoutlint.cli import exits

COMMANDS = ("check", "show", "explain", "rule", "rules", "scan", "report")
"""Each is a module of this package with a ``command``."""

ENVIRONMENT = "LAYOUTLINT"
"""``LAYOUTLINT_OUTPUT_FORMAT`` stands for ``--output-format``, and so on for every option."""


class _Commands(click.Group):
    """Commands that are imported when they are used: ``--version`` must not pay for ``check``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"layoutlint.cli.{cmd_name}").command
        # one variable for an option, whatever the command
        command.context_settings.setdefault("auto_envvar_prefix", ENVIRONMENT)
        return command


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="layoutlint %(version)s")
def cli() -> None:
    """Find input-layout mistakes in Keras models, in source and in saved models, without TensorFlow.

    Exit codes: 0 clean, 1 findings, 2 error in the tool, its configuration, its arguments or an input,
    3 nothing to check. Every option can be set by an environment variable: LAYOUTLINT_OUTPUT_FORMAT for
    --output-format.
    """


def invoke() -> int:
    """Run the command that the arguments name and return the exit code."""
    try:
        result = cli.main(prog_name="layoutlint", standalone_mode=False)
    except click.ClickException as error:
        _show(error)
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


def _show(error: click.ClickException) -> None:
    """Write what click has to say, with nothing in it that could steer a terminal."""
    from layoutlint.reports.style import brief

    text = io.StringIO()
    error.show(text)
    for line in text.getvalue().rstrip("\n").split("\n"):
        print(line[: len(line) - len(line.lstrip(" "))] + brief(line), file=sys.stderr)


def _internal(error: Exception) -> str:
    from layoutlint.reports.style import brief
    from layoutlint.run.inputs import internal_error

    return brief(internal_error(error))
