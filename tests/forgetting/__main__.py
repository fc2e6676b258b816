"""``python -m tests.forgetting [--count N] [--seed S]``: the figures."""

from __future__ import annotations

import argparse
import sys

from tests.forgetting.study import study


def main() -> int:
    """Print the variants that failed, and the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.forgetting", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="so many variants of each sort")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", default="", help="only kinds whose name has these words")
    parser.add_argument("--program", default="", help="only programs whose name has these words")
    parser.add_argument("--sort", choices=["forgotten", "rewritten"], action="append")
    parser.add_argument("--show", action="store_true", help="print the text of what failed")
    options = parser.parse_args()
    failed = 0
    for sort in options.sort or ["forgotten", "rewritten"]:
        result = study(sort, options.count, options.seed, options.kind, options.program)
        for failure in result.failures:
            print(failure)
            if options.show:
                print(failure.variant.text)
        for line in result.figures():
            print(line)
        failed += len(result.failures)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
