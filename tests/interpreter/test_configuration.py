"""Files that a program opens: what is read, and what is left alone."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest

from layoutlint.interpreter.libraries.numpy_files import header_shape
from tests.interpreter.snippets import UNKNOWN, graph_of, sizes_of_x

Q = UNKNOWN


def known(folder: Path, code: str):
    """The shape of ``x`` of a program in the folder."""
    program = folder / "program.py"
    program.write_text(code)
    return sizes_of_x(code, program)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("c.json", '{"a": 3, "b": [4]}', "import json\nc = json.load(open('c.json'))"),
        ("c.json", '{"a": 3, "b": [4]}', "import json\nwith open('./c.json') as f:\n    c = json.load(f)"),
        ("c.json", '{"a": 3, "b": [4]}', "import json\nc = json.loads(open('c.json', 'r').read())"),
        (
            "c.json",
            '{"a": 3, "b": [4]}',
            "import json\nfrom pathlib import Path\nc = json.loads(Path('c.json').read_text())",
        ),
        (
            "c.json",
            '{"a": 3, "b": [4]}',
            "import json, os\nc = json.load(open(os.path.join(os.path.dirname(__file__), 'c.json')))",
        ),
        ("c.yml", "a: 3\nb: [4]", "import yaml\nc = yaml.load(open('c.yml'), Loader=yaml.FullLoader)"),
        ("c.yml", "a: 3\nb:\n- 4", "import yaml\nwith open('c.yml') as f:\n    c = yaml.safe_load(f)"),
        (
            "c.toml",
            "a = 3\nb = [4]",
            "import tomllib\nwith open('c.toml', 'rb') as f:\n    c = tomllib.load(f)",
        ),
        ("c.toml", "a = 3\nb = [4]", "import toml\nc = toml.load('c.toml')"),
        (
            "sub/c.json",
            '{"a": 3, "b": [4]}',
            "import json\nfrom pathlib import Path\nc = json.load((Path('sub') / 'c.json').open())",
        ),
    ],
)
def test_configuration_is_read(tmp_path, name, content, code):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(content)
    assert known(tmp_path, f"{code}\nx = np.zeros((c['a'], c['b'][0]))") == (3, 4)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.json", "{" * 1000),
        ("c.json", '{"a": ' + "[" * 100_000),
        ("c.json", json.dumps({"a": 3, "more": "x" * 300_000})),
        ("c.json", json.dumps({"a": 3, "more": list(range(50_000))})),
        ("c.json", "not json"),
        ("c.json", ""),
    ],
)
def test_what_is_too_much_or_broken_is_unknown(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    assert known(tmp_path, "import json\nx = np.zeros((2, json.load(open('c.json'))['a']))") == (2, Q)


@pytest.mark.parametrize(
    "content",
    [
        "a: !!python/object/apply:os.system ['touch harmed']",
        "a: &a [*a]",
        "\n".join(
            ["a0: &a0 [1, 1]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12))]
        ),
        "a: " + "[" * 50_000,
        "".join("  " * i + "a:\n" for i in range(400)),
        "a: *nowhere",
    ],
)
def test_yaml_that_means_harm(tmp_path, monkeypatch, content):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.yaml").write_text(content)
    code = "import yaml\nx = np.zeros((2, yaml.unsafe_load(open('c.yaml'))['a']))"
    assert known(tmp_path, code) == (2, Q)
    assert not (tmp_path / "harmed").exists()


@pytest.mark.parametrize("path", ["../c.json", "/etc/hostname", "missing.json", "", "\\0", "folder"])
def test_only_files_next_to_the_program(tmp_path, path):
    (tmp_path / "c.json").write_text('{"a": 3}')
    folder = tmp_path / "project"
    (folder / "folder").mkdir(parents=True)
    code = f"import json\nx = np.zeros((2, json.load(open({path!r}))['a']))"
    assert known(folder, code) == (2, Q)


def test_a_link_does_not_lead_out(tmp_path):
    (tmp_path / "c.json").write_text('{"a": 3}')
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "c.json").symlink_to(tmp_path / "c.json")
    assert known(folder, "import json\nx = np.zeros((2, json.load(open('c.json'))['a']))") == (2, Q)


def test_files_that_were_read_are_noted(tmp_path):
    (tmp_path / "c.json").write_text('{"a": 3}')
    program = tmp_path / "program.py"
    program.write_text("import json\nc = json.load(open('c.json'))\n")
    assert [
        path for kind, path, _ in graph_of(program.read_text(), program).reads.facts if kind == "content"
    ] == [str((tmp_path / "c.json").resolve())]


def test_writing_is_not_reading(tmp_path):
    (tmp_path / "c.json").write_text('{"a": 3}')
    assert known(tmp_path, "import json\nx = np.zeros((2, json.load(open('c.json', 'w'))['a']))") == (2, Q)


@pytest.mark.parametrize("shape", [(), (3,), (5, 4, 2), (0, 7)])
@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_header_of_an_array(shape, version):
    file = io.BytesIO()
    np.lib.format.write_array(file, np.zeros(shape, "float32"), version=version)
    file.seek(0)
    assert header_shape(file) == shape


def test_arrays_next_to_the_program(tmp_path):
    np.save(tmp_path / "a.npy", np.zeros((4, 6, 2)))
    np.savez_compressed(tmp_path / "b.npz", first=np.zeros((3, 1)), second=np.zeros(8))
    assert known(tmp_path, "x = np.load('a.npy')") == (4, 6, 2)
    assert known(tmp_path, "x = np.load('a.npy', mmap_mode='r')[:, 0]") == (4, 2)
    assert known(tmp_path, "d = np.load('b.npz')\nx = d['first']") == (3, 1)
    assert known(tmp_path, "with np.load('b.npz') as d:\n    x = d['second']") == (8,)
    assert known(tmp_path, "d = np.load('b.npz')\nx = d['third']") == Q


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x93NUMPY",
        b"\x93NUMPY\x01\x00\x06\x00{'a':}",
        b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 70_000,
        b"\x93NUMPY\x02\x00\xff\xff\xff\x7f",
        b"\x93NUMPY\x01\x00\x14\x00{'shape': (1, 'a')}  ",
        b"\x93NUMPY\x01\x00\x14\x00{'shape': (-1, 2)}   ",
        b"PK\x03\x04 no archive",
        b"\x80\x04K\x01.",
    ],
)
def test_damaged_arrays_are_unknown(tmp_path, content):
    (tmp_path / "a.npy").write_bytes(content)
    assert known(tmp_path, "x = np.load('a.npy', allow_pickle=True)") == Q
