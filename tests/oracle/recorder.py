"""Real Keras as the judge of a program: runs it with training stubbed out and records every layer that it
makes, with the source position of the constructor call and the shapes of every use.
"""

from __future__ import annotations

import functools
import os
import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, FunctionType
from typing import Any
from unittest.mock import patch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
from absl import flags
from keras.src import backend
from keras.src.models.functional import Functional
from keras.src.utils import file_utils

from tests.oracle.session import begin

APPLICATIONS = str(Path("keras", "src", "applications"))
Position = tuple[str, int, int]
"""File, 1-based line and 1-based column of a constructor call."""


@dataclass
class Recorded:
    """One constructor call of the program: the class that it made and the output shapes of every use.

    A shape is a tuple of numbers and None; several outputs of one use are a tuple of shapes.
    """

    position: Position
    class_name: str
    outputs: list[Any] = field(default_factory=list)


@dataclass
class Recording:
    """What a program did under real Keras; ``error`` is what it raised, with the line."""

    layers: dict[Position, list[Recorded]] = field(default_factory=dict)
    error: str | None = None
    error_line: int | None = None

    def add(self, recorded: Recorded) -> None:
        """Note a new layer."""
        self.layers.setdefault(recorded.position, []).append(recorded)


def record(program: Path, functions: dict[str, list[dict[str, Any]]] | None = None) -> Recording:
    """Run a program under real Keras. Its folder is importable as for ``python PROGRAM``.

    With ``functions``, each named function is called once for each dict of keyword arguments after the module
    ran.
    """
    begin()
    keras.backend.set_image_data_format("channels_last")
    recording = Recording()
    folder = str(program.resolve().parent)
    before = set(sys.modules)
    sys.path.insert(0, folder)
    try:
        with _recording(recording, folder), _training_stubbed(), _own_flags():
            scope = runpy.run_path(str(program), run_name="__main__")
            for name, calls in (functions or {}).items():
                for keywords in calls:
                    scope[name](**keywords)
    except SystemExit:
        pass
    except Exception as error:
        recording.error = f"{type(error).__name__}: {error}"
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename.startswith(folder):
                recording.error_line = trace.tb_lineno
            trace = trace.tb_next
    finally:
        sys.path.remove(folder)
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
                del sys.modules[name]
        keras.backend.set_image_data_format("channels_last")
    return recording


@contextmanager
def _own_flags() -> Iterator[None]:
    """The flags of absl are one set for the whole process: those that a program defines go with it."""
    before = set(flags.FLAGS)
    try:
        yield
    finally:
        for name in set(flags.FLAGS) - before:
            delattr(flags.FLAGS, name)


@contextmanager
def _recording(recording: Recording, folder: str) -> Iterator[None]:
    new, call = keras.layers.Layer.__new__, keras.layers.Layer.__call__
    depth = [0]
    backbones: list[Any] = []

    @functools.wraps(new)
    def make(cls: type, *args: Any, **kwargs: Any) -> Any:
        made = new(cls, *args, **kwargs)
        position, in_application = _position(sys._getframe(1), folder)
        if in_application and not issubclass(cls, Functional):
            position = None
        if position is not None:
            made.__dict__["_layoutlint_record"] = Recorded(position, cls.__name__)
            recording.add(made.__dict__["_layoutlint_record"])
            if in_application:
                backbones.append(made)
        return made

    @functools.wraps(call)
    def use(self: Any, *args: Any, **kwargs: Any) -> Any:
        # a built model that is called once more is one use of the model, not of each of its layers
        inside = _is_built_model(self)
        depth[0] += inside
        try:
            outputs = call(self, *args, **kwargs)
        finally:
            depth[0] -= inside
        recorded = self.__dict__.get("_layoutlint_record")
        if recorded is not None and not depth[0]:
            recorded.outputs.append(shapes_of(outputs))
        function = getattr(self, "activation", None)
        of_program = isinstance(function, FunctionType) and function.__code__.co_filename.startswith(folder)
        if of_program and isinstance(outputs, keras.KerasTensor):
            # Keras does not call it before the model runs, unless it has to for the shape
            backend.compute_output_spec(function, outputs)
        return outputs

    with patch.object(keras.layers.Layer, "__new__", make), patch.object(keras.layers.Layer, "__call__", use):
        yield
    for model in backbones:
        # nobody calls it in its making: what it makes of its own input counts as a use
        model.__dict__["_layoutlint_record"].outputs.append(shapes_of(model.output))


def _is_built_model(layer: Any) -> bool:
    if type(layer) is keras.Sequential:
        return layer._functional is not None
    return type(layer) is keras.src.models.functional.Functional


def shapes_of(outputs: Any) -> Any:
    """The shapes in the structure of a layer's outputs."""
    if isinstance(outputs, dict):
        return tuple(shapes_of(outputs[key]) for key in sorted(outputs))
    if isinstance(outputs, list | tuple):
        return tuple(shapes_of(item) for item in outputs)
    return tuple(outputs.shape) if hasattr(outputs, "shape") else None


def _position(frame: FrameType | None, folder: str) -> tuple[Position | None, bool]:
    """The call expression of the program that is being executed, the innermost one; and whether what it
    called is in ``keras.applications``.

    None for a layer that another layer of Keras makes for itself, in its ``__init__`` or ``build``, and for
    a copy of a layer: no constructor call of the program makes them.
    """
    in_application = False
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(folder):
            positions = list(code.co_positions())
            line, _, column, _ = positions[frame.f_lasti // 2]
            if line is None or column is None:
                return None, False
            return (code.co_filename, line, column + 1), in_application
        in_application = in_application or APPLICATIONS in code.co_filename
        maker = frame.f_locals.get("self")
        is_part = isinstance(maker, keras.layers.Layer) and not isinstance(maker, keras.Model)
        is_inside = isinstance(maker, keras.Sequential) and _in_application(frame)
        if is_part or is_inside or code.co_name == "from_config":
            return None, False
        frame = frame.f_back
    return None, False


def _in_application(frame: FrameType | None) -> bool:
    while frame is not None and APPLICATIONS not in frame.f_code.co_filename:
        frame = frame.f_back
    return frame is not None


class _History:
    """What the stubbed ``fit`` returns: a history of nothing."""

    def __init__(self) -> None:
        self.history: dict[str, list[float]] = {
            name: [0.0] for name in ("loss", "val_loss", "accuracy", "val_accuracy", "acc", "val_acc")
        }
        self.epoch = [0]


def _build_from(model: Any, data: Any) -> None:
    if model.built or not hasattr(data, "shape"):
        return
    # the program does not call the model here: this is no use of its own
    record = model.__dict__.pop("_layoutlint_record", None)
    model(keras.Input(batch_shape=(None, *data.shape[1:]), dtype=str(getattr(data, "dtype", "float32"))))
    model.__dict__["_layoutlint_record"] = record


@contextmanager
def _training_stubbed() -> Iterator[None]:
    def fit(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        _build_from(self, x)
        return _History()

    def evaluate(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        _build_from(self, x)
        return [0.0, 0.0]

    def predict(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        _build_from(self, x)
        first = x[0] if isinstance(x, list | tuple) else x
        shape = self.compute_output_shape(first.shape)
        return np.zeros((len(first), *shape[1:]), "float32")

    stubs = {
        "fit": fit,
        "evaluate": evaluate,
        "predict": predict,
        "train_on_batch": evaluate,
        "save": lambda self, *a, **k: None,
        "save_weights": lambda self, *a, **k: None,
        "summary": lambda self, *a, **k: None,
        "load_weights": lambda self, *a, **k: None,
    }
    with (
        patch.multiple(keras.Model, **stubs),
        patch.multiple(keras.Sequential, **stubs),
        patch.object(file_utils, "get_file", lambda fname=None, *a, **k: str(fname)),
        _data_made_up(),
    ):
        yield


@contextmanager
def _data_made_up() -> Iterator[None]:
    """The loaders of keras.datasets give zeros of their documented shapes: nothing is downloaded."""

    def pair(count: int, shape: tuple[int, ...], labels: tuple[int, ...] = ()) -> Any:
        return np.zeros((count, *shape), "uint8"), np.zeros((count, *labels), "uint8")

    def loader(shape: tuple[int, ...], train: int, labels: tuple[int, ...] = ()) -> Any:
        return lambda *a, **k: (pair(train, shape, labels), pair(10_000, shape, labels))

    datasets = keras.datasets
    with (
        patch.object(datasets.mnist, "load_data", loader((28, 28), 60_000)),
        patch.object(datasets.fashion_mnist, "load_data", loader((28, 28), 60_000)),
        patch.object(datasets.cifar10, "load_data", loader((32, 32, 3), 50_000, (1,))),
        patch.object(datasets.cifar100, "load_data", loader((32, 32, 3), 50_000, (1,))),
    ):
        yield
