from __future__ import annotations

import subprocess
import sys

import pytest

import layoutlint
from tests.cli.helpers import RIGHT, WRONG


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


HEAVY = [
    "tensorflow",
    "keras",
    "libcst",
    "rich",
    "pyfive",
    "yaml",
    "numpy",
    "click",
    "layoutlint.model.graph",
]


def test_importing_it_imports_nothing_else():
    code = f"import sys, layoutlint; print([name for name in {HEAVY} if name in sys.modules])"
    assert python(code) == "[]"


def test_a_check_never_imports_tensorflow():
    code = (
        f"import sys, layoutlint\nreport = layoutlint.check_source({WRONG!r})\n"
        "layoutlint.check_path('examples')\n"
        "heavy = [n for n in ('tensorflow', 'keras', 'rich', 'libcst') if n in sys.modules]\n"
        "print(len(report.findings), heavy)"
    )
    assert python(code) == "1 []"


def test_everything_that_is_exported_is_there():
    for name in layoutlint.__all__:
        assert getattr(layoutlint, name) is not None
    assert set(layoutlint.__all__) <= set(dir(layoutlint))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        layoutlint.nothing  # noqa: B018


def test_check_source():
    report = layoutlint.check_source(WRONG)
    (finding,) = report.findings
    assert isinstance(finding, layoutlint.Finding)
    assert (finding.rule, str(finding.location)) == ("conv-single-step", "<string>:4:11")
    assert layoutlint.check_source(RIGHT).findings == []


def test_check_source_never_raises_for_what_the_text_holds():
    (entry,) = layoutlint.check_source("import keras\nprint 1").inputs
    assert entry.status == "error"
    assert "line 2" in (entry.reason or "")
    (entry,) = layoutlint.check_source("print(1)").inputs
    assert entry.status == "skipped"


def test_check_path(tmp_path):
    (tmp_path / "a.py").write_text(WRONG)
    assert [finding.rule for finding in layoutlint.check_path(tmp_path).findings] == ["conv-single-step"]
    (entry,) = layoutlint.check_path(tmp_path / "gone").inputs
    assert entry.status == "error"


def test_a_configuration():
    quiet = layoutlint.Configuration(ignore=("conv-single-step",))
    assert layoutlint.check_source(WRONG, configuration=quiet).findings == []
    with pytest.raises(layoutlint.ConfigurationError, match="unknown rule nothing"):
        layoutlint.check_source(WRONG, configuration=layoutlint.Configuration(select=("nothing",)))


def test_check_model_in_memory():
    import keras

    layers = keras.layers
    wrong = keras.Sequential([keras.Input((1, 8000)), layers.Conv1D(8, 3, padding="same")], name="wrong")
    report = layoutlint.check_model(wrong)
    (finding,) = report.findings
    assert finding.rule == "conv-single-step"
    assert finding.location.path == "<wrong>"
    assert [(entry.kind, entry.status, entry.layers) for entry in report.inputs] == [("memory", "checked", 1)]
    right = keras.Sequential([keras.Input((8000, 1)), layers.Conv1D(8, 3, padding="same")])
    assert layoutlint.check_model(right).findings == []


@pytest.mark.parametrize("thing", [None, 3, object()])
def test_what_is_no_model(thing):
    (entry,) = layoutlint.check_model(thing).inputs
    assert entry.status == "error"
    assert "not a Keras model" in (entry.reason or "")
