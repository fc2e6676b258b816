"""The configuration that counts for a file: the nearest above it, whatever else is checked."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from layoutlint.run import gitignore
from layoutlint.run.configuration import Configuration
from layoutlint.run.exclusion import DEFAULT, compiled, is_default
from layoutlint.run.projects import Projects
from tests.cli.helpers import ERROR, RIGHT, WRONG, Runner

PROJECT = "[tool.layoutlint]\n"
QUIET = 'ignore = ["conv-single-step"]\n'


def checked(run: Runner, *paths: str, options: tuple[str, ...] = ()) -> list[str]:
    """The files with findings."""
    result = run("check", *paths, "--output-format", "concise", "--no-cache", *options)
    assert result.code != 2, result.err
    return sorted({line.split(":")[0] for line in result.out.splitlines()})


@pytest.fixture
def repository(run: Runner) -> Runner:
    """Projects in a project: loud, quiet, and one that is named after nothing."""
    run.write("pyproject.toml", PROJECT + QUIET)
    for folder in ("", "loud/", "loud/deep/er/", "plain/", "quiet/"):
        run.write(f"{folder}a.py", WRONG)
    run.write("loud/layoutlint.toml", 'fail-on = "warning"\n')
    run.write("plain/pyproject.toml", "[project]\nname = 'x'\n# layoutlint\n")
    run.write("quiet/pyproject.toml", PROJECT + QUIET)
    return run


FILES = ["a.py", "loud/a.py", "loud/deep/er/a.py", "plain/a.py", "quiet/a.py"]
LOUD = {"loud/a.py", "loud/deep/er/a.py"}


@pytest.mark.parametrize(
    "named", [files for count in (1, 2, 5) for files in itertools.combinations(FILES, count)], ids=" ".join
)
def test_neighbours_make_no_difference(repository, named):
    assert checked(repository, *named) == sorted(LOUD & set(named))


@pytest.mark.parametrize("named", [".", "loud", "loud/deep", "./loud/../loud", "quiet/../loud"])
def test_nor_do_folders(repository, named):
    found = checked(repository, named)
    assert {str(Path(path).resolve().relative_to(repository.folder)) for path in found} <= LOUD
    assert found


def test_nor_does_the_current_folder(repository, monkeypatch):
    monkeypatch.chdir(repository.folder / "loud" / "deep")
    assert checked(repository, "../../a.py", "er/a.py", "../a.py") == ["../a.py", "er/a.py"]


def test_nor_do_many_processes(repository):
    for number in range(30):
        repository.write(f"loud/more_{number}.py", WRONG + "x = 1\n" * 300)
        repository.write(f"quiet/more_{number}.py", WRONG + "x = 1\n" * 300)
    done = subprocess.run(
        [sys.executable, "-m", "layoutlint", "check", ".", "-j3", "--output-format", "concise"],
        cwd=repository.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.count("loud/more_") == 30
    assert "quiet/" not in done.stdout


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"pyproject.toml": PROJECT + QUIET}, []),
        ({"layoutlint.toml": QUIET}, []),
        # of both in one folder, layoutlint.toml counts
        ({"layoutlint.toml": QUIET, "pyproject.toml": PROJECT}, []),
        ({"layoutlint.toml": "", "pyproject.toml": PROJECT + QUIET}, ["sub/a.py"]),
        # the nearest counts, whatever it is called
        ({"layoutlint.toml": QUIET, "sub/pyproject.toml": PROJECT}, ["sub/a.py"]),
        ({"pyproject.toml": PROJECT + QUIET, "sub/layoutlint.toml": ""}, ["sub/a.py"]),
        ({"pyproject.toml": PROJECT, "sub/layoutlint.toml": QUIET}, []),
        # and nothing is inherited
        ({"layoutlint.toml": QUIET, "sub/layoutlint.toml": 'fail-on = "error"\n'}, ["sub/a.py"]),
        # a file about other things does not
        ({"layoutlint.toml": QUIET, "sub/pyproject.toml": "[tool.ruff]\n"}, []),
    ],
)
def test_the_file_that_counts(run, files, found):
    for name, text in files.items():
        run.write(name, text)
    run.write("sub/a.py", WRONG)
    assert checked(run, "sub/a.py") == found
    assert checked(run, ".") == found


def test_a_named_configuration_counts_for_all(repository):
    repository.write("elsewhere/all.toml", 'select = ["rank-mismatch"]\n')
    assert checked(repository, ".", options=("--config", "elsewhere/all.toml")) == []
    assert checked(repository, "quiet/a.py", options=("--config", "loud/layoutlint.toml")) == ["quiet/a.py"]
    assert checked(repository, ".", options=("--no-config",)) == FILES


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--config", "gone.toml"], "gone.toml: no such file"),
        (["--config", "plain/pyproject.toml"], "plain/pyproject.toml: has no table [tool.layoutlint]"),
        (["--config", "quiet/pyproject.toml", "--no-config"], "exclude each other"),
    ],
)
def test_a_named_configuration_that_cannot_be_used(repository, options, message):
    result = repository("check", ".", *options)
    assert result.code == 2
    assert message in result.err


def test_each_file_fails_by_its_own_measure(run):
    run.write("strict/layoutlint.toml", 'fail-on = "warning"\n')
    run.write("lenient/layoutlint.toml", 'fail-on = "error"\n')
    run.write("strict/a.py", RIGHT)
    run.write("lenient/a.py", WRONG)
    assert run("check", ".").code == 0
    run.write("strict/a.py", WRONG)
    assert run("check", ".").code == 1
    run.write("strict/a.py", RIGHT)
    run.write("lenient/a.py", ERROR)
    assert run("check", ".").code == 1
    assert run("check", ".", "--fail-on", "warning").code == 1


def test_paths_are_relative_to_the_configuration(run, monkeypatch):
    """However far away the check is started."""
    rule = (
        "---\nrule: no-wide\nsubject: layer\nseverity: warning\nconfidence: high\n"
        'when: steps == 1\nmessage: "not here"\n---\nText.\n'
    )
    run.write("one/two/layoutlint.toml", 'rules = ["house"]\nper-file-ignores = {"sub/*" = ["no-wide"]}\n')
    run.write("one/two/house/no-wide.md", rule)
    run.write("one/two/a.py", WRONG)
    run.write("one/two/sub/a.py", WRONG)
    for folder, named in (("", "one"), ("one/two/sub", ".."), ("one/two", ".")):
        monkeypatch.chdir(run.folder / folder)
        result = run("check", named, "--output-format", "concise", "--no-cache")
        assert result.out.count("no-wide") == 1, (folder, result.out, result.err)


def test_show_and_explain_take_the_same_one(run, monkeypatch):
    run.write("sub/layoutlint.toml", 'follow = ["no_such_package"]\n')
    run.write("sub/a.py", WRONG)
    run.write("a.py", WRONG)
    for command in (["show", "."], ["show", "a.py", "sub/a.py"], ["explain", "sub/a.py"], ["check", "."]):
        result = run(*command)
        assert result.code == 2, command
        assert "there is no package no_such_package" in result.err
    assert run("show", "a.py").code == 0


MISTAKES = [
    ("ignroe = []\n", "layoutlint.toml:1:1: unknown key 'ignroe'; did you mean ignore?"),
    ("\n  zzzzzz = 1\n", "layoutlint.toml:2:3: unknown key 'zzzzzz'; the keys are select, ignore,"),
    ('"a key" = 1\n', "layoutlint.toml:1:1: unknown key 'a key'"),
    ("[wrong]\na = 1\n", "layoutlint.toml:1:2: unknown key 'wrong'"),
    ("select = 'a'\n", "layoutlint.toml:1:1: select must be a list of strings"),
    ("x.y = 1\n", "layoutlint.toml:1:1: unknown key 'x'"),
    (
        "# a\n\nbudget = 'much'\n",
        "layoutlint.toml:3:1: budget must be a number of seconds above 0 and up to",
    ),
    ("force-exclude = 1\n", "layoutlint.toml:1:1: force-exclude must be true or false"),
    ("exclude = 'a'\n", "layoutlint.toml:1:1: exclude must be a list of strings"),
    ("exclude = ['!']\n", "layoutlint.toml:1:1: exclude has a pattern that cannot be used: '!'"),
    ("fail-on = 'fatal'\n", "layoutlint.toml:1:1: fail-on must be one of note, warning, error"),
    ("rules = ['gone']\n", "layoutlint.toml:1:1: rules names a folder that does not exist: "),
    ("parameters = 1\n", "layoutlint.toml:1:1: parameters must hold a table for each rule"),
    ("[per-file-ignores]\n'a' = 1\n", "layoutlint.toml:1:2: per-file-ignores must be a list of strings"),
    ("select = [\n", "layoutlint.toml: "),
    ("a = 1\na = 2\n", "layoutlint.toml:2:6: cannot overwrite a value"),
    ("ok = 1 1\n", "layoutlint.toml:1:8: expected newline or end of document after a statement"),
    (b"a = '\xff'\n", "layoutlint.toml:1: not UTF-8 text"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
@pytest.mark.parametrize("named", ["a.py", "."])
def test_mistakes_are_said_with_their_place(run, text, message, named):
    run.write("a.py", WRONG)
    run.write("layoutlint.toml", text)
    result = run("check", named)
    assert result.code == 2
    assert result.out == ""
    (line,) = result.err.splitlines()
    assert line.startswith(f"Error: {message}")


def test_mistakes_in_a_pyproject_are_said_with_their_place(run):
    run.write("sub/a.py", WRONG)
    run.write("sub/pyproject.toml", '[project]\nname = "x"\n\n[tool.layoutlint]\nselect = []\nslect = []\n')
    result = run("check", ".")
    assert result.code == 2
    assert result.err == "Error: sub/pyproject.toml:6:1: unknown key 'slect'; did you mean select?\n"


TREE = [
    "a.py",
    "build/a.py",
    "build/keep/b.py",
    "legacy/a.py",
    "src/build/a.py",
    "src/old_a.py",
    ".hidden/a.py",
    "venv/a.py",
    "src/node_modules/a.py",
    ".dot.py",
]
USUAL = {"a.py", "build/a.py", "build/keep/b.py", "legacy/a.py", "src/build/a.py", "src/old_a.py"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", USUAL),
        ('extend-exclude = ["build"]\n', {"a.py", "legacy/a.py", "src/old_a.py"}),
        ('extend-exclude = ["/build/"]\n', USUAL - {"build/a.py", "build/keep/b.py"}),
        ('extend-exclude = ["old_*.py", "legacy/*"]\n', USUAL - {"src/old_a.py", "legacy/a.py"}),
        ('extend-exclude = ["*.py", "!old_a.py"]\n', {"src/old_a.py"}),
        ('extend-exclude = ["src/**"]\n', USUAL - {"src/build/a.py", "src/old_a.py"}),
        ('exclude = ["build"]\n', set(TREE) - {"build/a.py", "build/keep/b.py", "src/build/a.py"}),
        ("exclude = []\n", set(TREE)),
        ('exclude = [".*"]\nextend-exclude = ["venv"]\n', USUAL | {"src/node_modules/a.py"}),
    ],
)
def test_what_is_excluded(run, text, found):
    for name in TREE:
        run.write(name, WRONG)
    run.write("layoutlint.toml", text)
    assert checked(run, ".") == sorted(found)
    assert checked(run, str(run.folder)) == sorted(str(run.folder / name) for name in found)


def test_what_is_named_is_checked_all_the_same(run):
    for name in TREE:
        run.write(name, WRONG)
    run.write("layoutlint.toml", 'extend-exclude = ["build"]\n')
    assert checked(run, "build/a.py", "venv/a.py") == ["build/a.py", "venv/a.py"]
    assert checked(run, "build") == ["build/a.py", "build/keep/b.py"]
    assert checked(run, "build/keep") == ["build/keep/b.py"]
    assert checked(run, "src") == ["src/old_a.py"]


@pytest.mark.parametrize("named", ["build/a.py", "build", "build/keep", "venv/a.py", ".dot.py", "build/*.py"])
def test_unless_that_is_forced(run, named):
    for name in TREE:
        run.write(name, WRONG)
    run.write("layoutlint.toml", 'extend-exclude = ["build"]\nforce-exclude = true\n')
    result = run("check", named)
    assert result.code == 3
    assert "excluded by the configuration" in result.out
    assert run("check", named, "--allow-empty").code == 0
    assert checked(run, named, "a.py") == ["a.py"]


def test_the_nearest_configuration_excludes(run):
    run.write("layoutlint.toml", 'extend-exclude = ["b.py"]\n')
    run.write("sub/layoutlint.toml", 'extend-exclude = ["/a.py"]\n')
    for name in ("a.py", "b.py", "sub/a.py", "sub/b.py", "sub/deep/a.py"):
        run.write(name, WRONG)
    assert checked(run, ".") == ["a.py", "sub/b.py", "sub/deep/a.py"]


@pytest.mark.parametrize("name", [*DEFAULT, ".git", "a", "a.py", "..a", "venv2", "my.egg", "node_modules"])
def test_the_default_list_says_what_it_does(name):
    """It is held against names without the library that the patterns of others need."""
    assert is_default(name) == bool(gitignore.verdict(compiled(DEFAULT), gitignore.names(name), True))


def test_the_documentation_has_the_default_list():
    text = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text()
    listed = ", ".join(f'"{name}"' for name in DEFAULT)
    assert f"exclude = [{listed}]" in text


def test_a_link_belongs_to_its_folder(run):
    run.write("quiet/layoutlint.toml", QUIET)
    run.write("loud/a.py", WRONG)
    (run.folder / "quiet" / "a.py").symlink_to("../loud/a.py")
    assert checked(run, "quiet/a.py") == []
    assert checked(run, "loud/a.py") == ["loud/a.py"]


def test_standard_input_belongs_to_the_current_folder(run):
    run.write("layoutlint.toml", QUIET)
    assert run("check", "-", stdin=WRONG).code == 0


def test_a_configuration_is_read_once(tmp_path):
    (tmp_path / "layoutlint.toml").write_text(QUIET)
    (tmp_path / "sub").mkdir()
    projects = Projects()
    first = projects.of(str(tmp_path / "a.py"))
    assert projects.of(str(tmp_path / "sub" / "b.py")) is first
    assert Projects(Configuration()).of(str(tmp_path / "a.py")) == Configuration()
