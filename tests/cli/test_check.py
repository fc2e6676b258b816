from __future__ import annotations

import json

import pytest

from layoutlint.reports.formats import CHECK
from tests.cli.helpers import ERROR, RIGHT, WRONG, notebook

FORMATS = [*CHECK]


def test_the_mistake_is_found_where_it_is(run):
    run.write("train.py", WRONG)
    result = run("check", "train.py", "--output-format", "concise")
    assert result.code == 1
    (line,) = result.out.splitlines()
    assert line.startswith("train.py:4:11: warning[conv-single-step] Conv1D has a single step to slide along")


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (WRONG, [], 1),
        (WRONG, ["--fail-on", "error"], 0),
        (WRONG, ["--fail-on", "note"], 1),
        (WRONG, ["--ignore", "conv-single-step"], 0),
        (WRONG, ["--select", "rank-mismatch"], 0),
        (WRONG, ["--select", "rank-mismatch,conv-single-step"], 1),
        (WRONG, ["--select", "rank-mismatch", "--select", "conv-single-step"], 1),
        (ERROR, ["--fail-on", "error"], 1),
        (RIGHT, [], 0),
        ("print(1)\n", [], 3),
        ("print(1)\n", ["--allow-empty"], 0),
        ("import keras\nx = )\n", [], 2),
        ("import keras\nx = )\n", ["--allow-empty"], 2),
        (WRONG, ["--select", "no-such-rule"], 2),
        (WRONG, ["--fail-on", "fatal"], 2),
        (WRONG, ["--no-such-option"], 2),
    ],
)
def test_exit_codes_are_the_same_in_every_format(run, content, options, code, output_format):
    run.write("a.py", content)
    assert run("check", "a.py", "--output-format", output_format, *options).code == code


@pytest.mark.parametrize("output_format", FORMATS)
def test_an_unreadable_input_outweighs_findings_and_stops_nothing(run, output_format):
    run.write("a.py", "import keras\ndef f(:\n")
    run.write("b.py", WRONG)
    result = run("check", ".", "--output-format", output_format)
    assert result.code == 2
    assert "conv-single-step" in result.out
    assert "a.py" in result.err
    assert "line 2" in result.err


def test_nothing_to_check_is_never_called_clean(run):
    run.write("a.py", "print(1)\n")
    result = run("check", "a.py")
    assert "no findings" not in result.out
    assert "nothing was checked" in result.out
    assert "no Keras code" in result.out


def test_an_empty_folder_is_nothing_to_check(run):
    assert run("check").code == 3


def test_what_is_not_there(run):
    run.write("a.py", WRONG)
    result = run("check", "gone.py", "a.py", "--output-format", "concise")
    assert result.code == 2
    assert "gone.py: no such file or directory" in result.err
    assert "a.py:4:11" in result.out


def test_standard_output_carries_results_alone(run):
    run.write("a.py", WRONG)
    run.write("b.py", "import keras\ndef f(:\n")
    result = run("check", ".", "--output-format", "concise")
    assert [line.split(":")[0] for line in result.out.splitlines()] == ["a.py"]
    assert json.loads(run("check", ".", "--output-format", "json").out)["version"] == 1


def test_a_file_without_keras_is_not_parsed(run):
    run.write("sub/a.py", "def f(:\n")
    run.write("sub/b.py", RIGHT)
    result = run("check", "sub")
    assert result.code == 0
    assert "checked 1 of 2 files" in result.out
    assert "no Keras code" in result.out


def test_standard_input(run):
    result = run("check", "-", "--output-format", "json", stdin=WRONG)
    assert result.code == 1
    assert result.json["findings"][0]["path"] == "-"
    assert result.json["inputs"][0]["kind"] == "source"


def test_a_notebook_is_told_by_cell_and_line(run):
    lines = WRONG.splitlines(True)
    run.write(
        "a.ipynb",
        notebook(
            ("markdown", "# Title\n"),
            ("code", "%matplotlib inline\n!pip install keras\n" + "".join(lines[:2])),
            ("code", "\n" + "".join(lines[2:])),
        ),
    )
    result = run("check", "a.ipynb", "--output-format", "json")
    (finding,) = result.json["findings"]
    assert (finding["cell"], finding["line"], finding["column"]) == (3, 3, 11)
    assert result.json["inputs"][0]["kind"] == "notebook"
    concise = run("check", "a.ipynb", "--output-format", "concise")
    assert concise.out.startswith("a.ipynb:cell 3:3:11: warning[conv-single-step]")
    full = run("check", "a.ipynb").out
    assert "3 | model.add(layers.Conv1D(32, 3" in full
    assert run("check", "-", stdin=notebook(("code", WRONG))).code == 1


def test_one_finding_for_a_line_that_two_programs_reach_with_other_sizes(run):
    run.write("helper.py", "from keras.layers import Conv1D\ndef f(x):\n    return Conv1D(32, 9)(x)\n")
    for name, size in (("a.py", 4), ("b.py", 8)):
        run.write(name, f"import keras\nfrom helper import f\nf(keras.Input(({size}, 2)))\n")
    result = run("check", ".", "--output-format", "json")
    (finding,) = json.loads(result.out)["findings"]
    assert (finding["rule"], finding["path"], finding["line"]) == ("kernel-wider-than-input", "helper.py", 3)


def test_one_finding_for_a_module_that_two_programs_import(run):
    run.write("model.py", WRONG)
    run.write("a.py", "import keras\nimport model\nmodel.model.summary()\n")
    run.write("b.py", "import keras\nimport model\nmodel.model.summary()\n")
    result = run("check", ".", "--output-format", "concise")
    assert [line.split()[0] for line in result.out.splitlines()] == ["model.py:4:11:"]


class TestConfiguration:
    def configure(self, run, text):
        run.write("pyproject.toml", "[tool.layoutlint]\n" + text)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", 1),
            ('ignore = ["conv-single-step"]', 0),
            ('select = ["rank-mismatch"]', 0),
            ('fail-on = "error"', 0),
            ('min-confidence = "high"', 1),
            ("[tool.layoutlint.parameters.conv-single-step]\nmin_input_dim = 9000", 0),
            ("[tool.layoutlint.parameters.conv-single-step]\nmin_input_dim = 8000", 1),
        ],
    )
    def test_it_is_read(self, run, text, code):
        self.configure(run, text)
        run.write("sub/a.py", WRONG)
        assert run("check", "sub").code == code
        assert run("check", "sub", "--no-config").code == 1

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("selct = []", "selct"),
            ('select = "conv-single-step"', "select"),
            ('ignore = ["no-such-rule"]', "no-such-rule"),
            ('ignore = ["conv-single-stp"]', "did you mean conv-single-step?"),
            ('min-confidence = "certain"', "min-confidence"),
            ('fail-on = "never"', "fail-on"),
            ('rules = ["nowhere"]', "nowhere"),
            ("parameters = 3", "parameters"),
            ("[tool.layoutlint.parameters.conv-single-step]\nminimum = 3", "minimum"),
            ('[tool.layoutlint.parameters.conv-single-step]\nmin_input_dim = "many"', "min_input_dim"),
            ("[tool.layoutlint.parameters.no-such-rule]\nx = 3", "no-such-rule"),
            ("select = [", "pyproject.toml"),
        ],
    )
    def test_a_mistake_in_it_is_said(self, run, text, word):
        self.configure(run, text)
        run.write("a.py", RIGHT)
        result = run("check", "a.py")
        assert result.code == 2
        assert word in result.err
        assert result.out == ""
        assert len(result.err.splitlines()) == 1

    def test_the_nearest_counts(self, run):
        run.write("pyproject.toml", '[tool.layoutlint]\nignore = ["conv-single-step"]\n')
        run.write("near/pyproject.toml", "[tool.layoutlint]\n")
        run.write("other/pyproject.toml", "[tool.black]\n# not layoutlint\n")
        run.write("near/a.py", WRONG)
        run.write("other/a.py", WRONG)
        assert run("check", "near/a.py").code == 1
        assert run("check", "other/a.py").code == 0
        assert run("check", "near/a.py", "other/a.py").code == 1

    def test_options_overrule_it(self, run):
        self.configure(run, 'ignore = ["conv-single-step"]\nfail-on = "error"')
        run.write("a.py", WRONG)
        assert run("check", "a.py", "--ignore", "rank-mismatch", "--fail-on", "warning").code == 1

    def test_house_rules(self, run):
        run.write(
            "house/no-wide-kernel.md",
            "---\nrule: no-wide-kernel\nsubject: layer\nseverity: error\nconfidence: high\n"
            'applies-to: [Conv1D]\nwhen: input_dim == 8000\nmessage: "{layer} is not for this house"\n---\n'
            "The house has its own taste.\n",
        )
        self.configure(run, 'rules = ["house"]\nignore = ["conv-single-step"]')
        run.write("a.py", WRONG)
        result = run("check", "a.py", "--output-format", "concise")
        assert result.code == 1
        assert "error[no-wide-kernel] Conv1D is not for this house" in result.out
        assert "no-wide-kernel" in run("rules").out
        assert "The house has its own taste." in run("rule", "no-wide-kernel").out

    def test_a_broken_house_rule_is_located(self, run):
        run.write("house/bad.md", "---\nrule: bad\nsubject: layer\nwhen: steps ==\n---\nText.\n")
        self.configure(run, 'rules = ["house"]')
        run.write("a.py", RIGHT)
        result = run("check", "a.py")
        assert result.code == 2
        assert "house/bad.md:" in result.err
