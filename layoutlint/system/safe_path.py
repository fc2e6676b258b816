"""Keep the current folder off the import path: it holds the code under test, which must never run.

Python puts the current folder first on ``sys.path`` for ``python -m`` and for an empty or relative entry of
``PYTHONPATH``; a ``json.py`` that lies there would then be imported in the place of Python's own. Nothing is
imported here that the interpreter has not loaded before it starts, for the same reason.
"""

from __future__ import annotations

import os
import sys


def leave_current_folder_out() -> None:
    """Take the current folder off ``sys.path``, and keep it off in the processes that this one starts.

    The folders in which Python keeps installed packages stay, even for somebody who works inside of one.
    """
    sys.path[:] = [entry for entry in sys.path if not _is_current(entry)]
    # multiprocessing starts its workers with the environment of this process
    os.environ["PYTHONSAFEPATH"] = "1"


def child_command(module: str, *, isolated: bool = False) -> list[str]:
    """Return the command that runs ``main()`` of a module of this package in a child process, by the same
    Python.

    ``-P`` keeps the current folder off its path, ``-I`` the environment's and the user's folders as well. The
    package itself is found after the standard library, which a folder of installed packages would hide parts
    of, and before another installed layoutlint.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    above = os.path.dirname(package)  # noqa: PTH120
    code = (
        "import sys; entries = [entry.endswith('-packages') for entry in sys.path] + [True]; "
        f"sys.path.insert(entries.index(True), {above!r}); from {module} import main; main()"
    )
    return [sys.executable, "-I" if isolated else "-P", "-c", code]


def child_environment() -> dict[str, str]:
    """Return the environment for a child process, with an import path that does not depend on its folder."""
    environment = dict(os.environ)
    entries = environment.pop("PYTHONPATH", "").split(os.pathsep)
    kept = [entry for entry in entries if os.path.isabs(entry) and not _is_current(entry)]  # noqa: PTH117
    if kept:
        environment["PYTHONPATH"] = os.pathsep.join(kept)
    return environment


def _is_current(entry: str) -> bool:
    if not entry:
        return True
    try:
        # not os.getcwd(): a folder has several names, and it may have been removed
        same = os.path.samestat(os.stat(entry), os.stat(os.curdir))  # noqa: PTH116
    except OSError:
        return False
    return same and not _is_installed(entry)


def _is_installed(entry: str) -> bool:
    """Tell whether an entry is a folder of the standard library or of installed packages."""
    if os.path.basename(entry) in ("site-packages", "dist-packages", "lib-dynload"):  # noqa: PTH119
        return True
    return os.path.isfile(f"{entry}/{os.path.basename(os.__file__)}")  # noqa: PTH113, PTH119
