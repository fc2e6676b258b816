"""The two hooks, run by the real pre-commit in a repository of their own."""

from __future__ import annotations

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
                "hooks": [{"id": "layoutlint"}, {"id": "layoutlint-models"}],
            }
        ]
    }
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration))
    git(tmp_path, "init", "-q")

    def run(hook: str, files: dict[str, str | bytes]) -> tuple[int, str]:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        git(tmp_path, "add", "-A", "--force")
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", hook, "--color", "never"],
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


def test_the_readme_names_every_hook():
    text = (ROOT / "README.md").read_text()
    hooks = yaml.safe_load(HOOKS.read_text())
    assert len(hooks) == 2
    for hook in hooks:
        assert f"id: {hook['id']}" in text


def test_hooks_run_one_process_at_a_time():
    assert all(hook["require_serial"] is True for hook in yaml.safe_load(HOOKS.read_text()))
