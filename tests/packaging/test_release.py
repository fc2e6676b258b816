"""What a release is made of: one version, bounds, metadata, and the same bytes from the same source."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
import yaml

import layoutlint

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BUILD = (
    "import sys; from hatchling.build import build_sdist, build_wheel;"
    "print(build_sdist(sys.argv[1])); print(build_wheel(sys.argv[1]))"
)


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def builds(tmp_path_factory) -> list[Path]:
    """Two folders with the distributions, built of copies of different age in different places."""
    found = []
    for age in (0, 1_000_000):
        folder = tmp_path_factory.mktemp(f"built-{age}")
        source, target = folder / "source", folder / "dist"
        for name in tracked():
            copied = source / name
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copied)
            os.utime(copied, (1_600_000_000 + age, 1_600_000_000 + age))
        target.mkdir()
        subprocess.run(
            [sys.executable, "-c", BUILD, target],
            cwd=source,
            env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"},
            capture_output=True,
            check=True,
        )
        found.append(target)
    return found


def test_the_distributions_are_reproducible(builds: list[Path]) -> None:
    first, second = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in builds
    )
    assert len(first) == 2
    assert first == second


def test_the_wheel_says_what_it_is(builds: list[Path]) -> None:
    (wheel,) = builds[0].glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (record,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(archive.read(record).decode())
    assert metadata["Version"] == layoutlint.__version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "layoutlint/configuration.schema.json" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "benchmarks/"))]


def test_the_source_distribution_can_be_tested(builds: list[Path]) -> None:
    (sdist,) = builds[0].glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "action.yml", ".ci/run", "docs/index.md"} <= held
    assert "tests/packaging/test_release.py" in held
    assert "rules/conv-single-step.md" in held


def test_the_version_is_the_same_everywhere() -> None:
    version = layoutlint.__version__
    assert PROJECT["dynamic"] == ["version", "urls"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == version
    for page in ("README.md", "docs/pre-commit.md"):
        assert set(re.findall(r"rev: v(\S+)", (ROOT / page).read_text("utf-8"))) == {version}
    assert f"## {version}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_dependency_has_a_lower_bound() -> None:
    assert all(">=" in requirement for requirement in PROJECT["dependencies"])


def test_the_pythons_that_ci_runs_are_those_that_are_named() -> None:
    named = [
        classifier.rpartition(" ")[2]
        for classifier in PROJECT["classifiers"]
        if re.search(r":: 3\.\d+$", classifier)
    ]
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    (versions,) = [
        step["run"] for step in workflow["jobs"]["versions"]["steps"] if ".ci/versions" in step.get("run", "")
    ]
    assert versions.split()[1:] == named
    assert PROJECT["requires-python"] == f">={named[0]}"
