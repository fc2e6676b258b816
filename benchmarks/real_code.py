"""How much of real code layoutlint knows: ``python benchmarks/real_code.py FOLDER...``, a row for each
folder.

Layers are counted by their output shapes as in every report; then the ten most frequent reasons for which
knowledge was first lost (an unknown output of known inputs), over all folders. Prints Markdown.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from layoutlint.model.findings import Coverage, Finding
from layoutlint.run.check import chosen_rules
from layoutlint.run.configuration import Configuration
from layoutlint.run.discovery import Candidate, discover
from layoutlint.run.examination import judged
from layoutlint.run.inputs import open_input


@dataclass(frozen=True)
class Outcome:
    """What one file gave: its coverage, its findings, and why knowledge was lost in it."""

    coverage: Coverage
    findings: tuple[Finding, ...]
    reasons: Counter[str]
    seconds: float


def outcome(candidate: Candidate | Coverage) -> Outcome:
    """Read and judge one file."""
    started = time.process_time()
    if isinstance(candidate, Coverage):
        return Outcome(candidate, (), Counter(), 0.0)
    opened = open_input(candidate)
    reasons: Counter[str] = Counter()
    findings: tuple[Finding, ...] = ()
    if opened.graph is not None:
        configuration = Configuration()
        findings = tuple(judged(opened, chosen_rules(configuration), configuration))
        for call in opened.graph.calls:
            known = all(tensor.shape is not None for tensor in call.input_tensors)
            if known and any(tensor.shape is None for tensor in call.output_tensors):
                reasons[general(call.reason or "its input is unknown")] += 1
    return Outcome(opened.coverage, findings, reasons, time.process_time() - started)


def general(reason: str) -> str:
    """Return a reason without the names of the program."""
    return re.sub(r"\b[A-Z]\w+ is a class of the program", "a layer class of the program", reason)[:70]


def main(folders: list[str]) -> None:
    """Print the table and the reasons."""
    reasons: Counter[str] = Counter()
    print("| code | files with Keras | layers | known | partial | unknown | cut short | findings |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    with ProcessPoolExecutor() as pool:
        for folder in folders:
            outcomes = list(pool.map(outcome, discover([folder]), chunksize=8))
            read = [item.coverage for item in outcomes if item.coverage.status == "checked"]
            failed = [item.coverage for item in outcomes if "internal error" in (item.coverage.reason or "")]
            counts = [
                sum(getattr(c, name) for c in read) for name in ("layers", "known", "partial", "unknown")
            ]
            cut = sum("cut short" in (c.reason or "") for c in read)
            found = sum(len(item.findings) for item in outcomes)
            print(f"| {Path(folder).name} | {len(read)} | {' | '.join(map(str, counts))} | {cut} | {found} |")
            for coverage in failed:
                print(f"internal error in {coverage.path}: {coverage.reason}", file=sys.stderr)
            for item in outcomes:
                reasons += item.reasons
                for finding in item.findings:
                    print(f"{finding.location} {finding.rule}: {finding.message}", file=sys.stderr)
    print("\nKnowledge was first lost because")
    for reason, count in reasons.most_common(10):
        print(f"- {reason}: {count}")


if __name__ == "__main__":
    main(sys.argv[1:])
