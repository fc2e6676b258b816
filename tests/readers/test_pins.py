"""The version of Keras that a project asks for, in every kind of file that says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from layoutlint.readers.pins import installed_by, pinned

REQUIREMENTS = {
    "keras==1.2.2": 1,
    "keras==2.3.1": 2,
    "Keras == 2.2.4": 2,
    "keras~=2.4": 2,
    "keras~=2.4.0": 2,
    "keras<3": 2,
    "keras<3.0": 2,
    "keras>=2,<3": 2,
    "keras>=3": 3,
    "keras>=3.0.5  # the new one": 3,
    "keras[extra]==3.3.3": 3,
    'keras==3.3.3; python_version >= "3.9"': 3,
    "tensorflow==1.15.0": 2,
    "tensorflow-gpu==2.4.1": 2,
    "tensorflow_cpu<2.16": 2,
    "tensorflow~=2.15.0": 2,
    "tensorflow==2.*": None,
    "tensorflow>=2.3": None,
    "tensorflow>=2.3,<=2.15": 2,
    "tensorflow>=2.16": 3,
    "tensorflow==2.17.0": 3,
    "tensorflow-addons": 2,
    "keras-hub": 3,
    "keras": None,
    "keras>=2.4": None,
    "keras-tuner==1.4.7": None,
    "tensorflow-datasets==4.9": None,
    "my-keras==1.0": None,
    "# keras==2.3.1": None,
    "-r other.txt keras==2.3.1": None,
    "numpy==1.2.3": None,
    "keras==": None,
}


@pytest.mark.parametrize(("line", "number"), REQUIREMENTS.items(), ids=REQUIREMENTS)
def test_a_requirement_leaves_these_versions(line: str, number: int | None, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(f"numpy\n{line}\n")
    assert pinned(tmp_path, by_tensorflow=False).number == number


FILES = {
    "requirements-dev.txt": "keras==2.3.1\n",
    "requirements/base.txt": "keras==2.3.1\n",
    "setup.cfg": "[options]\ninstall_requires =\n    numpy\n    keras==2.3.1\n",
    "environment.yml": "name: x\ndependencies:\n  - python=3.7\n  - keras=2.3.1=py37_0\n",
    "environment.yaml": "dependencies:\n  - pip:\n    - keras==2.3.1\n",
    "setup.py": "from setuptools import setup\nsetup(name='x', install_requires=['numpy', 'keras==2.3.1'])\n",
    "pyproject.toml": "[project]\nname = 'x'\ndependencies = ['numpy>1', 'keras==2.3.1']\n",
    "Pipfile": "[packages]\nnumpy = '*'\nkeras = '==2.3.1'\n",
    "Pipfile.lock": '{"default": {"keras": {"hashes": [], "version": "==2.3.1"}}}',
    "poetry.lock": '[[package]]\nname = "keras"\nversion = "2.3.1"\n',
    "uv.lock": '[[package]]\nname = "keras"\nversion = "2.3.1"\nsource = {}\n',
    "pdm.lock": '[[package]]\nname = "keras"\nversion = "2.3.1"\n',
}


@pytest.mark.parametrize(("name", "text"), FILES.items(), ids=FILES)
def test_every_kind_of_file_is_read(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)
    found = pinned(tmp_path, by_tensorflow=False)
    assert found.number == 2
    assert name in found.reason
    assert "2.3.1" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "[tool.poetry.dependencies]\nkeras = '^2.4'\n",
        "[tool.poetry.dependencies]\nkeras = {version = '~2.4', optional = true}\n",
        "[tool.poetry.group.dev.dependencies]\nkeras = '2.4.3'\n",
        "[project.optional-dependencies]\ndev = ['keras<3']\n",
        "[dependency-groups]\ndev = ['keras<3', {include-group = 'x'}]\n",
    ],
)
def test_a_pyproject_has_many_places(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert pinned(tmp_path, by_tensorflow=False).number == 2


DAMAGED = {
    "pyproject.toml": "[project\nkeras==2",
    "setup.py": "setup(install_requires=['keras==2.3.1'",
    "Pipfile.lock": '{"default": [1, 2]}',
    "Pipfile": "packages = 3\n",
    "poetry.lock": 'name = "keras"\n',
    "requirements.txt": "\0\xff keras",
}


@pytest.mark.parametrize(("name", "text"), DAMAGED.items(), ids=DAMAGED)
def test_a_damaged_file_says_nothing(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    assert pinned(tmp_path, by_tensorflow=False).number is None


def test_the_nearest_file_counts_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("keras==1.2.2\n")
    repository = tmp_path / "repository"
    code = repository / "src" / "nets"
    code.mkdir(parents=True)
    (repository / ".git").mkdir()
    assert pinned(code, by_tensorflow=False).number is None
    (repository / "requirements.txt").write_text("keras==2.3.1\n")
    assert pinned(code, by_tensorflow=False).number == 2
    (repository / "src" / "requirements.txt").write_text("keras==3.1.0\n")
    assert pinned(code, by_tensorflow=False).number == 3


def test_without_a_repository_the_current_folder_is_the_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "a" / "b"
    code.mkdir(parents=True)
    (tmp_path / "requirements.txt").write_text("keras==2.3.1\n")
    assert pinned(code, by_tensorflow=False).number is None
    monkeypatch.chdir(tmp_path)
    assert pinned(code, by_tensorflow=False).number == 2


@pytest.mark.parametrize(
    ("text", "by_tensorflow", "number"),
    [
        ("tensorflow==2.15.0\nkeras==3.0.0\n", False, 3),
        ("tensorflow==2.15.0\nkeras==3.0.0\n", True, 2),
        ("tensorflow==2.16.1\ntf-keras==2.16.0\n", True, None),
        ("tensorflow==1.15.0\n", False, 2),
        ("keras==2.2.4\ntensorflow\n", True, 2),
        ("keras==2.2.4\nkeras==3.1.0\n", False, None),
    ],
)
def test_what_the_code_imports_keras_from_decides(
    text: str, by_tensorflow: bool, number: int | None, tmp_path: Path
) -> None:
    (tmp_path / "requirements.txt").write_text(text)
    assert pinned(tmp_path, by_tensorflow=by_tensorflow).number == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("pass  # !pip install -q keras==2.3.1 numpy\n", 2),
        ("pass  # %pip install tensorflow==2.17.0\n", 3),
        ("pass  # !pip install tensorflow\n", None),
        ("pass  # %tensorflow_version 1.x\n", 2),
        ("pip = 'keras==2.3.1'\n", None),
    ],
)
def test_a_notebook_installs_its_keras(text: str, number: int | None) -> None:
    assert installed_by(text, by_tensorflow=True).number == number
