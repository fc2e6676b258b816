"""Living with old code: baselines, changed lines, comments for the findings of today."""

from __future__ import annotations

import json
import subprocess

import pytest

from layoutlint.run import changes
from tests.cli.helpers import RIGHT, WRONG

TWO = WRONG + 'model.add(layers.Dense(1, activation="softmax"))\n'


class TestBaseline:
    def write(self, run, **files: str) -> None:
        for name, text in files.items():
            run.write(f"{name}.py", text)
        result = run("check", ".", "--baseline", "baseline.json", "--write-baseline")
        assert result.code == 0

    def check(self, run, *options: str):
        return run("check", ".", "--baseline", "baseline.json", "--output-format", "concise", *options)

    def test_what_was_there_is_not_reported(self, run):
        self.write(run, a=TWO)
        result = self.check(run)
        assert (result.code, result.out) == (0, "")
        assert "no findings in what was checked, 2 in the baseline" in result.err

    @pytest.mark.parametrize(
        "edited",
        [
            "# one\n# more\n" + TWO,
            TWO.replace("model = models", "\n\n\nmodel = models"),
            TWO.replace("layers.Conv1D(32, 3,", "layers.Conv1D(\n    32, 3,"),
            "def build():\n" + "".join(f"    {line}\n" for line in TWO.splitlines()),
        ],
    )
    def test_moved_lines_are_the_same_finding(self, run, edited):
        self.write(run, a=TWO)
        run.write("a.py", edited)
        assert self.check(run).out == ""

    def test_new_findings_are_reported(self, run):
        self.write(run, a=WRONG)
        run.write("a.py", TWO)
        run.write("b.py", WRONG)
        result = self.check(run)
        assert result.code == 1
        assert [line.split(" ")[1] for line in result.out.splitlines()] == [
            "warning[softmax-over-one]",
            "warning[conv-single-step]",
        ]

    def test_what_is_alike_is_counted(self, run):
        again = WRONG + WRONG.replace("from keras import layers, models\n", "")
        self.write(run, a=WRONG)
        run.write("a.py", again)
        assert len(self.check(run).out.splitlines()) == 1
        self.write(run, a=again)
        assert self.check(run).out == ""

    def test_another_shape_is_another_finding(self, run):
        self.write(run, a=WRONG)
        run.write("a.py", WRONG.replace("8000", "900"))
        result = self.check(run)
        assert result.code == 1
        assert "1 stale entry in baseline.json, which --write-baseline removes:" in result.err
        assert "a.py: conv-single-step: " in result.err

    @pytest.mark.parametrize(
        ("change", "options", "stale"),
        [
            (lambda run: run.write("a.py", RIGHT), (), True),
            (lambda run: (run.folder / "a.py").unlink(), (), True),
            (lambda run: run.write("a.py", "import keras\nx = )\n"), (), False),  # nobody knows
            (lambda run: run.write("a.py", RIGHT), ("--ignore", "conv-single-step"), False),
            (lambda run: None, (), False),
        ],
    )
    def test_stale_entries(self, run, change, options, stale):
        self.write(run, a=WRONG, b=RIGHT)
        change(run)
        assert ("stale entry" in self.check(run, *options).err) is stale

    @pytest.mark.parametrize(
        ("options", "stale"),
        [((), True), (("--ignore", "unused-suppression"), False), (("--ignore", "rnn-single-step"), False)],
    )
    def test_a_comment_that_ignores_nothing_becomes_stale_too(self, run, options, stale):
        self.write(run, a=RIGHT + "# layoutlint: ignore[rnn-single-step]\n")
        assert self.check(run).out == ""
        run.write("a.py", RIGHT)
        assert ("a.py: unused-suppression: " in self.check(run, *options).err) is stale

    def test_a_part_of_the_project_makes_nothing_stale(self, run):
        self.write(run, a=WRONG, b=RIGHT)
        result = run("check", "b.py", "--baseline", "baseline.json")
        assert (result.code, "stale" in result.err) == (0, False)

    def test_it_counts_from_its_folder(self, run):
        run.write("src/a.py", WRONG)
        run("check", "src", "--baseline", "baseline.json", "--write-baseline")
        run.monkeypatch.chdir(run.folder / "src")
        assert run("check", ".", "--baseline", "../baseline.json").code == 0
        assert json.loads((run.folder / "baseline.json").read_text())["findings"][0]["path"] == "src/a.py"

    def test_the_file_is_stable_and_has_a_line_for_each(self, run):
        self.write(run, a=TWO, b=WRONG)
        text = (run.folder / "baseline.json").read_text()
        self.write(run, a="\n" + TWO, b=WRONG)
        assert (run.folder / "baseline.json").read_text() == text
        assert len(text.splitlines()) == 2 + 3

    @pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"version": 9, "findings": []}', "\xff"])
    def test_one_that_cannot_be_used(self, run, content):
        run.write("a.py", WRONG)
        if content is not None:
            run.write("baseline.json", content)
        result = self.check(run)
        assert result.code == 2
        assert "baseline.json: " in result.err

    def test_it_is_in_json(self, run):
        self.write(run, a=TWO)
        document = run("check", ".", "--baseline", "baseline.json", "--output-format", "json").json
        assert (document["findings"], document["baselined"]) == ([], 2)

    def test_writing_needs_a_file(self, run):
        assert run("check", ".", "--write-baseline").code == 2


@pytest.fixture
def repository(run):
    def git(*arguments: str) -> None:
        given = ["git", "-c", "user.name=n", "-c", "user.email=e@e", "-c", "commit.gpgsign=false", *arguments]
        subprocess.run(given, cwd=run.folder, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    run.write("a.py", TWO)
    run.write("größe.py", WRONG)
    git("add", ".")
    git("commit", "-qm", "first")
    return git


class TestSince:
    def found(self, run, *options: str) -> list[str]:
        result = run("check", ".", "--since", "HEAD", "--output-format", "concise", *options)
        return [line.split(" ")[0] for line in result.out.splitlines()]

    def test_nothing_has_changed(self, run, repository):
        result = run("check", ".", "--since", "HEAD")
        assert result.code == 0
        assert "no findings in what was checked, 3 outside of the changed lines" in result.out

    def test_changed_lines(self, run, repository):
        run.write("a.py", TWO.replace("Conv1D(32, 3", "Conv1D(64, 3"))
        assert self.found(run) == ["a.py:4:11:"]

    def test_lines_that_only_moved(self, run, repository):
        run.write("a.py", "# more\n" + TWO)
        assert self.found(run) == []

    def test_evidence_in_a_changed_line(self, run, repository):
        reshaped = WRONG.replace(
            "model.add(", "model.add(layers.Reshape((8000, 1), input_shape=(8000,)))\nmodel.add(", 1
        )
        run.write("a.py", reshaped)
        repository("commit", "-qam", "second")
        run.write("a.py", reshaped.replace("Reshape((8000, 1)", "Reshape((1, 8000)"))
        assert self.found(run) == ["a.py:5:11:"]

    def test_files_that_git_does_not_know(self, run, repository):
        run.write("sub/new.py", WRONG)
        run.write("größe.py", WRONG.replace("32", "16"))
        assert self.found(run) == ["größe.py:4:11:", "./sub/new.py:4:11:"] or self.found(run) == [
            "größe.py:4:11:",
            "sub/new.py:4:11:",
        ]

    def test_a_name_that_git_quotes(self, run, repository):
        run.write('größe "x"\t.py', TWO)
        repository("add", ".")
        repository("commit", "-qm", "second")
        run.write('größe "x"\t.py', TWO.replace("Conv1D(32, 3", "Conv1D(64, 3"))
        assert run("check", ".", "--since", "HEAD", "--output-format", "json").json["unchanged"] == 5 - 1

    def test_more_than_a_difference_may_have(self, run, repository):
        run.write("a.py", TWO + "# more\n" * 10)
        run.monkeypatch.setattr(changes, "LARGEST", 100)
        result = run("check", ".", "--since", "HEAD")
        assert result.code == 2
        assert "--since HEAD: the difference is too large" in result.err

    def test_the_mode_of_a_file_alone(self, run, repository):
        (run.folder / "a.py").chmod(0o755)
        assert self.found(run) == []

    def test_a_binary_file(self, run, repository):
        run.write("a.py", TWO.replace("8000", "900"))
        run.write(".gitattributes", "*.py binary\n")
        assert self.found(run) == ["a.py:4:11:", "a.py:6:11:"]

    def test_lines_were_deleted(self, run, repository):
        run.write("a.py", TWO.replace("model.add(layers.Flatten())\n", ""))
        assert "a.py:5:11:" in self.found(run)

    def test_a_branch_is_compared_with_where_it_began(self, run, repository):
        repository("checkout", "-qb", "work")
        run.write("b.py", WRONG)
        repository("add", ".")
        repository("commit", "-qm", "work")
        repository("checkout", "-q", "main")
        run.write("a.py", "x = 1\n" + TWO.replace("32", "64"))
        repository("commit", "-qam", "main goes on")
        repository("checkout", "-q", "work")
        result = run("check", ".", "--since", "main", "--output-format", "concise")
        assert [line.split(":")[0] for line in result.out.splitlines()] == ["b.py"]

    @pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", ""])
    def test_a_revision_that_is_not_there(self, run, repository, revision):
        result = run("check", ".", f"--since={revision}")
        assert result.code == 2
        assert "--since" in result.err
        assert not (run.folder / "x").exists()

    def test_no_repository(self, run):
        run.write("a.py", WRONG)
        run.monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(run.folder.parent))
        result = run("check", ".", "--since", "HEAD")
        assert result.code == 2
        assert "not a git repository" in result.err


LONG = WRONG.replace("Conv1D(32, 3, padding", "Conv1D(\n    32,  # filters\n    3, padding")
ADDED = [
    (WRONG, "", "input_shape=(1, 8000)))  # layoutlint: ignore[conv-single-step]\n"),
    (WRONG, "=it mixes channels", "(1, 8000)))  # layoutlint: ignore[conv-single-step] it mixes channels\n"),
    (LONG, "", "layers.Conv1D(  # layoutlint: ignore[conv-single-step]\n    32,  # filters\n"),
    (
        WRONG.replace("(1, 8000)))", "(1, 8000)))  # noqa"),
        "",
        "# noqa  # layoutlint: ignore[conv-single-step]\n",
    ),
    (
        WRONG.replace("(1, 8000)))", "(1, 8000)))  # layoutlint: ignore[causal-padding] why"),
        "",
        "# layoutlint: ignore[causal-padding, conv-single-step] why\n",
    ),
    (WRONG.replace("\n", "\r\n"), "", "# layoutlint: ignore[conv-single-step]\r\n"),
    (
        WRONG.replace("(1, 8000)))", '(1, 8000), name="# layoutlint: ignore[nothing]"))'),
        "",
        'name="# layoutlint: ignore[nothing]"))  # layoutlint: ignore[conv-single-step]\n',
    ),
]


class TestAddIgnore:
    @pytest.mark.parametrize(("content", "option", "line"), ADDED)
    def test_a_comment(self, run, content, option, line):
        run.write("a.py", content)
        result = run("check", f"--add-ignore{option}", "a.py", "--ignore", "unused-suppression")
        assert line in (run.folder / "a.py").read_bytes().decode()
        assert result.code == 0
        assert "added comments for 1 finding" in result.err
        assert "1 ignored" in result.out

    def test_lines_that_cannot_hold_one(self, run):
        broken = WRONG.replace("layers.Conv1D(32, 3", "\\\nlayers.Conv1D(32, 3").replace(
            "model.add(", "model.add(", 1
        )
        run.write("a.py", broken.replace("model.add(\\\n", "model.add \\\n("))
        run("check", "--add-ignore", "a.py")
        assert run("check", "a.py").code == 0

    def test_a_notebook(self, run):
        cells = [
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": WRONG.splitlines(keepends=True)}
        ]
        run.write("a.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
        assert run("check", "--add-ignore", "a.ipynb").code == 0
        (cell,) = json.loads((run.folder / "a.ipynb").read_text())["cells"]
        assert cell["source"][3].endswith("# layoutlint: ignore[conv-single-step]\n")

    def test_not_in_standard_input(self, run):
        result = run("check", "--add-ignore", "-", stdin=WRONG)
        assert result.code == 2
        assert "standard input cannot be changed" in result.err


class TestStandardInput:
    def test_it_has_a_name(self, run):
        run.write("sub/layoutlint.toml", 'ignore = ["softmax-over-one"]')
        run.write("sub/sizes.py", "SHAPE = (1, 8000)\n")
        run.write("sub/a.py", "as it was saved last")
        text = TWO.replace("(1, 8000)", "sizes.SHAPE").replace("from keras", "import sizes\nfrom keras", 1)
        result = run("check", "--stdin-filename", "sub/a.py", "--output-format", "concise", stdin=text)
        assert result.code == 1
        assert [line.split(" ")[:2] for line in result.out.splitlines()] == [
            ["sub/a.py:5:11:", "warning[conv-single-step]"]
        ]
        assert not (run.folder / "sub" / ".layoutlint_cache").exists()

    def test_the_file_of_that_name_is_not_read(self, run):
        run.write("a.py", RIGHT)
        assert run("check", "-", "--stdin-filename", "a.py", stdin=WRONG).code == 1
        assert run("check", "-", "--stdin-filename", "a.py", "--output-format", "json", stdin=WRONG).code == 1

    def test_it_can_be_excluded(self, run):
        run.write("layoutlint.toml", 'extend-exclude = ["old/"]\nforce-exclude = true\n')
        assert run("check", "--stdin-filename", "old/a.py", "--allow-empty", stdin=WRONG).code == 0

    @pytest.mark.parametrize(
        "options", [("a.py",), ("-", "a.py"), ("--fix",), ("--diff", "-"), ("--add-ignore",)]
    )
    def test_what_does_not_fit(self, run, options):
        run.write("a.py", WRONG)
        assert run("check", "--stdin-filename", "a.py", *options, stdin=WRONG).code == 2
        assert (run.folder / "a.py").read_text() == WRONG


class TestReports:
    def test_exit_zero(self, run):
        run.write("a.py", WRONG)
        assert run("check", "a.py", "--exit-zero").code == 0
        assert run("check", "a.py", "gone.py", "--exit-zero").code == 2

    def test_without_a_path_the_current_folder_is_checked(self, run):
        run.write("a.py", WRONG)
        assert run("check", "--output-format", "concise").out.startswith("a.py:4:11: ")

    @pytest.mark.parametrize("output_format", ["full", "concise", "github"])
    def test_quiet(self, run, output_format):
        run.write("a.py", WRONG)
        result = run("check", "-q", "a.py", "gone.py", "--output-format", output_format)
        assert "conv-single-step" in result.out
        assert "checked" not in result.out
        assert result.err == "error: gone.py: no such file or directory\n"
        run.write("a.py", RIGHT)
        assert run("check", "-q", "a.py").out == ""

    def test_statistics(self, run):
        run.write("a.py", TWO)
        run.write("b.py", WRONG)
        result = run("check", ".", "--statistics")
        assert result.code == 1
        assert result.out.splitlines() == [
            "2  conv-single-step  warning  2 with a known fix",
            "1  softmax-over-one  warning  1 with a known fix",
        ]
        assert run("check", ".", "--statistics", "--output-format", "json").code == 2

    def test_colour(self, run):
        run.write("a.py", WRONG)
        assert "\x1b[" not in run("check", "a.py").out
        assert "\x1b[" in run("check", "a.py", "--color", "always").out
        run.monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[" not in run("check", "a.py", "--color", "never").out
        assert "\x1b[" not in run("show", "a.py", "--color", "never").out
