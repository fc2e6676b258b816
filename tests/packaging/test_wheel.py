"""The wheel, in an environment of its own, far from the checkout: rules inside, no TensorFlow needed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.helpers import WRONG

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)], check=True
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The scripts folder of a virtual environment with the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([folder / "bin" / "pip", "install", "-q", str(wheel)], check=True)
    return folder / "bin"


def test_the_rules_are_inside(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    rules = {path.name for path in (ROOT / "rules").glob("*.md")}
    assert rules
    assert {Path(name).name for name in names if name.startswith("layoutlint/rules/")} == rules
    assert "layoutlint/py.typed" in names
    assert "layoutlint/reports/fleet_page.css" in names
    assert {"layoutlint/reports/schemas/check.json", "layoutlint/reports/schemas/show.json"} <= set(names)


def test_it_works_when_installed(installed, tmp_path):
    (tmp_path / "train.py").write_text(WRONG)
    listed = subprocess.run(
        [installed / "layoutlint", "rules"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "conv-single-step" in listed.stdout
    done = subprocess.run(
        [installed / "layoutlint", "check", "train.py", str(ROOT / "examples" / "signal_wrong.keras")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("warning[conv-single-step]") == 2


def test_there_is_no_tensorflow_and_the_proof_says_so(installed, tmp_path):
    (tmp_path / "train.py").write_text(WRONG)
    done = subprocess.run(
        [installed / "layoutlint", "explain", "train.py:4", "--prove"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "(kernel_size, input_dim, filters) = (3, 8000, 32)" in done.stdout
    assert "pip install 'layoutlint[tensorflow]'" in done.stderr


def test_rules_are_found_in_a_checkout(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "layoutlint", "rules"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "conv-single-step" in done.stdout
