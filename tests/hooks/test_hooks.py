"""The hooks, run by the real pre-commit in a repository of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.helpers import RIGHT, WRONG

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
MODELS = ROOT / "examples"
NAMES = ("layoutlint", "layoutlint-models", "layoutlint-fix")
LFS_POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 123\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """This checkout as a repository that pre-commit can clone: all that Git would track, committed."""
    target = tmp_path_factory.mktemp("published")
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    git(target, "init", "-q")
    git(target, "add", "-A", "--force")
    git(target, "commit", "-q", "-m", "everything")
    return target


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    """One pre-commit cache, so that the hooks' environment is built once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def commit(tmp_path, published, cache):
    """Stages files in a fresh repository and runs one of the hooks over them: (exit code, output)."""
    revision = git(published, "rev-parse", "HEAD").strip()
    configuration = {
        "repos": [
            {
                "repo": str(published),
                "rev": revision,
                "hooks": [{"id": name} for name in NAMES],
            }
        ]
    }
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration))
    git(tmp_path, "init", "-q")

    def run(hook: str, files: dict[str, str | bytes], *options: str) -> tuple[int, str]:
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        git(tmp_path, "add", "-A", "--force")
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", hook, "--color", "never", *options],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PRE_COMMIT_HOME": str(cache), "GIT_CONFIG_GLOBAL": os.devnull},
        )
        return done.returncode, done.stdout + done.stderr

    return run


def model(name: str) -> bytes:
    return (MODELS / f"{name}.keras").read_bytes()


def test_the_source_hook_stops_the_mistake(commit):
    code, output = commit("layoutlint", {"train.py": WRONG, "plain.py": "print(1)\n"})
    assert code == 1, output
    assert "train.py:4:11" in output
    assert "conv-single-step" in output


def test_the_source_hook_lets_good_code_pass(commit):
    code, output = commit(
        "layoutlint", {"train.py": RIGHT, "plain.py": "print(1)\n", "bad.keras": model("signal_wrong")}
    )
    assert code == 0, output


def test_the_source_hook_passes_where_nothing_is_keras(commit):
    code, output = commit("layoutlint", {"plain.py": "print(1)\n", "empty.py": ""})
    assert code == 0, output


def test_the_source_hook_reads_only_source(commit):
    code, output = commit("layoutlint", {"notes.md": "keras\n"})
    assert code == 0, output
    assert "no files to check" in output


def test_the_models_hook_stops_the_mistake(commit):
    code, output = commit("layoutlint-models", {"model.keras": model("signal_wrong"), "train.py": WRONG})
    assert code == 1, output
    assert "model.keras:conv1d" in output
    assert "train.py" not in output


def test_the_models_hook_lets_good_models_and_pointers_pass(commit):
    code, output = commit(
        "layoutlint-models",
        {"model.keras": model("signal_right"), "large.keras": LFS_POINTER, "large.h5": LFS_POINTER},
    )
    assert code == 0, output


def test_the_models_hook_passes_pointers_alone(commit):
    code, output = commit("layoutlint-models", {"large.keras": LFS_POINTER})
    assert code == 0, output


def test_the_models_hook_stops_what_is_damaged(commit):
    code, output = commit("layoutlint-models", {"model.keras": model("signal_right")[:300]})
    assert code == 1, output
    assert "model.keras: " in output


def test_the_source_hook_reads_every_kind_of_source(commit):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": WRONG}
    notebook = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})
    code, output = commit("layoutlint", {"gui.pyw": WRONG, "train.ipynb": notebook})
    assert code == 1, output
    assert "gui.pyw:4:11" in output
    assert "train.ipynb:cell" in output


def test_the_models_hook_reads_saved_models_by_their_mark(commit):
    """The mark is a file of this name; what it holds is the reader's matter: here, nothing that it knows."""
    code, output = commit("layoutlint-models", {"export/saved_model.pb": b"\x00not a model"})
    assert code == 1, output
    assert "error: export: " in output


def test_the_fix_hook_mends_what_has_one_meaning(commit, tmp_path):
    wrong = WRONG.replace("(1, 8000)", "(None, 8000, 1)")
    code, output = commit("layoutlint-fix", {"train.py": wrong})
    assert code == 1, output
    assert "files were modified by this hook" in output
    assert "input_shape=(8000, 1)" in (tmp_path / "train.py").read_text()
    code, output = commit("layoutlint-fix", {})
    assert code == 0, output


def test_hundreds_of_files_are_one_run(commit):
    """With arguments for several processes, pre-commit would start several; each writes one closing line."""
    files = {f"package_{number % 9}/module_{number}.py": RIGHT for number in range(400)}
    code, output = commit("layoutlint", {**files, "train.py": WRONG}, "--all-files", "--verbose")
    assert code == 1, output
    assert output.count("checked ") == 1
    assert "checked 401 of 401 files" in output
    assert "1 finding" in output


def test_the_documentation_names_every_hook():
    hooks = yaml.safe_load(HOOKS.read_text())
    assert [hook["id"] for hook in hooks] == list(NAMES)
    for page in ("README.md", "docs/pre-commit.md"):
        text = (ROOT / page).read_text()
        for hook in hooks:
            assert f"id: {hook['id']}" in text, page


def test_hooks_run_one_process_at_a_time():
    assert all(hook["require_serial"] is True for hook in yaml.safe_load(HOOKS.read_text()))
