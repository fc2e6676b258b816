"""A child process that loads TensorFlow to answer questions, and what it is kept from.

The child reads questions from standard input and writes its answers to standard output, each behind its
length. TensorFlow takes seconds to load and hundreds of megabytes, and is never loaded into a process of
layoutlint itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Final

from layoutlint.system.hard_limits import HEAP, end_with, limit_memory, resident
from layoutlint.system.safe_path import child_command, child_environment

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of Linux."""

_REFUSED: Final = ("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn", "os.fork", "ctypes.")
"""What Python reports of itself (``sys.addaudithook``) that no question needs."""
_HEAD: Final = struct.Struct("<?Q")
"""Before each message: whether it is the last one, and its length."""

_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


class ChildError(Exception):
    """The child gave no answer; ``str(error)`` says why."""


class Child:
    """A process that answers one question after another, so that TensorFlow is loaded once for all of them.

    It is started for the first question, and anew where it has ended or has become too large.
    """

    def __init__(self, module: str, *, isolated: bool = False) -> None:
        """Make a child in which ``main()`` of a module of this package runs, which calls :func:`serve`.

        Where it is ``isolated``, neither the environment nor the user's own packages have a say in what
        Python imports.
        """
        self._command = child_command(module, isolated=isolated)
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._said: deque[bytes] = deque(maxlen=3)

    def ask(self, question: bytes, seconds: float) -> bytes:
        """Return the answer to a question. Raises ChildError."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            process.stdin.write(_HEAD.pack(False, len(question)) + question)
            process.stdin.flush()
            last, answer = _message(process.stdout)
            if last:
                self.end()
            return answer
        except (OSError, EOFError):
            self.end()
            if late.is_set():
                raise ChildError(f"no result after {seconds:g} seconds") from None
            raise ChildError(_reason(process.returncode, [*self._said])) from None
        except BaseException:
            # what is left of this answer must not be taken for the next one
            process.kill()
            self.end()
            raise
        finally:
            timer.cancel()

    def end(self) -> None:
        """Let the process end."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        process.wait()
        self._listener.join()

    def _running(self) -> subprocess.Popen[bytes]:
        # a forked process must not talk into the pipes of its parent
        if self._process is not None and self._owner == os.getpid():
            return self._process
        quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**child_environment(), **quiet},
            )
        except OSError as error:
            raise ChildError(f"no process for it: {error.strerror or error}") from None
        self._said = deque(maxlen=3)
        self._listener = threading.Thread(target=self._said.extend, args=(process.stderr,), daemon=True)
        self._listener.start()
        self._process, self._owner = process, os.getpid()
        return process


def _reason(code: int, said: list[bytes]) -> str:
    if code == -getattr(signal, "SIGPROF", 0):
        return "it takes too long"
    if code < 0:
        return f"its process ended ({signal.Signals(-code).name})"
    last = b"".join(said).decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
    if "No module named" in last[0]:
        return "it needs TensorFlow: pip install 'layoutlint[tensorflow]'"
    return last[0]


def serve(answer: Callable[[bytes], bytes]) -> None:
    """Run as the child process: answer all questions, until there are no more or memory is used up."""
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is not an answer
    start = None
    while True:
        try:
            _, question = _message(questions)
        except EOFError:
            return
        made = answer(question)
        # what it takes to load TensorFlow does not count
        start = resident() if start is None else start
        last = resident() - start > HEAP // 2
        answers.write(_HEAD.pack(last, len(made)) + made)
        answers.flush()
        if last:
            return


def _message(stream: IO[bytes]) -> tuple[bool, bytes]:
    """Return the next message, and whether it is the last one. Raises EOFError where there is none."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    last, length = _HEAD.unpack(head)
    message = stream.read(length)
    if len(message) < length:
        raise EOFError
    return last, message


def enclose() -> Any:
    """Return TensorFlow, loaded into this process, the child, which from then on has no network, writes no
    file, starts no process and stays within the memory of a worker.
    """
    parent = os.getppid()
    end_with(parent, lambda: _wait_for_end(parent))
    _leave_network()
    _lift_memory()
    import tensorflow

    sys.addaudithook(_refuse)
    _write_no_file()
    limit_memory()
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
