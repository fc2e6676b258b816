"""A child process that says what it is told, in place of one that loads TensorFlow."""

from __future__ import annotations

import sys
import time

from layoutlint.system.tensorflow_child import serve


def main() -> None:
    """Answer questions: ``fail`` ends with a reason, ``wait`` takes long."""
    serve(_answer)


def _answer(question: bytes) -> bytes:
    match question:
        case b"fail":
            sys.stderr.write("the reason\n\n")
            sys.exit(3)
        case b"wait":
            time.sleep(30)
    return question
