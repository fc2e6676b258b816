"""What the author has looked at is not reported, is counted, and a suppression without use is said."""

from __future__ import annotations

import pytest

from layoutlint.model.origins import SourceFile
from layoutlint.run.suppressions import comments
from tests.cli.helpers import WRONG, Runner, notebook

LINES = WRONG.splitlines(True)


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary):
    return Runner(tmp_path, monkeypatch, capsysbinary)


def marked(comment: str) -> str:
    return WRONG.replace("8000)))\n", f"8000)))  {comment}\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# layoutlint: ignore[a]", [(1, ("a",))]),
        ("x = 1  #layoutlint:ignore[a,b , c-d] because", [(1, ("a", "b", "c-d"))]),
        ("x = 1  # noqa  # layoutlint: ignore[a] because", [(1, ("a",))]),
        ("x = 1  # layoutlint: ignore[a]  # layoutlint: ignore[b]", [(1, ("a",)), (1, ("b",))]),
        ("# layoutlint: ignore", [(1, ())]),
        ("# layoutlint: ignore[]", [(1, ())]),
        ("# layoutlint: ignored[a]", [(1, ())]),
        ('x = "# layoutlint: ignore[a]"', []),
        ('x = """\n# layoutlint: ignore[a]\n"""\n# layoutlint: ignore[b]', [(4, ("b",))]),
        ("f(\n    1,  # layoutlint: ignore[a]\n)", [(2, ("a",))]),
        ("x = '\f'\r\ny = 1  # layoutlint: ignore[a]\r\n", [(2, ("a",))]),
        ("x = 'ü'  # layoutlint: ignore[a]", [(1, ("a",))]),
    ],
)
def test_comments(text, found):
    assert [(comment.location.line, comment.rules) for comment in comments(SourceFile("a.py", text))] == found


def test_the_place_of_a_comment():
    (comment,) = comments(SourceFile("a.py", "x = 'ü'  # why # layoutlint: ignore[a] because"))
    assert (comment.location.column, comment.location.end_column) == (16, 47)


@pytest.mark.parametrize(
    ("comment", "code", "verdict"),
    [
        (
            "# layoutlint: ignore[conv-single-step] one step is meant",
            0,
            "no findings in what was checked, 1 ignored",
        ),
        ("# layoutlint: ignore[rank-mismatch, conv-single-step]", 0, "1 finding: 1 note, 1 ignored"),
        ("# layoutlint: ignore[rank-mismatch]", 1, "2 findings: 1 warning, 1 note"),
        ("# layoutlint: ignore", 1, "2 findings: 1 warning, 1 note"),
        ("# layoutlint: ignore[no-such-rule]", 1, "2 findings: 1 warning, 1 note"),
        ("# an ordinary comment", 1, "1 finding: 1 warning"),
    ],
)
def test_a_comment_on_the_line(run, comment, code, verdict):
    run.write("a.py", marked(comment))
    result = run("check", "a.py")
    assert result.code == code
    assert verdict in result.out.splitlines()


def test_any_line_of_the_span_will_do(run):
    call = 'model.add(layers.Conv1D(\n    32,\n    3,{}\n    padding="same", input_shape=(1, 8000),{}\n)){}\n'
    silent = "  # layoutlint: ignore[conv-single-step] meant"
    head = "".join(LINES[:3])
    for places in [(silent, "", ""), ("", silent, ""), ("", "", silent)]:
        run.write("a.py", head + call.format(*places))
        assert run("check", "a.py").code == 0
    for text in (f"{silent.strip()}\n{call.format('', '', '')}", call.format("", "", "\n" + silent.strip())):
        run.write("a.py", head + text)
        assert run("check", "a.py").code == 1, "the lines around it are no lines of it"


def test_an_unused_comment_is_a_note_in_every_format(run):
    run.write("a.py", WRONG.replace("(1, 8000)))", "(8000, 1)))  # layoutlint: ignore[conv-single-step] old"))
    result = run("check", "a.py", "--output-format", "json")
    assert result.code == 0
    (finding,) = result.json["findings"]
    assert (finding["rule"], finding["severity"], finding["line"], finding["column"]) == (
        "unused-suppression",
        "note",
        4,
        73,
    )
    assert run("check", "a.py", "--fail-on", "note").code == 1
    assert run("check", "a.py", "--output-format", "concise").out.startswith(
        "a.py:4:73: note[unused-suppression] "
    )
    assert "note[unused-suppression]" in run("check", "a.py").out
    for options in (["--ignore", "unused-suppression"], ["--select", "conv-single-step"]):
        assert run("check", "a.py", "--output-format", "json", *options).json["findings"] == []
    found = run("check", "a.py", "--select", "unused-suppression,conv-single-step", "--output-format", "json")
    assert len(found.json["findings"]) == 1


def test_of_a_rule_that_is_not_run_nothing_is_said(run):
    run.write("a.py", marked("# layoutlint: ignore[conv-single-step] meant"))
    result = run("check", "a.py", "--ignore", "conv-single-step", "--output-format", "json")
    assert result.json["findings"] == []


UNSURE = """\
import keras
from keras import layers

inputs = keras.Input((12, 5000))
x = layers.Conv1D(64, 15, padding="same")(inputs)  # layoutlint: ignore[kernel-wider-than-input] meant
"""


def test_a_comment_is_of_use_where_its_finding_is_not_sure_enough_to_be_reported(run):
    run.write("a.py", UNSURE)
    for confidence in ("low", "medium", "high"):
        result = run("check", "a.py", "--min-confidence", confidence, "--output-format", "json")
        assert result.json["findings"] == []


def test_imported_modules(run):
    run.write("model.py", marked("# layoutlint: ignore[conv-single-step] meant"))
    run.write("a.py", "import keras\nimport model\nmodel.model.summary()\n")
    for paths in (["a.py"], ["a.py", "model.py"], ["."], ["model.py"]):
        result = run("check", *paths)
        assert result.code == 0
        assert "no findings in what was checked, 1 ignored" in result.out


def test_notebooks(run):
    silent = marked("# layoutlint: ignore[conv-single-step] meant")
    run.write("a.ipynb", notebook(("markdown", "# T"), ("code", "%matplotlib inline"), ("code", silent)))
    assert run("check", "a.ipynb").code == 0
    line = "x = 1  # layoutlint: ignore[conv-single-step]\n"
    run.write("b.ipynb", notebook(("code", "\n\n\n" + line), ("code", WRONG)))
    result = run("check", "b.ipynb", "--output-format", "json")
    assert [(f["rule"], f["cell"], f["line"]) for f in result.json["findings"]] == [
        ("conv-single-step", 2, 4),
        ("unused-suppression", 1, 4),
    ]


MODEL = """{"class_name": "Sequential", "config": {"name": "s", "layers": [
  {"class_name": "InputLayer", "config": {"batch_shape": [null, 1, 800], "name": "i"}},
  {"class_name": "Conv1D",
   "config": {"name": "eca_conv", "filters": 8, "kernel_size": [3], "padding": "same"}}]}}"""


class TestPatterns:
    @pytest.mark.parametrize(
        ("table", "code"),
        [
            ('per-file-ignores = {"tests/*" = ["conv-single-step"]}', 0),
            ('per-file-ignores = {"tests/*" = ["rank-mismatch"]}', 1),
            ('per-file-ignores = {"*.py" = ["conv-single-step"]}', 0),
            ('per-file-ignores = {"test_?.py" = ["conv-single-step"]}', 0),
            ('per-file-ignores = {"deep/*" = ["conv-single-step"]}', 1),
            ('per-file-ignores = {"*/deep/*" = ["rank-mismatch", "conv-single-step"]}', 0),
            ('per-layer-ignores = {"eca_*" = ["conv-single-step"]}', 0),
            ('per-layer-ignores = {"*" = ["rank-mismatch"]}', 1),
            ('per-layer-ignores = {"conv1d*" = ["conv-single-step"]}', 1),
        ],
    )
    @pytest.mark.parametrize("relative", [True, False])
    def test_source(self, run, table, code, relative):
        run.write("pyproject.toml", f"[tool.layoutlint]\n{table}\n")
        path = run.write("tests/deep/test_a.py", WRONG.replace("32, 3", "32, 3, name='eca_1'"))
        result = run("check", "tests/deep/test_a.py" if relative else path)
        assert result.code == code
        assert ("1 ignored" in result.out) is (code == 0)

    def test_a_path_through_the_folder_above(self, run):
        run.write(
            "pyproject.toml", '[tool.layoutlint]\nper-file-ignores = {"tests/*" = ["conv-single-step"]}\n'
        )
        run.write("tests/a.py", WRONG)
        run.write("other/b.py", WRONG)
        run.monkeypatch.chdir(run.folder / "other")
        assert run("check", "../tests/a.py").code == 0
        assert run("check", "b.py").code == 1

    @pytest.mark.parametrize(
        ("pattern", "code"), [("eca_*", 0), ("*conv", 0), ("sequential", 1), ("conv1d", 1)]
    )
    def test_saved_models(self, run, pattern, code):
        import io
        import zipfile

        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("metadata.json", '{"keras_version": "3.15.1"}')
            archive.writestr("config.json", MODEL)
        run.write("a.keras", data.getvalue())
        run.write(
            "pyproject.toml",
            f'[tool.layoutlint.per-layer-ignores]\n"{pattern}" = ["conv-single-step"]\n',
        )
        assert run("check", "a.keras").code == code

    @pytest.mark.parametrize(
        ("table", "word"),
        [
            ('per-file-ignores = ["a"]', "per-file-ignores must be a table"),
            ('per-file-ignores = {"*" = "conv-single-step"}', "must be a list of strings"),
            ('per-file-ignores = {"*" = ["no-such-rule"]}', "no-such-rule"),
            ('per-layer-ignores = {"*" = ["no-such-rule"]}', "no-such-rule"),
        ],
    )
    def test_a_mistake_in_them_is_said(self, run, table, word):
        run.write("pyproject.toml", f"[tool.layoutlint]\n{table}\n")
        run.write("a.py", WRONG)
        result = run("check", "a.py")
        assert result.code == 2
        assert word in result.err


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("# layoutlint: ignroe[conv-single-step]", "unknown directive 'ignroe'"),
        ("# layoutlint: disable=conv-single-step", "unknown directive 'disable'"),
        ("# layoutlint: ignore-conv", "unknown directive 'ignore-conv'"),
        ("# layoutlint:", "unknown directive ''"),
        ("# see layoutlint: it finds this", None),
        ("# noqa  # layoutlint: ignore[conv-single-step]", None),
    ],
)
def test_unknown_directives_are_told(run, comment, said):
    run.write("a.py", WRONG.replace("8000)))", f"8000)))  {comment}"))
    out = run("check", "a.py", "--output-format", "concise").out
    assert ("unused-suppression" in out) is (said is not None)
    assert said is None or said in out
