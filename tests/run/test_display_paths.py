"""Paths as they are called from a folder."""

from __future__ import annotations

import ntpath
import os

import pytest

from layoutlint.run import display_paths
from layoutlint.run.fingerprints import portable

BELOW = [
    ("/a/b/c.py", "/a", "b/c.py"),
    ("/a/..b/c.py", "/a", "..b/c.py"),
    ("/a/b.py", "/a/c", None),
    ("/a", "/a", "."),
]


@pytest.mark.parametrize(("path", "folder", "name"), BELOW)
def test_a_path_below_a_folder(path, folder, name):
    assert display_paths.below(path, folder) == name


def test_another_drive_is_elsewhere(monkeypatch):
    monkeypatch.setattr(os.path, "relpath", ntpath.relpath)
    assert display_paths.below(r"D:\models\a.py", r"C:\project") is None
    monkeypatch.setattr(os.path, "abspath", str)
    assert portable(r"D:\models\a.py", r"C:\project") == r"D:\models\a.py"
