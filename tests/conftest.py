"""Settings for all tests: real Keras on the CPU, without its chatter; long sweeps only when they are asked
for; and ``-m fast``, an edit loop without TensorFlow.
"""

from __future__ import annotations

import ast
import os
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

# many tests start the command line: without bytecode, each would compile the package again, for half a second
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# a plain run draws the same examples every time; the slow sweeps draw new ones
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("random", derandomize=False, print_blob=True)

ROOT = Path(__file__).parent.parent
JUDGES = ("tensorflow", "keras", "tf_keras")
SLOW_WITHOUT_JUDGES = (
    "tests.packaging",
    "tests.hooks",
    "tests.examples",
    "tests.cli.test_proof",
    "tests.mutations",
    "tests.fuzz",
    "tests.forgetting",
    "tests.cli.test_ends",
    "tests.inference.test_labels",
    "tests.interpreter.test_real_files",
)
"""They import no judge and take long: they build wheels, run pre-commit, let Keras compute, wait for what
never ends, or change programs by the hundred.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sample",
        type=int,
        metavar="N",
        help="run every N-th of the slow tests; without it `-m slow` runs them all and a plain run none",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("random" if "slow" in (config.getoption("-m") or "") else "repeatable")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With ``-m fast``, do not even import what imports a judge."""
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    if config.getoption("-m") == "fast" and is_test and not _is_fast(_module(collection_path)):
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        takes_long = item.get_closest_marker("slow") or item.get_closest_marker("sweep")
        if not takes_long and _is_fast(_module(item.path)):
            item.add_marker("fast")
    step = config.getoption("--sample")
    slow = [item for item in items if item.get_closest_marker("slow")]
    asked = "slow" in (config.getoption("-m") or "")
    kept = set(slow[::step] if step else slow if asked else [])
    left_out = [item for item in slow if item not in kept]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _is_fast(module: str) -> bool:
    return not module.startswith(SLOW_WITHOUT_JUDGES) and not _needs_a_judge(module)


def _needs_a_judge(module: str) -> bool:
    """Whether a test module, or a helper that it imports, imports real Keras anywhere."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        current = waiting.pop()
        if current in seen or current == "tests.conftest":
            continue
        seen.add(current)
        names = _imports(current)
        if any(name.split(".")[0] in JUDGES for name in names):
            return True
        waiting += [name for name in names if name.startswith("tests.")]
        waiting.append(".".join([*current.split(".")[:-1], "conftest"]))
    return False


@cache
def _imports(module: str) -> frozenset[str]:
    """The names that a test module imports, in functions too; nothing for what is no module."""
    path = ROOT.joinpath(*module.split("."))
    file = next((f for f in (path.with_suffix(".py"), path / "__init__.py") if f.is_file()), None)
    if file is None:
        return frozenset()
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.importorskip":
            names |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return frozenset(names)
