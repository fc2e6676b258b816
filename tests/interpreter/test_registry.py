"""The registry of libraries: a name has one owner, and a misspelt table is refused."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

import pytest

from layoutlint.interpreter import keras, libraries
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.registry import Registry
from layoutlint.interpreter.keras.natives import NATIVES
from layoutlint.interpreter.known import LIBRARIES


@pytest.mark.parametrize(
    ("table", "name"),
    [("functions", "pandas.DataFrame"), ("kinds", "pandas.DataFrame"), ("constants", "numpy.pi")],
)
def test_two_libraries_cannot_claim_one_name(table: str, name: str) -> None:
    twin = Library("twin", **{table: {name: None}})
    with pytest.raises(ValueError, match=f"and twin both claim the .* {name}"):
        Registry((*LIBRARIES, twin), NATIVES)


@pytest.mark.parametrize("room", [keras, libraries])
def test_every_library_is_listed(room: ModuleType) -> None:
    names = [f"{room.__name__}.{module.name}" for module in pkgutil.iter_modules(room.__path__)]
    written = {name: getattr(import_module(name), "LIBRARY", None) for name in names}
    listed = {id(library) for library in LIBRARIES}
    unlisted = [
        name for name, library in written.items() if library is not None and id(library) not in listed
    ]
    assert unlisted == [], "list them in layoutlint/interpreter/known.py"


@pytest.mark.parametrize("record", [Library, Kind])
def test_a_misspelt_table_is_refused(record: type) -> None:
    with pytest.raises(TypeError, match="methodz"):
        record(methodz={})
