"""Settings for all tests: real Keras on the CPU, without its chatter; long sweeps only when they are asked
for.
"""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sample",
        type=int,
        metavar="N",
        help="run every N-th of the slow tests; without it `-m slow` runs them all and a plain run none",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    step = config.getoption("--sample")
    slow = [item for item in items if item.get_closest_marker("slow")]
    asked = "slow" in (config.getoption("-m") or "")
    kept = set(slow[::step] if step else slow if asked else [])
    left_out = [item for item in slow if item not in kept]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
