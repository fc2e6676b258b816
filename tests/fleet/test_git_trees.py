"""Trees of Git repositories as inputs: real repositories, bare and not, good and bad."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.helpers import RIGHT, WRONG
from tests.fleet.fleets import archive, bare, commit, git, repository
from tests.fleet.scans import PROGRAM, known_from_earlier, rows, rows_of, timeless

FILES = {"train.py": PROGRAM, "helpers/sizes.py": "STEPS = 1\n", "readme.md": "#\n"}


def test_a_bare_repository_at_a_revision(run):
    work = repository(
        run.folder / "work", FILES | {"model.keras": archive(run.folder / "m.keras", 5).read_bytes()}
    )
    commit(work, {"helpers/sizes.py": "STEPS = 100\n"})
    bare(run.folder / "bare.git", work)
    before, now = (
        {row["path"]: row for row in rows_of(run, f"git:bare.git@{revision}")}
        for revision in ("main~1", "main")
    )
    assert list(before) == [
        f"git:bare.git@main~1:{name}" for name in ("model.keras", "train.py", "helpers/sizes.py")
    ]
    found = before["git:bare.git@main~1:train.py"]["findings"]
    assert [finding["rule"] for finding in found] == ["conv-single-step"]
    assert now["git:bare.git@main:train.py"]["findings"] == []
    assert (
        now["git:bare.git@main:model.keras"]["findings"]
        == before["git:bare.git@main~1:model.keras"]["findings"]
    )


def test_rows_are_those_of_the_work_tree(run):
    work = repository(run.folder / "work", FILES | {"lib/zoo.py": WRONG})
    inside = timeless(rows_of(run, "git:work@HEAD"))
    outside = timeless(rows_of(run, "work"))
    for row in (*inside, *outside):
        row["path"] = row["path"].removeprefix("git:work@HEAD:").removeprefix("work/")
    assert inside == outside
    assert git(work, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("address", "paths"),
    [
        ("git:work", ["git:work@HEAD:a.py", "git:work@HEAD:lib/b.py"]),
        ("git:work@main:lib", ["git:work@main:lib/b.py"]),
        ("git:work@v1:lib/b.py", ["git:work@v1:lib/b.py"]),
        ("git:odd@name@main:a.py", ["git:odd@name@main:a.py"]),
    ],
)
def test_addresses(run, address, paths):
    for name in ("work", "odd@name"):
        repository(run.folder / name, {"a.py": WRONG, "lib/b.py": RIGHT})
        git(run.folder / name, "tag", "v1")
    found = rows_of(run, address)
    assert [row["path"] for row in found] == paths
    # the path of a row is an address itself
    assert [row["path"] for row in rows_of(run, *(row["path"] for row in found))] == paths


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("git:nowhere@main", "no such repository"),
        ("git:plain@main", "not a git repository"),
        ("git:work@no-such-branch", "unknown revision no-such-branch"),
        ("git:work@--output=x", "unknown revision --output=x"),
        ("git:work@main:no/such/folder", "no such file or directory"),
        ("git:empty@HEAD", "unknown revision HEAD"),
    ],
)
def test_what_is_not_there_is_one_row(run, address, said):
    repository(run.folder / "work", {"a.py": WRONG})
    (run.folder / "plain").mkdir()
    (run.folder / "empty").mkdir()
    git(run.folder / "empty", "init", "-q")
    (row,) = rows_of(run, address)
    assert row["status"] == "error"
    assert said in row["reason"]
    assert "layoutlint-git-" not in json.dumps(row)
    assert not (run.folder / "x").exists()


def test_a_later_commit_does_only_what_is_new(run):
    work = repository(run.folder / "work", FILES | {"zoo.py": WRONG, "lib/a.py": WRONG})
    rows_of(run, "git:work@main")
    commit(work, {"lib/a.py": RIGHT})
    assert known_from_earlier(run("scan", "git:work@main", "--results", "results.jsonl").out) == 3


def test_the_configuration_of_the_tree_counts(run):
    settings = "[tool.layoutlint]\nignore = ['conv-single-step']\nextend-exclude = ['/old/']\n"
    repository(
        run.folder / "work",
        {"pyproject.toml": settings, "a.py": WRONG, "old/b.py": WRONG, ".gitignore": "*\n"},
    )
    run.write("pyproject.toml", "[tool.layoutlint]\nselekt = []\n")  # above the repository, not of it
    (row,) = rows_of(run, "git:work@main", "--no-config")[:1]
    assert row["findings"]
    run("scan", "git:work@main", "--results", "own.jsonl")
    (row,) = rows(run.folder / "own.jsonl")
    assert (row["path"], row["findings"]) == ("git:work@main:a.py", [])


def test_links_and_submodules_are_named(run):
    work = repository(run.folder / "work", {"a.py": WRONG})
    (work / "link.py").symlink_to("/etc/passwd")
    other = repository(run.folder / "other", {"b.py": WRONG})
    git(work, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "sub")
    commit(work, {})
    found = {row["path"].removeprefix("git:work@main:"): row for row in rows_of(run, "git:work@main")}
    assert {name: row["status"] for name, row in found.items()} == {
        "link.py": "skipped",
        "sub": "skipped",
        "a.py": "checked",
    }
    assert "symbolic link" in found["link.py"]["reason"]
    assert "submodule" in found["sub"]["reason"]


def tree_of(work: Path, entries: bytes) -> None:
    """Commit a tree whose entries Git itself would not write."""
    written = subprocess.run(
        ["git", "-C", work, "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        input=entries,
        capture_output=True,
        check=True,
    )
    made = git(work, "commit-tree", "-m", "bad", written.stdout.decode().strip())
    git(work, "update-ref", "refs/heads/bad", made)


@pytest.mark.parametrize("name", [b"../escape.py", b"..", b"/etc/escape.py", b".git"])
def test_a_tree_that_leads_out_of_its_folder(run, name):
    work = repository(run.folder / "work", {"a.py": WRONG})
    blob = bytes.fromhex(git(work, "rev-parse", "main:a.py"))
    folder = bytes.fromhex(git(work, "rev-parse", "main^{tree}"))
    entries = [(b"100644 good.py", blob)]
    entries.append(
        (b"40000 " + name, folder) if name[:1] == b"." and b"/" not in name else (b"100644 " + name, blob)
    )
    tree_of(work, b"".join(head + b"\0" + oid for head, oid in sorted(entries)))
    found = rows_of(run, "git:work@bad")
    assert "git:work@bad:good.py" in [row["path"] for row in found if row["status"] == "checked"]
    assert [row["reason"] for row in found if row["status"] == "error"] == [
        "its path is not one that Git makes"
    ]
    assert not list(run.folder.glob("**/escape.py"))
    assert not Path("/etc/escape.py").exists()


def test_a_blob_that_is_missing_is_one_row(run):
    work = repository(run.folder / "work", {"a.py": WRONG, "b.py": RIGHT})
    name = git(work, "rev-parse", "main:a.py")
    (work / ".git/objects" / name[:2] / name[2:]).unlink()
    found = {row["path"]: row["reason"] for row in rows_of(run, "git:work@main")}
    assert found == {
        "git:work@main:a.py": "its object is missing in the repository",
        "git:work@main:b.py": None,
    }


def test_nothing_of_the_repository_runs(run):
    work = repository(run.folder / "work", {"a.py": WRONG, ".gitattributes": "*.py filter=evil diff=evil\n"})
    evil = f"touch {run.folder}/ran"
    for key in (
        "core.fsmonitor",
        "filter.evil.smudge",
        "filter.evil.clean",
        "diff.evil.textconv",
        "core.pager",
    ):
        git(work, "config", key, evil)
    hook = work / ".git/hooks/post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{evil}\n")
    hook.chmod(0o755)
    assert rows_of(run, "git:work@main")
    assert not (run.folder / "ran").exists()


def test_a_disk_that_is_too_small_is_one_row(run, monkeypatch):
    import shutil

    usage = shutil.disk_usage(run.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=1000))
    repository(run.folder / "work", {"a.py": WRONG})
    (row,) = rows_of(run, "git:work@main")
    assert "too little is free" in row["reason"]


def test_no_folder_is_left(run, monkeypatch):
    import tempfile

    (run.folder / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(run.folder / "temporary"))
    repository(run.folder / "work", {"a.py": WRONG})
    assert rows_of(run, "git:work@main")
    assert list((run.folder / "temporary").iterdir()) == []
