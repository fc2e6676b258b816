"""A finding has high confidence only where nothing on the way to it was presumed."""

from __future__ import annotations

import textwrap

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.readers import source

RULES = builtin()
HEAD = """
import keras
from keras import layers
from keras.layers import Conv1D, Dense, Input

"""

CERTAIN = {
    "in the module": """
        keras.Sequential([Input((1, 8000)), Conv1D(32, 3, padding="same")])
    """,
    "in a function without defaults": """
        def build(width):
            return keras.Sequential([Input((1, 8000)), Conv1D(width, 3, padding="same")])
    """,
    "the default has no part in it": """
        def build(width=32, name="net", *, rate=0.5):
            return keras.Sequential([Input((1, 8000)), Conv1D(width, 3, padding="same")], name=name)
    """,
    "the program calls it with the default": """
        def build(shape=(1, 8000)):
            return keras.Sequential([Input(shape), Conv1D(32, 3, padding="same")])
        build()
    """,
    "the program gives it": """
        def build(shape=(8000, 1)):
            return keras.Sequential([Input(shape), Conv1D(32, 3, padding="same")])
        build((1, 8000))
    """,
    "an attribute that is set once": """
        class Net:
            def __init__(self):
                self.shape = (1, 8000)
            def build(self):
                return keras.Sequential([Input(self.shape), Conv1D(32, 3, padding="same")])
    """,
    "on both sides of a branch": """
        def build(small):
            width = 32 if small else 64
            return keras.Sequential([Input((1, 8000)), Conv1D(width, 3, padding="same")])
    """,
    "the command line has no part in it": """
        import argparse, os
        parser = argparse.ArgumentParser()
        parser.add_argument("--width", type=int, default=32)
        parser.set_defaults(shape=(1, 8000))
        options = parser.parse_args()
        keras.Sequential([Input(options.shape), Conv1D(options.width, 3, padding="same")])
        print(os.environ.get("HOME", "/"))
    """,
    "options without a command line": """
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument("--steps", type=int, default=1)
        keras.Sequential([Input((parser.parse_args([]).steps, 8000)), Conv1D(32, 3, padding="same")])
    """,
}
PRESUMED = {
    "an option of the command line": """
        import argparse
        parser = argparse.ArgumentParser()
        group = parser.add_argument_group("data")
        group.add_argument("--steps", type=int, default=1)
        parser.set_defaults(steps=1)
        options, rest = parser.parse_known_args()
        keras.Sequential([Input((options.steps, 8000)), Conv1D(32, 3, padding="same")])
    """,
    "an option of arguments that are not known": """
        import argparse, sys
        parser = argparse.ArgumentParser()
        parser.add_argument("--steps", type=int, default=1)
        options = parser.parse_args(sys.argv[1:])
        keras.Sequential([Input((options.steps, 8000)), Conv1D(32, 3, padding="same")])
    """,
    "an option that adds to an object": """
        import argparse
        class Settings:
            pass
        settings = Settings()
        parser = argparse.ArgumentParser()
        parser.add_argument("--steps", type=int, default=1)
        parser.parse_args(namespace=settings)
        keras.Sequential([Input((settings.steps, 8000)), Conv1D(32, 3, padding="same")])
    """,
    "a switch": """
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument("--upright", action="store_true")
        steps = 8000 if parser.parse_args().upright else 1
        keras.Sequential([Input((steps, 8001 - steps)), Conv1D(32, 3, padding="same")])
    """,
    "an option of click": """
        import click
        @click.command()
        @click.option("--steps", default=1)
        def main(steps):
            keras.Sequential([Input((steps, 8000)), Conv1D(32, 3, padding="same")])
        main()
    """,
    "a flag of absl": """
        from absl import app, flags
        flags.DEFINE_integer("steps", 1, "of a signal")
        def main(argv):
            keras.Sequential([Input((flags.FLAGS.steps, 8000)), Conv1D(32, 3, padding="same")])
        app.run(main)
    """,
    "an environment variable": """
        import os
        steps = int(os.environ.get("STEPS", "1"))
        keras.Sequential([Input((steps, 8000)), Conv1D(32, 3, padding="same")])
    """,
    "another environment variable": """
        import os
        keras.Sequential([Input((int(os.getenv("STEPS", default=1)), 8000)), Conv1D(32, 3, padding="same")])
    """,
    "a default": """
        def build(shape=(1, 8000)):
            return keras.Sequential([Input(shape), Conv1D(32, 3, padding="same")])
    """,
    "a default of a keyword": """
        def build(*, steps=1, width=8000):
            return keras.Sequential([Input((steps, width)), Conv1D(32, 3, padding="same")])
    """,
    "a default that decides a branch": """
        def build(flat=True):
            inputs = Input((1, 8000) if flat else (8000, 1))
            return keras.Model(inputs, Conv1D(32, 3, padding="same")(inputs))
    """,
    "a default of a class": """
        class Net:
            def __init__(self, shape=(1, 8000)):
                self.shape = shape
            def build(self):
                return keras.Sequential([Input(self.shape), Conv1D(32, 3, padding="same")])
    """,
    "a default of a layer of the program": """
        class Head(layers.Layer):
            def __init__(self, rate=5):
                super().__init__()
                self.dropout = layers.Dropout(rate)
            def call(self, x):
                return self.dropout(x)
    """,
    "an attribute that a method sets anew": """
        class Net:
            def __init__(self):
                self.shape = (1, 8000)
            def build(self):
                return keras.Sequential([Input(self.shape), Conv1D(32, 3, padding="same")])
            def turn(self):
                self.shape = (8000, 1)
    """,
    "a global that another function sets": """
        SHAPE = (1, 8000)
        def build():
            return keras.Sequential([Input(SHAPE), Conv1D(32, 3, padding="same")])
        def turn():
            global SHAPE
            SHAPE = (8000, 1)
    """,
    "an unknown condition": """
        def build(shape, signal):
            if signal:
                return keras.Sequential([Input((1, 8000)), Conv1D(32, 3, padding="same")])
            return keras.Sequential([Input((8000, 1)), Conv1D(32, 3, padding="same")])
    """,
    "a default decides whether it happens, of a rule with a low confidence for what a default decides": """
        def build(single=True):
            if single:
                return keras.Sequential([Input((8,)), Dense(1, activation="softmax")])
            return keras.Sequential([Input((8,)), Dense(2, activation="softmax")])
    """,
}

PLACEHOLDERS = {
    "one class": """
        class Head(layers.Layer):
            def __init__(self, units=1):
                super().__init__()
                self.flatten = layers.Flatten()
                self.dense = Dense(units, activation="softmax")
            def call(self, x):
                return self.dense(self.flatten(x))
    """,
    "sizes that are left open": """
        def build(shape=(None, None, 3)):
            image = Input(shape)
            return keras.Model(image, Dense(10)(layers.Flatten()(layers.Conv2D(8, 3)(image))))
    """,
}


def confidences(program: str) -> list[str]:
    graph = source.read(HEAD + textwrap.dedent(program), "train.py")
    return [str(finding.confidence) for finding in judge(graph, RULES)]


@pytest.mark.parametrize("program", CERTAIN.values(), ids=CERTAIN.keys())
def test_nothing_was_presumed(program: str) -> None:
    assert confidences(program) == ["high"]


@pytest.mark.parametrize("program", PRESUMED.values(), ids=PRESUMED.keys())
def test_something_was_presumed(program: str) -> None:
    assert confidences(program) == ["medium"]


@pytest.mark.parametrize("program", PLACEHOLDERS.values(), ids=PLACEHOLDERS.keys())
def test_a_placeholder_was_presumed(program: str) -> None:
    assert confidences(program) == ["low"]


def test_what_one_version_refuses_is_said_once() -> None:
    program = """
        import numpy as np
        model = keras.Sequential([Dense(4), Dense(2)])
        model(np.zeros((3, 5)))
        model(np.zeros((3, 7, 5)))
    """
    graph = source.read(HEAD + textwrap.dedent(program), "train.py")
    assert [(found.rule, str(found.confidence)) for found in judge(graph, RULES)] == [("fed-shape", "low")]
