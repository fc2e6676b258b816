"""The labelled programs: what a file says of itself, what layoutlint finds in it, what Keras does with it.

A program begins with comments that label it:

- ``# expect: rule @ line`` for each mistake that is found (the line of the file on which the finding stands),
- ``# missed: rule @ line why`` for each mistake that should be found and is not yet,
- ``# keras: crash`` or ``# keras: silent`` for what Keras does when it runs,
- ``# file: name what`` for each file that it reads; `tests.mistakes.files` makes them.
- ``# reported: round N`` where people reported the mistake: the round of ``docs/research/evidence.md``.

Otherwise programs make their own small data and train for a moment at most.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.model.findings import Confidence, Finding
from layoutlint.model.keras_version import KerasVersion
from layoutlint.readers import source
from tests.mistakes.files import data_made_up, write

FOLDER = Path(__file__).parent
EXPECT = re.compile(r"^# expect: (?P<rule>[a-z0-9-]+) @ (?P<line>\d+)$")
MISSED = re.compile(r"^# missed: (?P<rule>[a-z0-9-]+) @ (?P<line>\d+) (?P<why>\S.*)$")
KERAS = re.compile(r"^# keras: (?P<outcome>crash|silent)$")
FILE = re.compile(r"^# file: (?P<name>\S+) (?P<content>.+)$")
RULES = builtin()
RECORDED_WITH = KerasVersion(3, "what Keras 3 does was recorded")


@dataclass(frozen=True)
class Program:
    """One labelled program: the (rule, line) pairs that must be found, and what Keras does.

    ``missed`` maps the pairs that should be found and are not to the reason; ``files`` names the files that
    the program reads, with what is in them.
    """

    path: Path
    text: str
    expected: frozenset[tuple[str, int]]
    missed: dict[tuple[str, int], str]
    keras: Literal["crash", "silent"]
    files: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        """The folder: ``axes``."""
        return self.path.parent.name

    @property
    def name(self) -> str:
        """``axes/reshape_cifar``."""
        return f"{self.kind}/{self.path.stem}"


def load(path: Path) -> Program:
    """The program of a file; ValueError where its labels are missing."""
    text = path.read_text(encoding="utf-8")
    expected: set[tuple[str, int]] = set()
    missed: dict[tuple[str, int], str] = {}
    files: list[tuple[str, str]] = []
    outcome = None
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := EXPECT.match(line):
            expected.add((match["rule"], int(match["line"])))
        elif match := MISSED.match(line):
            missed[match["rule"], int(match["line"])] = match["why"]
        elif match := FILE.match(line):
            files.append((match["name"], match["content"]))
        elif match := KERAS.match(line):
            outcome = match["outcome"]
    if not (expected or missed) or outcome not in ("crash", "silent"):
        raise ValueError(f"{path} does not begin with its labels")
    stops: Literal["crash", "silent"] = "crash" if outcome == "crash" else "silent"
    return Program(path, text, frozenset(expected), missed, stops, tuple(files))


def programs() -> list[Program]:
    """All labelled programs, by folder and name."""
    return [load(path) for path in sorted(FOLDER.glob("*/*.py")) if path.name != "__init__.py"]


def findings(program: Program) -> list[Finding]:
    """What a default run finds in the program."""
    graph = source.read(program.text, str(program.path), keras=RECORDED_WITH)
    return judge(graph, RULES, Options(min_confidence=Confidence.MEDIUM))


def found(program: Program) -> frozenset[tuple[str, int]]:
    """The (rule, line) pairs that a default run finds."""
    return frozenset((finding.rule, finding.location.line or 0) for finding in findings(program))


def run(program: Program) -> Exception | None:
    """Runs the program under real Keras: the exception with which it stops, None if it runs through.

    It runs in a folder of its own that holds its files; ModuleNotFoundError means that a library is not here.
    """
    import keras

    from tests.oracle.session import begin

    begin()
    code = compile(program.text, str(program.path), "exec")
    before = keras.config.image_data_format()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            contextlib.chdir(folder),
            contextlib.redirect_stdout(io.StringIO()),
            data_made_up(),
        ):
            for name, content in program.files:
                write(Path(folder), name, content)
            exec(code, {"__name__": "__main__"})
    except Exception as error:
        return error
    finally:
        keras.config.set_image_data_format(before)
    return None
