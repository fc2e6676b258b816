"""The cache says what a fresh run says, forgets what has changed, and is rebuilt where it is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from layoutlint.model.findings import Report
from layoutlint.run.cache import FOLDER
from layoutlint.run.check import check
from layoutlint.run.configuration import Configuration

WRONG = """\
from keras.layers import Conv1D
from keras.models import Sequential
from sizes import STEPS

Sequential([Conv1D(32, 3, padding="same", input_shape=(STEPS, 8000))])
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "train.py").write_text(WRONG)
    (tmp_path / "sizes.py").write_text("STEPS = 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(configuration: Configuration | None = None) -> Report:
    return check(["."], configuration or Configuration(), cached=True).report


def entries(project: Path) -> list[Path]:
    return list((project / FOLDER).glob("[0-9a-f]*"))


def test_the_second_run_says_the_same(project: Path) -> None:
    first = run()
    assert [finding.rule for finding in first.findings] == ["conv-single-step"]
    assert entries(project)
    assert run() == first


def test_the_second_run_reads_nothing_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(
        "layoutlint.run.examination.open_input", lambda candidate, reach: pytest.fail(candidate.path)
    )
    (project / "sizes.py").unlink()
    (project / "sizes.py").write_text("STEPS = 1\n")

    report = check(["train.py"], Configuration(), cached=True)

    assert report.report.findings


def test_a_changed_import_is_seen(project: Path) -> None:
    assert run().findings
    (project / "sizes.py").write_text("STEPS = 500\n")
    assert not run().findings


def test_a_changed_configuration_is_seen(project: Path) -> None:
    assert run().findings
    assert not run(Configuration(ignore=("conv-single-step",))).findings


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"files": {}, "examined": {"coverage": 7}}', b"\xff\x00"]
)
def test_a_damaged_entry_is_rebuilt(project: Path, damage: bytes) -> None:
    first = run()
    for entry in entries(project):
        entry.write_bytes(damage)
    assert run() == first
    assert all(entry.read_bytes() != damage for entry in entries(project))


def test_git_does_not_see_the_cache(project: Path) -> None:
    run()
    assert (project / FOLDER / ".gitignore").read_text() == "*\n"


def test_many_processes_say_what_one_says(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        (project / f"train_{number}.py").write_text(WRONG.replace("8000", str(8000 + number)))
    alone = check(["."], Configuration(), jobs=1).report
    monkeypatch.setattr("layoutlint.run.parallel.ALONE", 0.0)
    together = check(["."], Configuration(), jobs=2).report
    assert len(alone.findings) == 13
    assert together == alone
