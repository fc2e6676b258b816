"""The table of keys in the documentation and the JSON schema in the package say what the code reads."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path

import pytest

from layoutlint.run.__main__ import PAGE, SCHEMA
from layoutlint.run.configuration import ConfigurationError, read
from layoutlint.run.document import schema, with_table
from tests.packaging.test_ci import tool

VALUES = [
    ('select = ["image", "fed-*"]', True),
    ('min-confidence = "high"', True),
    ('min-confidence = "sure"', False),
    ('fail-on = "error"', True),
    ("fail-on = 1", False),
    ("force-exclude = true", True),
    ('force-exclude = "yes"', False),
    ("budget = 2.5", True),
    ("budget = 0", False),
    ("budget = 1e9", False),
    ('keras = "2"', True),
    ("keras = 2", False),
    ('exclude = ["a/", "*_old.py"]', True),
    ("ignore = [1]", False),
    ("[parameters.conv-single-step]\nmin_input_dim = 64", True),
    ("parameters = 3", False),
    ('[per-file-ignores]\n"tests/*" = ["sequence"]', True),
    ('per-layer-ignores = {"a" = "sequence"}', False),
    ("colour = true", False),
]


def test_both_are_made_anew() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_table(page) == page
    assert SCHEMA.read_text(encoding="utf-8") == schema()


@pytest.mark.parametrize(("text", "good"), VALUES)
def test_the_code_and_the_schema_accept_the_same(text: str, good: bool, tmp_path: Path) -> None:
    table = tomllib.loads(text)
    try:
        read(table, tmp_path / "layoutlint.toml", text)
        accepted = True
    except ConfigurationError:
        accepted = False
    assert accepted == good
    (tmp_path / "value.json").write_text(json.dumps(table))
    done = subprocess.run(
        [tool("check-jsonschema"), "--schemafile", SCHEMA, tmp_path / "value.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == good, done.stdout
