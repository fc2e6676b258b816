"""Every entry of the registry binds its arguments as the class that Keras exports under this name."""

from __future__ import annotations

import ast
import inspect
import textwrap

import pytest

from layoutlint.layers.registry import registry
from tests.oracle.layers import keras

BASE = "Layer"
"""Of the base class no arguments are refused: subclasses pass theirs on to it."""

EXPORTED = sorted(
    name for name in registry() if inspect.isclass(getattr(keras.layers, name, None)) and name != BASE
)


def parameters(function):
    return [p for p in inspect.signature(function).parameters.values() if p.name != "self"]


def names(found, *kinds):
    return [p.name for p in found if p.kind in kinds]


@pytest.mark.parametrize("name", EXPORTED)
def test_signature_is_that_of_keras(name):
    spec, real = registry()[name], getattr(keras.layers, name)
    found = parameters(real.__init__)  # of a class itself, some Pythons read __new__
    ours = spec.parameters
    assert list(ours.positional) == names(found, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    assert [ours.variadic] == (names(found, inspect.Parameter.VAR_POSITIONAL) or [None])
    assert ours.names - set(ours.positional) == set(names(found, inspect.Parameter.KEYWORD_ONLY))
    defaults = {p.name: repr(p.default) for p in found if p.default is not inspect.Parameter.empty}
    assert {argument: repr(value) for argument, value in ours.defaults.items()} == defaults
    for default in defaults.values():
        ast.literal_eval(default)


def keywords_beyond_the_signature(real):
    """What the class and its bases take out of ``**kwargs``: parameters of a base, ``kwargs.pop("…")``."""
    for base in real.__mro__:
        if "__init__" not in vars(base) or not base.__module__.startswith("keras."):
            continue
        yield from (p.name for p in parameters(base.__init__))
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(base.__init__)))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@pytest.mark.parametrize("name", [name for name in EXPORTED if registry()[name].accepts])
def test_further_keywords_are_taken_by_keras(name):
    real = getattr(keras.layers, name)
    assert names(parameters(real), inspect.Parameter.VAR_KEYWORD)
    assert set(registry()[name].accepts) <= set(keywords_beyond_the_signature(real))


@pytest.mark.parametrize("name", EXPORTED)
def test_aliases_are_one_class(name):
    assert getattr(keras.layers, name) is getattr(keras.layers, registry()[name].name)
