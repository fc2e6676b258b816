"""``python -m tests.mutations [--program NAME] [--operator NAME] [--report FILE]``: the figures.

``--judge`` runs under real Keras what is not stored, ``--verify N`` every N-th stored mutant once more,
``--collect`` saves the models anew.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.mutations.report import one, page
from tests.mutations.store import load
from tests.mutations.study import GROUPS, study


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--program", action="append", default=[], help="only this program or model")
    parser.add_argument("--operator", action="append", default=[], help="only this operator")
    parser.add_argument("--report", type=Path, help="write the page of all figures")
    parser.add_argument("--judge", action="store_true", help="run under Keras what is not stored")
    parser.add_argument("--collect", action="store_true", help="save the models anew")
    parser.add_argument("--verify", type=int, metavar="N", help="run every N-th stored mutant once more")
    options = parser.parse_args()
    store = load()
    if options.verify:
        from tests.mutations import batch

        sys.exit(batch.verify(store, options.verify))
    if options.collect or options.judge:
        # Keras is imported for this alone
        from tests.mutations import batch, model_judge

        if options.collect:
            model_judge.collect()
        if options.judge:
            batch.run(store, options.program, options.operator)
            model_judge.run(store, options.program)
    result = study(store, options.program, options.operator)
    for group in GROUPS:
        for missed in result.missed(group):
            print("missed", group, one(missed))
    for kept in result.results:
        if kept.reason is not None and kept.found:
            print("excluded, yet found", kept.reason, one(kept), *kept.rules)
    for reason, count in result.excluded().most_common():
        print(f"excluded: {count} {reason}")
    for group in GROUPS:
        found, counted = result.recall(group)
        print(
            f"{group}: {found} of {counted} found" + (f", {100 * found / counted:.1f} %" if counted else "")
        )
    if options.report:
        options.report.write_text(page(result), encoding="utf-8")


if __name__ == "__main__":
    main()
