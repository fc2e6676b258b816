"""What does `layoutlint scan` cost for many saved models: alone, again, in shards, on a cluster?

    python benchmarks/fleets.py [--models 2000] [--cluster]

The models are those of `saved_models.py`, each copy with bytes of its own. Whole processes: seconds on the
clock, and seconds of processor time of all processes together.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from saved_models import write

SCAN = [sys.executable, "-c", "from layoutlint.cli import run; run()", "scan"]


def distinct(folder: Path) -> None:
    """Give each archive a comment, so that no two have the same bytes."""
    for number, path in enumerate(sorted(folder.iterdir())):
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = str(number).encode()


def scan(folder: Path, *arguments: str) -> tuple[float, float]:
    """Return the seconds on the clock and of processor time that a scan takes."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(
        [*SCAN, "models", "--quiet", *arguments], cwd=folder, check=False, stdout=subprocess.DEVNULL
    )
    after, end = os.times(), time.perf_counter()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return end - start, used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--models", type=int, default=2000)
    parser.add_argument("--cluster", action="store_true", help="also on a cluster of this machine")
    given = parser.parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        (work / "models").mkdir()
        layers = write(work / "models", given.models)
        distinct(work / "models")
        size = sum(path.stat().st_size for path in (work / "models").iterdir()) / 2**20
        print(f"{given.models} models, {layers} layers, {size:.0f} MiB")

        def told(words: str, clock: float, processor: float) -> None:
            rate = given.models / clock
            print(f"  {words:<30} {clock:7.2f} s  {processor:7.2f} s of processor time  {rate:6.0f} models/s")

        told("one process", *scan(work, "--results", "one.jsonl", "--jobs", "1"))
        told("two processes", *scan(work, "--results", "two.jsonl", "--jobs", "2"))
        told("again, all known", *scan(work, "--results", "two.jsonl"))
        shutil.copy(work / "two.jsonl", work / "three.jsonl.part")
        told("--resume, all there", *scan(work, "--results", "three.jsonl", "--resume"))
        parts = [
            scan(work, "--results", f"{part}.jsonl", "--shard", f"{part}/4", "--jobs", "1")
            for part in range(1, 5)
        ]
        told("four shards, one process each", sum(part[0] for part in parts), sum(part[1] for part in parts))
        told("Parquet, two processes", *scan(work, "--results", "two.parquet", "--jobs", "2"))
        for name in ("two.jsonl", "two.parquet"):
            print(f"  {name}: {(work / name).stat().st_size / given.models:.0f} bytes a row")
        if given.cluster:
            told(
                "--cluster local, two workers",
                *scan(work, "--results", "c.jsonl", "--cluster", "local", "--jobs", "2"),
            )


if __name__ == "__main__":
    main()
