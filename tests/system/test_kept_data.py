"""What is parsed of the package's own data is kept as bytecode is, while the files are what they were."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

import pytest
import yaml

import layoutlint
from layoutlint.engine.frontmatter import Document, split
from layoutlint.system.kept_data import kept, own_yaml

RULE = "---\nrule: one\ncases:\n  - when: steps == 1\n    at: [axis]\n---\nWhy.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "one.md").write_text(RULE)
    return tmp_path


def documents(folder) -> tuple[list[Document], list[str]]:
    """The documents of a folder, and the files that were read for them."""
    files, read = sorted(folder.glob("*.md")), []

    def made() -> list[Document]:
        read.extend(file.name for file in files)
        return [split(file.read_text(), str(file)) for file in files]

    return kept("rules", files, list[Document], made), read


def test_a_file_is_read_once(folder):
    first, read = documents(folder)
    again, nothing = documents(folder)
    assert (read, nothing) == (["one.md"], [])
    assert again == first
    assert (first[0].body, first[0].body_line) == ("Why.\n", 7)


def test_files_that_are_not_what_they_were_are_read(folder):
    documents(folder)
    (folder / "one.md").write_text(RULE.replace("one", "two"))
    found, read = documents(folder)
    assert (found[0].root.values["rule"].text, read) == ("two", ["one.md"])
    (folder / "further.md").write_text(RULE)
    assert documents(folder)[1] == ["further.md", "one.md"]
    (folder / "one.md").unlink()
    assert documents(folder)[1] == ["further.md"]


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\x92\x90\x90", b"\xc1" * 100])
def test_what_is_damaged_is_made_anew(folder, damage):
    expected, _ = documents(folder)
    (place,) = (folder / "__pycache__").iterdir()
    place.write_bytes(damage)
    assert documents(folder) == (expected, ["one.md"])
    assert documents(folder) == (expected, [])


def test_where_python_writes_no_bytecode_nothing_is_written(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    documents(folder)
    assert [path.name for path in folder.iterdir()] == ["one.md"]


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(folder):
    (folder / "__pycache__").write_text("in the way")
    assert documents(folder)[1] == documents(folder)[1] == ["one.md"]


def test_what_cannot_be_put_in_its_place_leaves_nothing(folder):
    documents(folder)
    (place,) = (folder / "__pycache__").iterdir()
    place.unlink()
    place.mkdir()
    assert documents(folder)[1] == documents(folder)[1] == ["one.md"]
    assert [*(folder / "__pycache__").iterdir()] == [place]


def test_what_is_no_file_is_made_each_time(folder):
    # as the modules of a frozen program
    files = [folder / "none" / "one.py"]
    assert [kept("data", files, int, made.pop) for made in ([1], [2])] == [1, 2]


def test_a_python_that_keeps_no_bytecode_keeps_nothing(folder, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert documents(folder)[1] == documents(folder)[1] == ["one.md"]
    assert [path.name for path in folder.iterdir()] == ["one.md"]


def test_a_path_that_is_no_text_is_no_reason_to_fail(folder):
    try:
        (odd := folder / os.fsdecode(b"\xff")).mkdir()
    except (OSError, UnicodeError):
        pytest.skip("the system has no such names")
    (odd / "one.md").write_text(RULE)
    assert documents(odd)[1] == documents(odd)[1] == ["one.md"]


def test_it_is_kept_where_bytecode_is(folder, monkeypatch, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setattr(sys, "pycache_prefix", str(elsewhere))
    assert [documents(folder)[1], documents(folder)[1]] == [["one.md"], []]
    assert [path.name for path in folder.iterdir()] == ["one.md"]
    (place,) = (path for path in elsewhere.rglob("*") if path.is_file())
    assert place.is_relative_to(elsewhere / folder.relative_to(folder.anchor))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork")
def test_several_processes_may_keep_it_at_once(folder):
    expected = split(RULE, str(folder / "one.md"))
    with multiprocessing.get_context("fork").Pool(4) as pool:
        found = pool.map(documents, [folder] * 32, chunksize=1)
    assert [read for read, _ in found] == [[expected]] * 32
    assert len([*(folder / "__pycache__").iterdir()]) == 1


def test_values_of_yaml_stay_what_they_are(folder):
    path = folder / "values.yaml"
    path.write_text("a: [1, 2.5, yes, null, 'é']\n7: {b: {}}\n")
    expected = {"a": [1, 2.5, True, None, "é"], 7: {"b": {}}}
    assert [own_yaml(path), own_yaml(path)] == [expected, expected]
    path.write_text("a: 2\n")
    assert own_yaml(path) == {"a": 2}


@pytest.mark.parametrize(
    "path", sorted(Path(layoutlint.__file__).parent.rglob("*.yaml")), ids=lambda path: path.name
)
def test_the_data_of_the_package_can_be_kept(folder, path):
    # msgpack has fewer types than YAML: a date, a set and a tuple would come back as something else
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    expected = yaml.safe_load(copy.read_text(encoding="utf-8"))
    assert [own_yaml(copy), own_yaml(copy)] == [expected, expected]
