"""Imports that lead into installed packages, where that is asked for; nothing is imported on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from layoutlint.run.check import check
from layoutlint.run.configuration import Configuration, ConfigurationError
from layoutlint.run.inputs import open_text
from layoutlint.run.projects import Projects
from layoutlint.run.reach import NotFollowedError, Reach, installed
from tests.cli.helpers import Runner

INIT = "raise SystemExit('this package must not be imported')\nfrom .blocks import block\n"
BLOCKS = (
    "from keras import layers\nfrom . import sizes\n"
    "def block(x, units=sizes.UNITS):\n    return layers.Conv1D(units, 5)(x)\n"
)
PROGRAM = (
    "import keras\nfrom bricks import block\nout = block(keras.Input((100, 3)))\nkeras.layers.Dense(2)(out)\n"
)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtual environment with the package ``bricks`` in it, and ``linked`` in a folder of its own."""
    packages = tmp_path / "env" / "lib" / "python3.12" / "site-packages"
    (packages / "bricks").mkdir(parents=True)
    (packages / "bricks" / "__init__.py").write_text(INIT)
    (packages / "bricks" / "blocks.py").write_text(BLOCKS)
    (packages / "bricks" / "sizes.py").write_text("UNITS = 24\n")
    (packages / "single.py").write_text(BLOCKS.replace("from . import sizes", "from bricks import sizes"))
    linked = tmp_path / "elsewhere"
    (linked / "linked").mkdir(parents=True)
    (linked / "linked" / "__init__.py").write_text("UNITS = 7\n")
    (packages / "linked.pth").write_text(f"import os\n{linked}\n/there/is/no/such/folder\n")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "env"))
    return packages


def write(folder: Path, text: str = PROGRAM) -> Path:
    """The program in a folder of its own."""
    (folder / "project").mkdir()
    path = folder / "project" / "train.py"
    path.write_text(text)
    return path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Any) -> Runner:
    """The command line."""
    return Runner(tmp_path, monkeypatch, capsysbinary)


def test_is_followed_where_asked(environment: Path, tmp_path: Path, run: Runner) -> None:
    path = write(tmp_path)
    assert "(None, 96, 24)" in run("show", "--follow", "bricks", path).out
    assert "(None, 96, 24)" not in run("show", path).out


def test_configuration_asks(environment: Path, tmp_path: Path, run: Runner) -> None:
    path = write(tmp_path)
    (path.parent / "pyproject.toml").write_text('[tool.layoutlint]\nfollow = ["bricks"]\n')
    assert Projects().of(str(path)).follow == ("bricks",)
    assert "(None, 96, 24)" in run("show", path).out
    assert "(None, 96, 24)" in run("explain", f"{path}:4").out
    assert "(None, 96, 24)" not in run("show", "--no-config", path).out


def test_single_modules_and_editable_installs(environment: Path, tmp_path: Path) -> None:
    names = [path.name for path in installed(["single", "linked", "bricks"])]
    assert names == ["single.py", "linked", "bricks"]
    text = PROGRAM.replace("from bricks", "from single")
    # the packages that a followed one imports are entered only if they are named too
    reach = Reach(packages=installed(["single", "bricks"]))
    graph = open_text(text, str(write(tmp_path, text)), reach).graph
    assert graph is not None
    assert str(graph.calls[1].output_tensors[0].shape) == "(None, 96, 24)"


def test_a_program_that_does_not_name_keras(environment: Path, tmp_path: Path, run: Runner) -> None:
    text = "from bricks.blocks import *\nblock(layers.Input((50, 2)))\n"
    path = write(tmp_path, text)
    assert "(None, 46, 24)" in run("show", "--follow", "bricks", path).out
    assert run("check", "--no-cache", path).code == 3


@pytest.mark.parametrize("name", ["nowhere", "x" * 400, "keras", "a.b", "../bricks", ""])
def test_what_cannot_be_followed_is_an_error(
    environment: Path, tmp_path: Path, run: Runner, name: str
) -> None:
    path = write(tmp_path)
    with pytest.raises(NotFollowedError):
        installed([name])
    with pytest.raises(ConfigurationError):
        check([str(path)], Configuration(follow=(name,)))
    if name:
        result = run("check", "--follow", name, path)
        assert result.code == 2
        assert name[:60] in result.err  # a long name is cut to a line


def test_cache_knows_what_was_followed(environment: Path, tmp_path: Path) -> None:
    path = write(tmp_path)

    def known(*follow: str) -> int:
        found = check([str(path)], Configuration(follow=follow, file=path.parent / "x.toml"), cached=True)
        return found.report.inputs[0].known

    assert (known(), known("bricks"), known("bricks"), known()) == (0, 2, 2, 0)
    (environment / "bricks" / "sizes.py").write_text("UNITS = undefined\n")
    assert known("bricks") == 1


def test_code_of_a_package_is_not_changed(environment: Path, tmp_path: Path, run: Runner) -> None:
    wrong = BLOCKS.replace("(x)\n", "(layers.Reshape((1, 300))(x))\n").replace("5)", "1)")
    (environment / "bricks" / "blocks.py").write_text(wrong)
    path = write(tmp_path)
    found = check([str(path)], Configuration(follow=("bricks",))).report.findings
    assert found
    assert all(finding.fix is None for finding in found if "bricks" in finding.location.path)
    run("check", "--no-cache", "--follow", "bricks", "--fix", "--unsafe-fixes", path)
    assert (environment / "bricks" / "blocks.py").read_text() == wrong


LONG = (
    "from keras import Input, layers\ndef f(x, n):\n    for i in range(n):\n"
    "        x = layers.Dense(i + 1)(x)\n    return x\nx = Input((3,))\n" + "x = f(x, 190)\n" * 60
)


def test_budget(tmp_path: Path, run: Runner) -> None:
    path = write(tmp_path, LONG)
    short = run("show", "--budget", "0.05", path)
    assert "stopped" in (short.out + short.err)
    assert "--budget" in (short.out + short.err)
    assert "stopped" not in run("show", "--budget", "20", path).err
    (path.parent / "pyproject.toml").write_text("[tool.layoutlint]\nbudget = 0.05\n")
    assert "stopped" in run("show", path).err
    assert "stopped" in run("check", "--no-cache", path).out + run("check", "--no-cache", path).err


@pytest.mark.parametrize("written", ["0", "-1", '"2"', "true", "inf", "nan"])
def test_a_budget_is_a_number_of_seconds(tmp_path: Path, run: Runner, written: str) -> None:
    path = write(tmp_path)
    (path.parent / "pyproject.toml").write_text(f"[tool.layoutlint]\nbudget = {written}\n")
    result = run("check", path)
    assert result.code == 2
    assert "budget" in result.err


def test_code_that_is_handed_its_keras(tmp_path: Path, run: Runner) -> None:
    text = (
        "from keras_applications import get_submodules_from_kwargs\n"
        "def build(**kwargs):\n"
        "    backend, layers, models, keras_utils = get_submodules_from_kwargs(kwargs)\n"
        "    x = layers.Input((30, 2))\n"
        "    return models.Model(x, layers.Conv1D(5, 3)(x))\n"
        "build()\n"
    )
    assert "(None, 28, 5)" in run("show", write(tmp_path, text)).out
