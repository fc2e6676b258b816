from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from layoutlint.model.findings import Coverage
from layoutlint.run.discovery import Candidate, discover


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("import keras\n")


def found(root: Path, *paths: str | Path) -> list[str]:
    """The candidates as paths relative to ``root``."""
    items = list(discover([str(path) for path in paths or (root,)]))
    assert all(isinstance(item, Candidate) for item in items), items
    return [os.path.relpath(item.path, root) for item in items]


def problems(*paths: str | Path) -> list[Coverage]:
    return [item for item in discover([str(path) for path in paths]) if isinstance(item, Coverage)]


def test_a_folder_gives_what_can_hold_models(tmp_path):
    make(tmp_path, "b.py", "a.ipynb", "m/x.keras", "m/y.h5", "m/z.hdf5", "notes.txt", "data.csv")
    assert found(tmp_path) == ["a.ipynb", "b.py", "m/x.keras", "m/y.h5", "m/z.hdf5"]


def test_hidden_and_vendored_folders_are_left_out(tmp_path):
    make(
        tmp_path,
        "a.py",
        ".hidden/b.py",
        ".c.py",
        "node_modules/d.py",
        "env/lib/e.py",
        "env/pyvenv.cfg",
        "__pycache__/f.py",
        "lib/site-packages/g.py",
    )
    assert found(tmp_path) == ["a.py"]


def test_a_vendored_folder_that_is_named_is_read(tmp_path):
    make(tmp_path, "site-packages/a.py")
    assert found(tmp_path, tmp_path / "site-packages") == ["site-packages/a.py"]


def test_a_file_named_outright_is_always_taken(tmp_path):
    make(tmp_path, "a.txt", "b.py")
    (tmp_path / ".gitignore").write_text("b.py\n")
    assert found(tmp_path, tmp_path / "a.txt", tmp_path / "b.py") == ["a.txt", "b.py"]
    assert found(tmp_path) == []


IGNORES = [
    ("*.py", "a.py sub/b.py", ""),
    ("/a.py", "a.py sub/a.py", "sub/a.py"),
    ("sub/", "a.py sub/b.py", "a.py"),
    ("*.py\n!keep.py", "a.py keep.py", "keep.py"),
    ("# comment\n\n", "a.py", "a.py"),
    ("build/*.py", "build/a.py build/in/b.py", "build/in/b.py"),
    ("**/gen/", "x/gen/a.py y.py", "y.py"),
]


@pytest.mark.parametrize(("patterns", "files", "expected"), IGNORES)
def test_gitignore_as_git_reads_it(tmp_path, patterns, files, expected):
    make(tmp_path, *files.split())
    (tmp_path / ".gitignore").write_text(patterns)
    assert found(tmp_path) == expected.split()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "*.py"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert listed.stdout.split() == expected.split()


def test_a_deeper_gitignore_overrules_those_above(tmp_path):
    make(tmp_path, "a.py", "sub/a.py", "sub/b.py")
    (tmp_path / ".gitignore").write_text("a.py\n")
    (tmp_path / "sub" / ".gitignore").write_text("!a.py\nb.py\n")
    assert found(tmp_path) == ["sub/a.py"]


def test_gitignore_above_the_folder_counts_inside_a_work_tree(tmp_path):
    make(tmp_path, "sub/a.py", "sub/b.py")
    (tmp_path / ".gitignore").write_text("sub/a.py\n")
    assert found(tmp_path, tmp_path / "sub") == ["sub/a.py", "sub/b.py"]
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert found(tmp_path, tmp_path / "sub") == ["sub/b.py"]
    (tmp_path / ".git" / "info" / "exclude").write_text("b.py\n")
    assert found(tmp_path, tmp_path / "sub") == []


def test_an_ignored_folder_that_is_named_is_read(tmp_path):
    make(tmp_path, "build/a.py")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("build/\n")
    assert found(tmp_path) == []
    assert found(tmp_path, tmp_path / "build") == ["build/a.py"]


def test_patterns_are_expanded_where_the_shell_has_not(tmp_path):
    make(tmp_path, "a.py", "b.py", "sub/c.py")
    assert found(tmp_path, tmp_path / "*.py") == ["a.py", "b.py"]
    assert found(tmp_path, tmp_path / "**" / "c.py") == ["sub/c.py"]
    (problem,) = problems(tmp_path / "*.keras")
    assert problem.status == "error"
    assert problem.reason == "no file matches this pattern"


def test_a_file_with_pattern_characters_in_its_name(tmp_path):
    make(tmp_path, "a[1].py")
    assert found(tmp_path, tmp_path / "a[1].py") == ["a[1].py"]


def test_everything_is_given_once(tmp_path):
    make(tmp_path, "a.py", "sub/b.py")
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    assert found(tmp_path, tmp_path / "sub", tmp_path, tmp_path / "a.py") == ["sub/b.py", "a.py"]


def test_a_loop_of_links_ends_and_is_said(tmp_path):
    make(tmp_path, "sub/a.py")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    items = list(discover([str(tmp_path)]))
    assert [item.path for item in items if isinstance(item, Candidate)] == [str(tmp_path / "sub/a.py")]
    (problem,) = problems(tmp_path)
    assert problem.status == "skipped"
    assert "symbolic link to a folder above it" in (problem.reason or "")


def test_a_link_to_itself(tmp_path):
    (tmp_path / "a.py").symlink_to("a.py")
    (problem,) = problems(tmp_path / "a.py")
    assert problem.status == "error"
    assert "symbolic links" in (problem.reason or "")


def test_what_is_not_there(tmp_path):
    (problem,) = problems(tmp_path / "gone")
    assert (problem.status, problem.reason) == ("error", "no such file or directory")


def test_a_folder_that_vanishes_on_the_way(tmp_path):
    make(tmp_path, "a.py", "sub/b.py", "zoo/c.py")
    walk = discover([str(tmp_path)])
    first = next(walk)
    (tmp_path / "sub" / "b.py").unlink()
    (tmp_path / "sub").rmdir()
    rest = list(walk)
    assert isinstance(first, Candidate)
    assert [(type(item).__name__, Path(item.path).name) for item in rest] == [
        ("Coverage", "sub"),
        ("Candidate", "c.py"),
    ]


def test_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    (problem,) = problems(tmp_path)
    assert (problem.status, problem.reason) == ("error", "is not a regular file")
    (problem,) = problems(tmp_path / "pipe.py")
    assert problem.reason == "is not a regular file"


def test_a_folder_with_a_saved_model_is_one_input(tmp_path):
    make(tmp_path, "a.py", "exported/saved_model.pb", "exported/assets/x.h5")
    assert found(tmp_path) == ["a.py", "exported"]
    assert found(tmp_path, tmp_path / "exported") == ["exported"]
    assert found(tmp_path, tmp_path / "exported" / "saved_model.pb") == ["exported"]


def test_paths_are_shown_as_they_were_given(tmp_path, monkeypatch):
    make(tmp_path, "sub/a.py", "b.py")
    monkeypatch.chdir(tmp_path)
    assert [item.path for item in discover(["."])] == ["b.py", "sub/a.py"]
    assert [item.path for item in discover(["sub", "./b.py"])] == ["sub/a.py", "./b.py"]
