from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

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
    (entry,) = layoutlint.check_source("import keras\nx = )").inputs
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


class Model:
    """As much of a Keras model as is needed."""

    name = "mine"

    def get_config(self) -> dict[str, object]:
        raise RuntimeError("not today")


def test_check_takes_paths_texts_models_and_several(tmp_path):
    (tmp_path / "a.py").write_text(WRONG)
    (tmp_path / "b.py").write_text(RIGHT)
    several = [tmp_path / "a.py", str(tmp_path / "b.py"), WRONG, Model(), [tmp_path]]
    report = layoutlint.check(several)
    assert [Path(entry.path).name for entry in report.inputs] == [
        "a.py",
        "b.py",
        "<string>",
        "<mine>",
        "a.py",
        "b.py",
    ]
    assert [Path(finding.location.path).name for finding in report.findings] == ["a.py", "<string>"]
    assert report.exit_code == 2  # the model


@pytest.mark.parametrize("subject", [None, 3, b"import keras\n", {"a": 1}, [3]])
def test_check_refuses_what_it_cannot_check(subject):
    with pytest.raises(TypeError, match="a path, a text or a model is checked, not"):
        layoutlint.check(subject)


OPTIONS = [
    ({"select": "refused-call"}, 0),
    ({"select": ["refused-call", "conv-single-step"]}, 1),
    ({"ignore": "conv-single-step, refused-call"}, 0),
    ({"fail_on": "error"}, 0),
    ({"fail_on": layoutlint.Severity.WARNING}, 1),
    ({"min_confidence": "high"}, 1),
    ({"parameters": {"conv-single-step": {"min_input_dim": 9000}}}, 0),
    ({"configuration": layoutlint.Configuration(ignore=("conv-single-step",))}, 0),
]


@pytest.mark.parametrize(("options", "code"), OPTIONS)
def test_the_options_of_the_command_line_are_keywords(options, code):
    assert layoutlint.check(WRONG, **options).exit_code == code


@pytest.mark.parametrize(
    "options",
    [
        {"selekt": "a"},
        {"select": "no-such-rule"},
        {"fail_on": "fatal"},
        {"budget": -1},
        {"config": "gone.toml"},
        {"baseline": "gone.json"},
    ],
)
def test_a_mistake_in_the_options(options):
    with pytest.raises(layoutlint.ConfigurationError):
        layoutlint.check(WRONG, **options)


def test_paths_use_their_configuration(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text(WRONG)
    (tmp_path / "layoutlint.toml").write_text('ignore = ["conv-single-step"]')
    assert layoutlint.check(tmp_path).ok
    assert not layoutlint.check(tmp_path, no_config=True).ok
    assert not layoutlint.check(WRONG).ok
    monkeypatch.chdir(tmp_path)
    assert layoutlint.check(WRONG).ok
    assert not layoutlint.check(WRONG, no_config=True).ok


def test_a_baseline(tmp_path):
    (tmp_path / "a.py").write_text(WRONG)
    (tmp_path / "b.json").write_text('{"version": 1, "findings": []}')
    assert not layoutlint.check(tmp_path, baseline=tmp_path / "b.json").ok


def test_a_report_is_short_and_its_text_is_the_full_report(tmp_path):
    (tmp_path / "a.py").write_text(WRONG)
    report = layoutlint.check(tmp_path / "a.py")
    assert repr(report) == "<Report: 1 finding, inputs: 1 checked>"
    assert "4 | model.add(layers.Conv1D(32, 3" in str(report)
    assert str(report).endswith("checked 1 of 1 file: 1 model, 2 layers (2 of known shape)\n")
    assert (report.ok, report.exit_code) == (False, 1)
    assert str(layoutlint.check_source(WRONG)).count("^^^") > 0


CODES = [(RIGHT, 0), (WRONG, 1), ("import keras\nx = )\n", 2), ("print(1)\n", 3)]


@pytest.mark.parametrize(("text", "code"), CODES)
def test_codes_are_those_of_the_command_line(text, code):
    report = layoutlint.check(text)
    assert (report.exit_code, report.ok) == (code, code == 0)


def test_what_is_not_there_is_not_clean():
    report = layoutlint.check_path("nope.py")
    assert (report.ok, report.exit_code) == (False, 2)
    assert repr(report) == "<Report: 0 findings, inputs: 1 error>"
    assert layoutlint.check("print(1)\n", allow_empty=True).ok


def test_assert_clean():
    layoutlint.assert_clean(RIGHT)
    layoutlint.assert_clean(WRONG, ignore="conv-single-step")
    with pytest.raises(AssertionError, match="conv-single-step") as raised:
        layoutlint.assert_clean([RIGHT, WRONG])
    assert "4 | model.add(layers.Conv1D(32, 3" in str(raised.value)
    for empty in ("print(1)\n", "nope.py"):
        with pytest.raises(AssertionError, match="nothing was checked"):
            layoutlint.assert_clean(empty)


def test_built_in_rules_are_read_once(monkeypatch):
    layoutlint.check(WRONG)
    monkeypatch.setattr("layoutlint.engine.rules.parse", lambda *given: pytest.fail("read again"))
    assert layoutlint.check(WRONG).exit_code == 1


def test_memory_does_not_grow():
    """Objects and not megabytes are counted: the allocator keeps what it likes."""

    def round_of_calls() -> int:
        for _ in range(20):
            layoutlint.check([WRONG, RIGHT])
        gc.collect()
        return len(gc.get_objects())

    round_of_calls()
    before = round_of_calls()
    round_of_calls()
    assert round_of_calls() - before < 200
