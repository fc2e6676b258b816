"""What is parsed of the package's own data is kept as bytecode is, while the files are what they were."""

from __future__ import annotations

import sys

import pytest

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


def test_values_of_yaml_stay_what_they_are(folder):
    path = folder / "values.yaml"
    path.write_text("a: [1, 2.5, yes, null, 'é']\n7: {b: {}}\n")
    expected = {"a": [1, 2.5, True, None, "é"], 7: {"b": {}}}
    assert [own_yaml(path), own_yaml(path)] == [expected, expected]
    path.write_text("a: 2\n")
    assert own_yaml(path) == {"a": 2}
