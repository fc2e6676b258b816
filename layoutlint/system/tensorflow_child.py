"""A child process that loads TensorFlow for one question, and what it is kept from.

The child reads the question from standard input and writes its answer to standard output. TensorFlow takes
seconds to load and hundreds of megabytes, and is never loaded into a process of layoutlint itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from layoutlint.system.hard_limits import HardLimits, end_with, limit_memory
from layoutlint.system.safe_path import child_command, child_environment

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of Linux."""

_REFUSED: Final = ("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn", "os.fork", "ctypes.")
"""What Python reports of itself (``sys.addaudithook``) that no question needs."""
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


class ChildError(Exception):
    """The child gave no answer; ``str(error)`` says why."""


def ask(module: str, question: bytes, seconds: float, *, isolated: bool = False) -> bytes:
    """Return what ``main()`` of a module of this package answers. Raises ChildError.

    Where it is ``isolated``, neither the environment nor the user's own packages have a say in what Python
    imports.
    """
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    try:
        child = subprocess.run(
            child_command(module, isolated=isolated),
            input=question,
            capture_output=True,
            timeout=seconds,
            env={**child_environment(), **quiet},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ChildError(f"no result after {seconds:g} seconds") from None
    except OSError as error:
        raise ChildError(f"no process for it: {error.strerror or error}") from None
    if child.returncode != 0:
        raise ChildError(_reason(child))
    return child.stdout


def _reason(child: subprocess.CompletedProcess[bytes]) -> str:
    if child.returncode == -getattr(signal, "SIGPROF", 0):
        return "it takes too long"
    if child.returncode < 0:
        return f"its process ended ({signal.Signals(-child.returncode).name})"
    last = child.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
    if "No module named" in last[0]:
        return "it needs TensorFlow: pip install 'layoutlint[tensorflow]'"
    return last[0]


def enclose(limits: HardLimits) -> Any:
    """Return TensorFlow, loaded into this process, the child, which from then on has no network, writes no
    file, starts no process and stays within the limits of a worker.
    """
    parent = os.getppid()
    end_with(parent, lambda: _wait_for_end(parent))
    _leave_network()
    _lift_memory()
    import tensorflow

    sys.addaudithook(_refuse)
    _write_no_file()
    limit_memory()
    limits.start_clock()
    return tensorflow


def _wait_for_end(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)


def _leave_network() -> None:
    """Go where there is no network, if the system lets us. It must come before there are threads."""
    if sys.platform != "linux":
        return
    import ctypes

    unshare, user, group = ctypes.CDLL(None).unshare, os.getuid(), os.getgid()
    if unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return
    with contextlib.suppress(OSError):  # files are then those of somebody else
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")


def _lift_memory() -> None:
    """Take back the limit that this process has from the worker that has started it, to load TensorFlow."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _write_no_file() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _refuse(event: str, arguments: Sequence[Any]) -> None:
    """Refuse what Python is about to do, where no question needs it."""
    is_open = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
    if is_open or event.startswith(_REFUSED):
        raise PermissionError(f"{event} is refused here")
