"""The work itself: from one piece to its row. A pure function of the input and its configuration."""

from __future__ import annotations

import os
import time

import msgspec
from msgspec.structs import replace

from layoutlint import __version__
from layoutlint.fleet.contents import SHA256, Digests, content_of, imports_of, looked_at
from layoutlint.fleet.git_trees import GitTrees
from layoutlint.fleet.listing import Piece
from layoutlint.fleet.result_rows import ResultFinding, ResultRow, of_coverage, refused
from layoutlint.model.findings import Coverage, Finding
from layoutlint.model.reads import STATES
from layoutlint.run.check import gather
from layoutlint.run.configuration import ConfigurationError
from layoutlint.run.discovery import Candidate
from layoutlint.run.examination import Examined, Examiner
from layoutlint.run.projects import Projects
from layoutlint.run.rule_choice import chosen_rules
from layoutlint.run.suppressions import UNUSED
from layoutlint.system.git_objects import GitError


class Scanner:
    """Examines pieces; it crosses processes as it is."""

    def __init__(self, projects: Projects, trees: GitTrees) -> None:
        self.examiner = Examiner(projects, chosen_rules)
        self.trees = trees
        self._projects = projects
        self._digests = Digests()

    def prepare(self, piece: Piece) -> bool:
        """Load what a piece needs, so that the workers that are started then have it. Whether there was
        anything to load.
        """
        try:
            return self.examiner.prepare(Candidate(self.place(piece), piece.named))
        except (ConfigurationError, GitError):
            return False

    def place(self, piece: Piece) -> str:
        """Return where a piece is. Raises GitError for a tree that is not to be had here."""
        if piece.tree is None:
            return piece.place
        folder = self.trees.of(piece.tree).folder
        self._projects.end_at(folder)
        return os.path.normpath(os.path.join(folder, piece.place))  # noqa: PTH118

    def configuration(self, place: str) -> str:
        """Return the digest of the configuration of an input. Raises ConfigurationError."""
        return self._digests.of(self._projects.of(place), place)

    def budget(self, piece: Piece) -> float:
        """Return the seconds that the evaluation of a piece may take. Raises ConfigurationError and
        GitError.
        """
        return self._projects.of(self.place(piece)).budget

    def __call__(self, piece: Piece) -> ResultRow:
        """Return the row of a piece; never raises for what an input holds."""
        started = time.perf_counter()
        try:
            place = self.place(piece)
            examined = self.examiner(Candidate(place, piece.named))
            found = self._row(piece, place, examined)
        except GitError as error:
            found = refused(piece.path, "unknown", "error", str(error))
        except ConfigurationError as error:
            found = refused(piece.path, "unknown", "error", f"its configuration cannot be used: {error}")
        return msgspec.structs.replace(found, seconds=round(time.perf_counter() - started, 6))

    def _row(self, piece: Piece, place: str, examined: Examined) -> ResultRow:
        configuration = self._projects.of(place)
        # whether a comment is of use is known of a whole project, and an input is judged alone here
        report = gather([examined], self._projects).report
        findings = [finding for finding in report.findings if finding.rule != UNUSED]
        own = of_coverage(_without(examined.coverage, place), piece.path)
        is_whole = examined.steady and own.status != "error"
        seen = tuple(looked_at(examined.facts, place))
        return msgspec.structs.replace(
            own,
            named=piece.named,
            content=_content(place, examined),
            imports=imports_of(seen) if is_whole else None,
            layoutlint=__version__,
            configuration=self.configuration(place),
            ignored=report.ignored,
            severe=sum(finding.severity >= configuration.fail_on for finding in findings),
            findings=tuple(_finding(finding, place) for finding in findings),
            looked_at=seen,
        )


def _without(coverage: Coverage, place: str) -> Coverage:
    """Return the coverage without the folder of the input in its words: that may be one of this run."""
    folder = f"{os.path.dirname(place)}{os.sep}"  # noqa: PTH120
    if coverage.reason is None or folder == os.sep or folder not in coverage.reason:
        return coverage
    return replace(coverage, reason=coverage.reason.replace(folder, ""))


def _content(place: str, examined: Examined) -> str | None:
    """Return by what the bytes that were examined are known; None where they may be others now."""
    own = os.path.abspath(place)  # noqa: PTH100
    read = {kind: state for kind, path, state in examined.facts if path == own}
    if "content" in read:
        return f"{SHA256}{read['content']}"
    try:
        found = content_of(place)
    except (OSError, ValueError):
        return None
    return found if "tree" not in read or STATES["tree"](own) == read["tree"] else None


def _finding(finding: Finding, place: str) -> ResultFinding:
    location = finding.location
    elsewhere = os.path.abspath(location.path) != os.path.abspath(place)  # noqa: PTH100
    folder = os.path.dirname(os.path.abspath(place))  # noqa: PTH100, PTH120
    return ResultFinding(
        finding.rule,
        str(finding.severity),
        str(finding.confidence),
        finding.message,
        os.path.relpath(location.path, folder).replace(os.sep, "/") if elsewhere else None,
        location.line,
        location.column,
        location.cell,
        location.layer,
    )
