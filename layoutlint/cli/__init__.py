"""The command line: one click command a module, loaded when it is asked for.

Standard output carries results alone; everything else goes to standard error. Exit codes are in ``exits``.
Nothing but what Python has loaded anyway is imported before the current folder is off the import path.
"""

from __future__ import annotations

import gc
import os
import sys

from layoutlint.system.safe_path import leave_current_folder_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def run() -> NoReturn:
    """Run a command as the console script does, and leave the process with its exit code.

    Python would first take every module and object apart, for a seventh of the time of a short run.
    """
    leave_current_folder_out()
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            from layoutlint.cli import exits

            code = exits.BROKEN_PIPE
    os._exit(code)


def main() -> int:
    """Run a command, and return the exit code."""
    # a graph lives until its file is done: collecting seldom saves a fifth of a run
    gc.set_threshold(50_000, 20, 20)
    _occupy()
    # Python has no stream where the caller has closed it
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
    if sys.stdout is None:
        from layoutlint.cli import exits

        print("layoutlint: standard output is closed", file=sys.stderr)
        return exits.ERROR
    from layoutlint.system.encodings import register

    for stream in (sys.stdout, sys.stderr):
        # names of files and layers may hold what the terminal's encoding cannot say
        stream.reconfigure(errors=register())  # type: ignore[union-attr]
    from layoutlint.cli.commands import invoke

    return invoke()


def _occupy() -> None:
    """Take the numbers of streams that the caller has closed, before a file of ours gets one of them."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
