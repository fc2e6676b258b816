"""The cache never answers for a program that would be read in another way now."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.cli.helpers import Runner

PROGRAM = """\
from keras import layers, models
{before}
models.Sequential([layers.Conv1D(32, 3, padding="same", input_shape=({steps}, 8000))])
"""
HOUSE = """\
---
rule: house
subject: layer
severity: warning
confidence: high
when: input_dim == {size}
message: "the house has its taste"
---
Text.
"""
KNOWLEDGE = """\
lab.load:
  parameters: ""
  returns: {{samples: null, {axis}: 1, channels: 8000}}
"""

Change = Callable[[Path], object]


def program(before: str = "", steps: object = "STEPS") -> str:
    return PROGRAM.format(before=before, steps=steps)


def write(name: str, content: str | bytes) -> Change:
    def change(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return change


def example(kind: str) -> Change:
    """A saved model of the examples."""
    source = Path(__file__).parents[2] / "examples" / f"signal_{kind}.keras"
    return lambda folder: shutil.copy(source, folder / "m.keras")


def remove(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def move(name: str, to: str) -> Change:
    return lambda folder: (folder / name).rename(folder / to)


def link(name: str, to: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(to)

    return change


def together(*changes: Change) -> Change:
    return lambda folder: [change(folder) for change in changes]


def array(name: str, *shape: int) -> Change:
    return lambda folder: np.save(folder / name, np.zeros(shape))


def same_size_and_time(name: str, content: str) -> Change:
    """Another content in the same file, with the same times: only the bytes tell."""

    def change(folder: Path) -> None:
        path = folder / name
        before = path.stat()
        assert len(content) == before.st_size
        path.write_text(content)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


IMPORT = program("from sizes import STEPS")
SAFE = program("try:\n    from sizes import STEPS\nexcept ImportError:\n    STEPS = 1")
NESTED = program("from pack.sizes import STEPS")
LOADED = program("import json\nSTEPS = json.load(open('c.json'))['steps']")
ARRAYS = program("import numpy as np\nSTEPS = np.load('x.npy').shape[0]")
ONE, MANY = "STEPS = 1\n", "STEPS = 500\n"

SCENARIOS: dict[str, tuple[dict[str, str], list[Change]]] = {
    "the program changes": ({"a.py": program(steps=1)}, [write("a.py", program(steps=500))]),
    "the program changes and keeps its size and time": (
        {"a.py": program(steps=1)},
        [same_size_and_time("a.py", program(steps=9))],
    ),
    "an import changes": ({"a.py": IMPORT, "sizes.py": ONE}, [write("sizes.py", MANY)]),
    "an import changes and keeps its size and time": (
        {"a.py": IMPORT, "sizes.py": ONE},
        [same_size_and_time("sizes.py", "STEPS = 9\n")],
    ),
    "an import appears": ({"a.py": IMPORT}, [write("sizes.py", ONE)]),
    "an import that may fail appears": ({"a.py": SAFE}, [write("sizes.py", MANY)]),
    "an import is removed": ({"a.py": SAFE, "sizes.py": MANY}, [remove("sizes.py")]),
    "an import is renamed": ({"a.py": IMPORT, "sizes.py": ONE}, [move("sizes.py", "other.py")]),
    "an import becomes a package": (
        {"a.py": IMPORT, "sizes.py": ONE},
        [remove("sizes.py"), write("sizes/__init__.py", MANY)],
    ),
    "a module hides a package": (
        {"a.py": IMPORT, "sizes/__init__.py": ONE},
        [write("sizes.py", MANY)],
    ),
    "a nearer module appears": (
        {"p/__init__.py": "", "p/a.py": IMPORT, "sizes.py": ONE},
        [write("p/sizes.py", MANY)],
    ),
    "a nearer module goes": (
        {"p/__init__.py": "", "p/a.py": IMPORT, "sizes.py": ONE, "p/sizes.py": MANY},
        [remove("p/sizes.py")],
    ),
    "an import in a package appears": ({"a.py": NESTED}, [write("pack/sizes.py", ONE)]),
    "an empty package gets its module": (
        {"a.py": NESTED, "pack/__init__.py": ""},
        [write("pack/sizes.py", ONE)],
    ),
    "an import of an import changes": (
        {"a.py": IMPORT, "sizes.py": "from deep import STEPS\n", "deep.py": ONE},
        [write("deep.py", MANY)],
    ),
    "an import of an import appears": (
        {"a.py": IMPORT, "sizes.py": "from deep import STEPS\n"},
        [write("deep.py", ONE)],
    ),
    "a star import appears": ({"a.py": program("from sizes import *")}, [write("sizes.py", ONE)]),
    "a star import changes": (
        {"a.py": program("from sizes import *"), "sizes.py": ONE},
        [write("sizes.py", MANY)],
    ),
    "a relative import appears": (
        {"p/__init__.py": "", "p/a.py": program("from .sizes import STEPS")},
        [write("p/sizes.py", ONE)],
    ),
    "an __init__ exports": (
        {"a.py": program("from pack import STEPS"), "pack/__init__.py": ""},
        [write("pack/__init__.py", ONE)],
    ),
    "the folder becomes a package": (
        {"p/a.py": IMPORT, "sizes.py": ONE},
        [write("p/__init__.py", "")],
    ),
    "a src folder appears": ({"a.py": IMPORT}, [write("src/sizes.py", ONE)]),
    "a broken import is mended": (
        {"a.py": IMPORT, "sizes.py": "STEPS = (\n"},
        [write("sizes.py", ONE)],
    ),
    "an import breaks": ({"a.py": IMPORT, "sizes.py": ONE}, [write("sizes.py", "STEPS = (\n")]),
    "a module starts to register": (
        {"a.py": program("import reg\nSTEPS = 1"), "reg.py": "x = 1\n"},
        [write("reg.py", "import keras\nregister(keras.layers.Conv1D(1, 1))\n")],
    ),
    "a linked import leads elsewhere": (
        {"a.py": IMPORT, "one/sizes.py": ONE, "two/sizes.py": MANY},
        [link("sizes.py", "one/sizes.py"), link("sizes.py", "two/sizes.py")],
    ),
    "a linked import leads to the same content elsewhere": (
        {
            "a.py": program("from p.sizes import STEPS"),
            "one/sizes.py": "from .v import STEPS\n",
            "one/v.py": ONE,
            "two/sizes.py": "from .v import STEPS\n",
            "two/v.py": MANY,
        },
        [link("p", "one"), link("p", "two")],
    ),
    "a configuration of the program appears": ({"a.py": LOADED}, [write("c.json", '{"steps": 1}')]),
    "a configuration of the program changes": (
        {"a.py": LOADED, "c.json": '{"steps": 1}'},
        [write("c.json", '{"steps": 500}')],
    ),
    "a configuration keeps its size and time": (
        {"a.py": LOADED, "c.json": '{"steps": 1}'},
        [same_size_and_time("c.json", '{"steps": 9}')],
    ),
    "a configuration breaks": ({"a.py": LOADED, "c.json": '{"steps": 1}'}, [write("c.json", "{")]),
    "a configuration goes": ({"a.py": LOADED, "c.json": '{"steps": 1}'}, [remove("c.json")]),
    "a link out of the folder leads back into it": (
        {"p/a.py": LOADED, "c.json": '{"steps": 1}', "p/d.json": '{"steps": 1}'},
        [link("p/c.json", "../c.json"), link("p/c.json", "d.json")],
    ),
    "a stored array appears": ({"a.py": ARRAYS}, [array("x.npy", 1, 8000)]),
    "a stored array changes": ({"a.py": ARRAYS}, [array("x.npy", 1, 8), array("x.npy", 9, 8)]),
    "a saved model appears": (
        {"a.py": program("m = models.load_model('m.keras')\nm.add(layers.Conv1D(3, 3))", 500)},
        [example("wrong")],
    ),
    "a saved model changes": (
        {"a.py": program("m = models.load_model('m.keras')\nprint(m.layers[0].name)", 1)},
        [example("right"), example("wrong")],
    ),
    "the configuration selects": (
        {"a.py": program(steps=1)},
        [write("layoutlint.toml", 'select = ["rank-mismatch"]'), write("layoutlint.toml", "")],
    ),
    "the configuration has another parameter": (
        {"a.py": program(steps=1), "layoutlint.toml": ""},
        [write("layoutlint.toml", "[parameters.conv-single-step]\nmin_input_dim = 9000")],
    ),
    "a nearer configuration appears": (
        {"p/a.py": program(steps=1), "layoutlint.toml": ""},
        [write("p/layoutlint.toml", 'ignore = ["conv-single-step"]'), remove("p/layoutlint.toml")],
    ),
    "a house rule changes": (
        {
            "a.py": program(steps=500),
            "layoutlint.toml": 'rules = ["r"]',
            "r/house.md": HOUSE.format(size=8000),
        },
        [same_size_and_time("r/house.md", HOUSE.format(size=9000))],
    ),
    "a house rule appears": (
        {"a.py": program(steps=500), "layoutlint.toml": 'rules = ["r"]', "r/README.md": "x"},
        [write("r/house.md", HOUSE.format(size=8000)), remove("r/house.md")],
    ),
    "knowledge changes": (
        {
            "a.py": "from keras import layers\nimport lab\nx = lab.load()\nlayers.Conv1D(3, 3)(x)\n",
            "layoutlint.toml": 'knowledge = ["k.yaml"]',
            "k.yaml": KNOWLEDGE.format(axis="steps"),
        },
        [write("k.yaml", KNOWLEDGE.format(axis="steps").replace("8000", "80"))],
    ),
    "an imported file gets a comment": (
        {"a.py": "import keras, net\nnet.m\n", "net.py": program(steps=1)},
        [
            write(
                "net.py",
                program(steps=1).replace("8000))])", "8000))])  # layoutlint: ignore[conv-single-step]"),
            )
        ],
    ),
    "a program without models gets one": (
        {"a.py": "import keras\nfrom net import build\nbuild()\n"},
        [
            write(
                "net.py",
                "from keras import layers, Input\ndef build():\n    layers.Conv1D(3, 3)(Input((1, 8000)))\n",
            )
        ],
    ),
    "nothing changes": ({"a.py": IMPORT, "sizes.py": ONE}, [lambda folder: None]),
}


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary):
    return Runner(tmp_path, monkeypatch, capsysbinary)


def agree(run: Runner, what: str) -> str:
    """What a run with the cache says, which is what one without it says."""
    cached, fresh = run("check", "."), run("check", ".", "--no-cache")
    assert (cached.code, cached.out, cached.err) == (fresh.code, fresh.out, fresh.err), what
    return cached.out


def agree_in_json(run: Runner, what: str) -> None:
    """What a run with the cache says is all that one without it says, also of what is not found."""
    in_json = ("check", ".", "--output-format", "json")
    assert run(*in_json).json == run(*in_json, "--no-cache").json, what


@pytest.mark.sweep
@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios(run, name):
    files, changes = SCENARIOS[name]
    for path, content in files.items():
        write(path, content)(run.folder)
    agree(run, "at the start")
    for number, change in enumerate(changes):
        change(run.folder)
        agree(run, f"after change {number}")
        agree_in_json(run, f"again after change {number}")


@pytest.mark.parametrize(
    "name",
    [name for name, (_, changes) in SCENARIOS.items() if len(changes) == 1 and name != "nothing changes"],
)
def test_scenarios_are_about_something(run, name):
    """An entry that was kept would say something wrong."""
    files, (change,) = SCENARIOS[name]
    for path, content in files.items():
        write(path, content)(run.folder)
    before = run("show", ".", "--output-format", "json").out, run("check", ".", "--no-cache").out
    change(run.folder)
    after = run("show", ".", "--output-format", "json").out, run("check", ".", "--no-cache").out
    silent = {"a saved model changes", "a linked import leads to the same content elsewhere"}
    assert before != after or name in silent


def test_there_are_many_scenarios():
    assert len(SCENARIOS) >= 30


def test_a_copy_of_a_project_is_another_project(run, monkeypatch):
    """A cache that was copied along does not answer, though every relative path is the same."""
    write("one/p/a.py", program("from sizes import STEPS"))(run.folder)
    write("one/sizes.py", ONE)(run.folder)
    monkeypatch.chdir(run.folder / "one")
    assert run("check", "p").code == 1
    shutil.copytree(run.folder / "one", run.folder / "two")
    write("two/sizes.py", MANY)(run.folder)
    monkeypatch.chdir(run.folder / "two")
    assert run("check", "p").code == 0


def test_a_followed_package_of_another_version(run, monkeypatch):
    """What an update of a package changes is seen, in its files and in what they import."""
    site = run.folder / "env" / "lib" / "python3.12" / "site-packages"
    write("bricks/__init__.py", "from .v import STEPS\n")(site)
    write("bricks/v.py", ONE)(site)
    monkeypatch.setenv("VIRTUAL_ENV", str(run.folder / "env"))
    write("p/a.py", program("from bricks import STEPS"))(run.folder)
    options = ("check", "p", "--follow", "bricks")
    assert (run(*options).code, run(*options).code) == (1, 1)
    write("bricks/v.py", MANY)(site)
    assert run(*options).code == 0
    write("bricks/v/__init__.py", ONE)(site)
    (site / "bricks" / "v.py").unlink()
    assert run(*options).code == 1
    shutil.move(run.folder / "env", run.folder / "moved")
    monkeypatch.setenv("VIRTUAL_ENV", str(run.folder / "moved"))
    write("bricks/v/__init__.py", MANY)(run.folder / "moved" / "lib" / "python3.12" / "site-packages")
    assert run(*options).code == 0


def test_a_file_that_changes_while_it_is_read(run, monkeypatch):
    """The entry is about the bytes that were read, and not about those that lay there before or after."""
    from layoutlint.run import examination

    path = run.write("a.py", program(steps=1))
    real = examination.open_input

    def slow(candidate, *further):
        path.write_text(program(steps=500))
        return real(candidate, *further)

    monkeypatch.setattr(examination, "open_input", slow)
    assert run("check", "a.py", "-j1").code == 0
    monkeypatch.undo()
    monkeypatch.chdir(run.folder)
    path.write_text(program(steps=1))
    assert run("check", "a.py", "-j1").code == 1


def test_an_import_that_changes_after_it_was_read(run, monkeypatch):
    from layoutlint.run import examination

    run.write("a.py", IMPORT)
    path = run.write("sizes.py", ONE)
    real = examination.open_input

    def slow(candidate, *further):
        opened = real(candidate, *further)
        path.write_text(MANY)
        return opened

    monkeypatch.setattr(examination, "open_input", slow)
    assert run("check", "a.py", "-j1").code == 1
    monkeypatch.undo()
    monkeypatch.chdir(run.folder)
    assert run("check", "a.py", "-j1").code == 0


def test_an_evaluation_that_time_has_ended_is_not_kept(run):
    """Another processor, or an idler one, gets further."""
    from layoutlint.interpreter.core.budget import Limits
    from layoutlint.model.reads import Reads
    from layoutlint.readers import source

    reads = Reads()
    source.read("import keras\n" + "x = 1\n" * 5000, "a.py", (), Limits(seconds=0.0), (), {}, reads)
    assert not reads.steady
    reads = Reads()
    source.read("import keras\n" + "x = 1\n" * 5000, "a.py", (), Limits(steps=100), (), {}, reads)
    assert reads.steady


NAMES = [
    "sizes",
    "deep",
    "pack/__init__",
    "pack/sizes",
    "src/sizes",
    "p/__init__",
    "p/sizes",
    "p/a",
    "a",
    "b",
]
CONTENTS = [
    ONE,
    MANY,
    "from deep import STEPS\n",
    "from pack.sizes import *\n",
    "from .sizes import STEPS\n",
    "",
    "STEPS = (\n",
    IMPORT,
    SAFE,
    NESTED,
    LOADED,
    program("import pack.sizes as s\nSTEPS = s.STEPS"),
    program("from p import sizes\nSTEPS = sizes.STEPS"),
]


@pytest.mark.sweep
@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 60))])
def test_random_changes(run, seed):
    """Files are edited, added, moved and removed at random; the cache says what a fresh run says."""
    rng = random.Random(seed)
    write("a.py", IMPORT)(run.folder)
    done: list[str] = []
    for _ in range(25):
        there = sorted(path for path in run.folder.rglob("*.py"))
        name = f"{rng.choice(NAMES)}.py"
        match rng.choice(["write", "write", "write", "remove", "move", "json", "configuration"]):
            case "write":
                content = rng.choice(CONTENTS)
                write(name, content)(run.folder)
                done.append(f"write {name} {content!r}")
            case "remove" if there:
                chosen = rng.choice(there)
                chosen.unlink()
                done.append(f"remove {chosen}")
            case "move" if there:
                chosen = rng.choice(there)
                (run.folder / name).parent.mkdir(exist_ok=True)
                chosen.rename(run.folder / name)
                done.append(f"move {chosen} {name}")
            case "json":
                write(rng.choice(["c.json", "p/c.json"]), json.dumps({"steps": rng.choice([1, 500])}))(
                    run.folder
                )
                done.append("json")
            case "configuration":
                rule = rng.choice(["conv-single-step", "rank-mismatch"])
                write(rng.choice(["", "p/"]) + "layoutlint.toml", f'ignore = ["{rule}"]')(run.folder)
                done.append("configuration")
        agree(run, "\n".join(done))
    agree_in_json(run, "\n".join(done))


def test_an_unchanged_tree_is_answered_from_the_cache(run, monkeypatch):
    """All this is no reason to read anything anew."""
    run.write("a.py", SAFE)
    run.write("b.py", IMPORT)
    run.write("sizes.py", ONE)
    run.write("p/c.py", LOADED)
    first = run("check", ".")
    monkeypatch.setattr("layoutlint.run.examination.open_input", lambda *_: pytest.fail("read anew"))
    # sizes.py holds no Keras and is never worth an entry
    assert run("check", "a.py", "b.py", "p").code == first.code


def test_git_switches_back_and_forth(run):
    """Each branch keeps its own entries."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=run.folder, check=True, capture_output=True)

    git("init", "-q", "-b", "one")
    run.write("a.py", IMPORT)
    run.write("sizes.py", ONE)
    git("add", "-A")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "two")
    run.write("sizes.py", MANY)
    git("commit", "-qam", "two")
    for branch, code in [("one", 1), ("two", 0)] * 3:
        git("checkout", "-q", branch)
        assert run("check", ".").code == code


def test_a_saved_model_is_checked_anew_when_it_changes(run):
    """Its entry holds for its size and its times."""
    rules = []
    for kind in ("wrong", "wrong", "right"):
        example(kind)(run.folder)
        found = json.loads(run("check", "m.keras", "--output-format", "json").out)
        rules.append([finding["rule"] for finding in found["findings"]])
    assert rules == [["conv-single-step"], ["conv-single-step"], []]
