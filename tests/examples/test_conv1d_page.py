"""The page about the question that started it: its blocks run under real Keras, its table names what was
asked.
"""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "conv1d-input.md"


def test_every_block_runs_with_real_keras():
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.S | re.M)
    assert len(blocks) >= 8
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)


def test_the_blocks_can_fail():
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.S | re.M)
    assert sum(block.count("assert ") for block in blocks) >= 12


def test_the_table_has_every_framework():
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    for name in ("Keras", "PyTorch", "ONNX", "Mathematica", "MATLAB", "Core ML"):
        assert any(row.startswith(f"| {name}") for row in rows), name
