"""The deep stack."""

from __future__ import annotations

import sys

import pytest

from layoutlint.system.deep_stack import deeply

LEVELS = 300
CALLS = 1000


@pytest.mark.skipif(sys.platform != "linux", reason="counts the page faults of one thread")
def test_calls_at_any_depth_map_no_memory() -> None:
    """At the end of a block of frames, each call would map and unmap one."""
    import resource

    faults = []

    def leaf() -> None:
        return None

    def nested(level: int) -> None:
        for _ in range(CALLS):
            leaf()
        if level:
            nested(level - 1)

    def run() -> None:
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        nested(LEVELS)
        faults.append(resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before)

    deeply(run)
    assert faults[0] < CALLS
