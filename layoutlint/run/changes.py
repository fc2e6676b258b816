"""Changes: the lines that differ from a revision of the Git repository, and the findings about them."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator

from msgspec import Struct

from layoutlint.model.findings import Finding, Report
from layoutlint.model.origins import Location
from layoutlint.system.regular_files import MEBIBYTE

_BINARY = (b"Binary files ", b"GIT binary patch")
_HUNK = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotepath=false")
"""What keeps Git from starting programs that the repository names."""
LARGEST = 256 * MEBIBYTE
"""Bytes of a difference: it has the text of all that has changed, data too."""


class ChangesError(Exception):
    """Git cannot tell what has changed; ``str(error)`` says why, in one line."""


class Changes(Struct, frozen=True):
    """The changed lines of each changed file, by its real path; None where the whole file counts."""

    lines: dict[str, frozenset[int] | None]

    def concern(self, finding: Finding) -> bool:
        """Tell whether a finding, or a piece of its evidence, is in a changed line."""
        places = (finding.location, *(witness.location for witness in finding.evidence))
        return any(self._has(place) for place in places)

    def _has(self, place: Location) -> bool:
        path = os.path.realpath(place.path)
        if path not in self.lines:
            return False
        changed = self.lines[path]
        # the lines of a notebook's file are not those of its cells
        if changed is None or place.line is None or place.cell is not None:
            return True
        last = place.end_line or place.line
        return any(line in changed for line in range(place.line, last + 1))


def since(revision: str) -> Changes:
    """Return what differs from where the current branch left a revision, what Git does not know yet
    included. Raises ChangesError.
    """
    root = os.fsdecode(_git("rev-parse", "--show-toplevel").removesuffix(b"\n"))
    _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    diff = _git(
        *("diff", "--merge-base", "--no-ext-diff", "--no-textconv", "--no-color", "--unified=0"),
        *("--no-renames", "--src-prefix=a/", "--dst-prefix=b/", "--end-of-options", revision, "--"),
    )
    lines: dict[str, frozenset[int] | None] = {
        os.path.realpath(f"{root}/{path}"): changed for path, changed in _of_diff(diff)
    }
    unknown = _git("ls-files", "--others", "--exclude-standard", "-z", "--full-name", ":/")
    for name in filter(None, unknown.split(b"\0")):
        lines[os.path.realpath(f"{root}/{os.fsdecode(name)}")] = None
    return Changes(lines)


def keep(changes: Changes, report: Report) -> None:
    """Take the findings out of a report that no changed line concerns, and count them."""
    kept = [finding for finding in report.findings if changes.concern(finding)]
    report.unchanged += len(report.findings) - len(kept)
    report.findings = kept


def _git(*arguments: str) -> bytes:
    with tempfile.TemporaryFile() as errors:
        try:
            git = subprocess.Popen(
                ["git", *_SAFE, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
            )
        except (OSError, ValueError) as error:
            raise ChangesError(f"git cannot be run: {error}") from None
        with git:
            assert git.stdout is not None
            told = git.stdout.read(LARGEST + 1)
            if len(told) > LARGEST:
                git.kill()
                raise ChangesError(f"the difference is too large: more than {LARGEST // MEBIBYTE} MiB")
        if git.returncode != 0:
            errors.seek(0)
            said = errors.read(MEBIBYTE).decode(errors="replace").strip().splitlines()
            raise ChangesError(said[-1].removeprefix("fatal: ") if said else "no such revision")
    return told


def _of_diff(diff: bytes) -> Iterator[tuple[str, frozenset[int] | None]]:
    """Yield the files of a diff with their changed lines; a binary file counts as a whole."""
    for part in re.split(rb"^diff --git ", diff, flags=re.MULTILINE)[1:]:
        head, *rest = part.split(b"\n")
        name = next((line[4:] for line in rest if line.startswith(b"+++ ")), None)
        if name is None:
            # "a/NAME b/NAME": both halves are the same; without lines a file's mode alone has changed
            is_binary = any(line.startswith(_BINARY) for line in rest)
            yield os.fsdecode(_unquoted(head[(len(head) + 1) // 2 :]))[2:], None if is_binary else frozenset()
        elif name != b"/dev/null":
            numbers: set[int] = set()
            for line in rest:
                hunk = _HUNK.match(line)
                if hunk is not None:
                    first, count = int(hunk[1]), int(hunk[2]) if hunk[2] is not None else 1
                    # where lines were only deleted, those on both sides of them
                    numbers.update(range(first, first + (count or 2)))
            yield os.fsdecode(_unquoted(name.removesuffix(b"\t")))[2:], frozenset(numbers)


def _unquoted(name: bytes) -> bytes:
    """Return a path of a diff, which Git quotes where it has a quote or a control character."""
    if not name.startswith(b'"'):
        return name
    return name[1:-1].decode("unicode_escape").encode("latin-1")
