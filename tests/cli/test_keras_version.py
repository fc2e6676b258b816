"""The version of Keras on the command line, in the configuration, in reports and in the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from layoutlint.run.configuration import ConfigurationError, read
from tests.cli.helpers import Runner

POOLING = """\
import keras
from keras import layers
keras.Sequential([keras.Input((4, 4, 1)), layers.AveragePooling2D()])
"""
REFUSED = "train.py:3:43: error[refused-call] Keras 3 refuses this: AveragePooling2D needs pool_size"


@pytest.fixture
def project(tmp_path: Path, run: Runner) -> Path:
    (tmp_path / "train.py").write_text(POOLING)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "findings"),
    [(("--keras", "3"), [REFUSED]), (("--keras", "2"), []), (("--keras", "1"), []), ((), [])],
)
def test_an_option_sets_the_version(
    arguments: tuple[str, ...], findings: list[str], run: Runner, project: Path
) -> None:
    assert run("check", "train.py", "--output-format", "concise", *arguments).out.splitlines() == findings


def test_of_an_unknown_version_it_is_a_note(run: Runner, project: Path) -> None:
    done = run("check", "train.py", "--min-confidence", "low", "--output-format", "json")
    (finding,) = done.json["findings"]
    assert (finding["severity"], finding["confidence"]) == ("note", "low")
    nothing = "the version of Keras is unknown"
    assert finding["keras"] == {"versions": [3], "known": False, "reason": nothing}
    assert done.json["inputs"][0]["keras"] == {"version": None, "reason": nothing}


def test_the_full_report_says_why(run: Runner, project: Path) -> None:
    done = run("check", "train.py", "--keras", "3")
    assert "= version: only Keras 3, and this code is for it: --keras says so" in done.out
    done = run("check", "train.py", "--min-confidence", "low")
    said = '= version: only Keras 3, and the version of Keras is unknown; keras = "2"'
    assert said in " ".join(done.out.split())


def test_verbose_says_the_version_of_each_input(run: Runner, project: Path) -> None:
    (project / "old.py").write_text(f"from tensorflow.python.keras import losses\n{POOLING}")
    done = run("check", "old.py", "-v")
    assert "old.py: Keras 2: line 1 imports tensorflow.python.keras" in done.err
    assert "Keras 2" not in run("check", "old.py").err


def test_the_configuration_sets_the_version(run: Runner, project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.layoutlint]\nkeras = "3"\n')
    assert run("check", "train.py", "--output-format", "concise").out.splitlines() == [REFUSED]
    assert run("check", "train.py", "--output-format", "concise", "--keras", "2").out == ""
    assert "train.py: Keras 3: pyproject.toml says so" in run("check", "train.py", "-v").err


@pytest.mark.parametrize("value", ["4", 3, "3.15", True, ""])
def test_another_value_is_an_error(value: object) -> None:
    with pytest.raises(ConfigurationError, match="keras must be one of 1, 2, 3, in quotes"):
        read({"keras": value}, Path("pyproject.toml"))


def test_show_and_explain_take_the_version(run: Runner, project: Path) -> None:
    (project / "train.py").write_text(POOLING.replace("AveragePooling2D()", "Conv1D(8, 2)"))
    assert "(None, 4, 3, 8)" in run("show", "train.py", "--keras", "2").out
    assert "refused" in run("show", "train.py", "--keras", "3").out
    assert run("explain", "train.py:3", "--keras", "2").code == 0


def test_the_cache_asks_again_when_what_is_around_a_program_changes(run: Runner, project: Path) -> None:
    def found() -> list[str]:
        return run("check", "train.py", "--output-format", "concise").out.splitlines()

    assert found() == []
    (project / "requirements.txt").write_text("keras==3.1.0\n")
    assert found() == [REFUSED]
    (project / "requirements.txt").write_text("keras==2.3.1\n")
    assert found() == []
    (project / "requirements.txt").unlink()
    (project / "other.py").write_text("from keras import ops\n")
    assert found() == [REFUSED]
    (project / "other.py").write_text("from keras.layers.core import Dense\n")
    assert found() == []
