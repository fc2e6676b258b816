"""The labelled programs: what a file says of itself, what layoutlint finds in it, what Keras does with it.

A program begins with comments that label it: ``# expect: rule @ line`` for each mistake (the line of the file
on which the finding stands), and ``# keras: crash`` or ``# keras: silent`` for what Keras does when it runs.
Programs make their own small data, train for a moment at most, and read no files.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.findings import Confidence, Finding
from layoutlint.readers import source

FOLDER = Path(__file__).parent
EXPECT = re.compile(r"^# expect: (?P<rule>[a-z0-9-]+) @ (?P<line>\d+)$")
KERAS = re.compile(r"^# keras: (?P<outcome>crash|silent)$")
RULES = builtin()


@dataclass(frozen=True)
class Program:
    """One labelled program: the (rule, line) pairs that must be found, and what Keras does."""

    path: Path
    text: str
    expected: frozenset[tuple[str, int]]
    keras: Literal["crash", "silent"]

    @property
    def name(self) -> str:
        """``axes/reshape_cifar``."""
        return f"{self.path.parent.name}/{self.path.stem}"


def load(path: Path) -> Program:
    """The program of a file; ValueError where its labels are missing."""
    text = path.read_text(encoding="utf-8")
    expected: set[tuple[str, int]] = set()
    outcome = None
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := EXPECT.match(line):
            expected.add((match["rule"], int(match["line"])))
        elif match := KERAS.match(line):
            outcome = match["outcome"]
    if not expected or outcome not in ("crash", "silent"):
        raise ValueError(f"{path} does not begin with its labels")
    return Program(path, text, frozenset(expected), "crash" if outcome == "crash" else "silent")


def programs() -> list[Program]:
    """All labelled programs, by folder and name."""
    return [load(path) for path in sorted(FOLDER.glob("*/*.py")) if path.name != "__init__.py"]


def findings(program: Program) -> list[Finding]:
    """What a default run finds in the program."""
    graph = source.read(program.text, str(program.path))
    return judge(graph, RULES, Options(min_confidence=Confidence.MEDIUM))


def found(program: Program) -> frozenset[tuple[str, int]]:
    """The (rule, line) pairs that a default run finds."""
    return frozenset((finding.rule, finding.location.line or 0) for finding in findings(program))


def run(program: Program) -> Exception | None:
    """Runs the program under real Keras: the exception with which it stops, None if it runs through."""
    import keras

    keras.backend.clear_session()
    code = compile(program.text, str(program.path), "exec")
    before = keras.config.image_data_format()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, {"__name__": "__main__"})
    except Exception as error:
        return error
    finally:
        keras.config.set_image_data_format(before)
    return None
