"""Real Keras as the judge of a mutant: what changes when the program runs.

Keras is imported once; every program runs in a child of its own (``fork``), with a time limit. The original
runs first. A mutant is then compared with it call by call: the shapes that every layer reads and makes and
the shapes of its weights; what the ends of every graph compute with the same inputs and the same weights; and
the data that the program feeds. Training is one step on four samples.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import resource
import select
import signal
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import keras
import numpy as np
import tensorflow as tf
from keras.src.ops.node import Node

from tests.mutations.store import Outcome, digest
from tests.oracle.recorder import Recording, _data_made_up, _own_flags, _recording, shapes_of

TIME_LIMIT = 90.0
MEMORY = 6 * 2**30
BATCH = 4


@dataclass
class Use:
    """One call of a layer: where it was constructed (1-based line and column), what it read and made, and
    whether that was while data was fed.
    """

    at: tuple[int, int] | None
    class_name: str
    inputs: list[Any]
    outputs: list[Any]
    weights: list[Any]
    fed: bool = False

    @property
    def key(self) -> str:
        """All but the place, as it is compared."""
        return json.dumps([self.class_name, self.inputs, self.outputs, self.weights])

    @property
    def said(self) -> str:
        """``Conv1D (None, 100, 3) -> (None, 98, 8)``."""
        return f"{self.class_name} {_shown(self.inputs)} -> {_shown(self.outputs)}"


def _shown(shapes: list[Any]) -> str:
    return str(tuple(shapes[0])) if len(shapes) == 1 and shapes[0] is not None else str(shapes)


@dataclass
class Run:
    """What a program did: the calls of its layers, the values at the ends of its graphs, the data fed (the
    line, the shape, and a digest of the numbers).
    """

    uses: list[Use] = field(default_factory=list)
    ends: list[Any] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    fed: list[Any] = field(default_factory=list)
    error: str | None = None
    line: int | None = None
    phase: str = "build"
    seconds: float = 0.0


def run_text(text: str, path: Path, expected: list[Any] | None = None) -> Run:
    """Run a program's text as ``python PATH`` would, in this process, and note what it does.

    With the ends that are ``expected``, what the graphs compute is worked out only where they are the same.
    """
    run = Run()
    started = time.monotonic()
    _seed()
    sys.path.insert(0, str(path.parent))
    module = types.ModuleType("__main__")
    module.__dict__["__file__"] = str(path)
    sys.modules["__main__"] = module
    nodes: list[Any] = []
    recording = Recording()
    with (
        _recording(recording, str(path.parent)),
        _noted(run, nodes),
        _short_training(run, str(path)),
        _data_made_up(),
        _own_flags(),
    ):
        try:
            exec(compile(text, str(path), "exec"), module.__dict__)
        except SystemExit:
            pass
        except Exception as error:
            run.error = f"{type(error).__name__}: {error}".splitlines()[0][:160]
            run.line = _line_of(error, str(path))
        else:
            run.phase = "done"
    if run.error is None:
        ends = _ends(nodes)
        run.ends = [[_number(size) for size in tensor.shape] for tensor in ends]
        if expected is None or _without_ones(run.ends) == _without_ones(expected):
            run.values = _values(nodes, ends)
    run.seconds = round(time.monotonic() - started, 2)
    return run


def _seed() -> None:
    random.seed(0)
    np.random.seed(0)
    tf.random.set_seed(0)
    keras.utils.set_random_seed(0)
    generator = np.random.default_rng
    np.random.default_rng = lambda seed=None: generator(0 if seed is None else seed)


def _line_of(error: BaseException, path: str) -> int | None:
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@contextlib.contextmanager
def _noted(run: Run, nodes: list[Any]) -> Iterator[None]:
    call, make = keras.layers.Layer.__call__, Node.__init__

    def use(self: Any, *args: Any, **kwargs: Any) -> Any:
        outputs = call(self, *args, **kwargs)
        recorded = self.__dict__.get("_layoutlint_record")
        run.uses.append(
            Use(
                recorded.position[1:] if recorded is not None else None,
                type(self).__name__,
                _flat(args),
                _flat([outputs]),
                [list(w.shape) for w in getattr(self, "_trainable_variables", ())],
                run.phase == "feed",
            )
        )
        return outputs

    def node(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        nodes.append(self)

    with patch.object(keras.layers.Layer, "__call__", use), patch.object(Node, "__init__", node):
        yield


def _flat(structure: Any) -> list[Any]:
    found = []
    for item in keras.tree.flatten(structure):
        if hasattr(item, "shape"):
            shape = shapes_of(item)
            found.append([_number(size) for size in shape])
    return found


def _number(size: Any) -> Any:
    return None if size is None else int(size)


# Training ----------------------------------------------------------------


class _History:
    def __init__(self) -> None:
        names = ("loss", "val_loss", "accuracy", "val_accuracy", "acc", "val_acc")
        self.history = {name: [0.0] for name in names}
        self.epoch = [0]


def _head(data: Any, count: int) -> Any:
    if isinstance(data, dict):
        return {key: _head(item, count) for key, item in data.items()}
    if isinstance(data, list | tuple) and any(hasattr(i, "shape") or isinstance(i, list) for i in data):
        return type(data)(_head(item, count) for item in data)
    return data[:count] if hasattr(data, "shape") or isinstance(data, list | tuple) else data


def _first(x: Any, y: Any) -> tuple[Any, Any]:
    if isinstance(x, tf.data.Dataset) or hasattr(x, "__next__") or isinstance(x, keras.utils.PyDataset):
        batch = x[0] if isinstance(x, keras.utils.PyDataset) else next(iter(x))
        pair = batch if isinstance(batch, tuple) else (batch, None)
        return _head(pair[0], BATCH), _head(pair[1], BATCH) if len(pair) > 1 else None
    counts = {len(a) for a in keras.tree.flatten([x, y]) if hasattr(a, "shape") and len(a.shape)}
    if len(counts) > 1:
        raise ValueError(f"Data cardinality is ambiguous. Numbers of samples: {sorted(counts)}")
    return _head(x, BATCH), _head(y, BATCH)


def _note_data(run: Run, path: str, *parts: Any) -> None:
    frame: Any = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != path:
        frame = frame.f_back
    line = None if frame is None else frame.f_lineno
    for array in keras.tree.flatten(parts):
        if hasattr(array, "shape"):
            data = np.asarray(array)
            digest = hashlib.sha256(np.ascontiguousarray(data).tobytes()).hexdigest()[:8]
            run.fed.append([line, [int(size) for size in data.shape], digest])


@contextlib.contextmanager
def _short_training(run: Run, path: str) -> Iterator[None]:
    trainer = keras.Model
    original = {name: getattr(trainer, name) for name in ("train_on_batch", "test_on_batch", "compile")}

    def step(model: Any, name: str, x: Any, y: Any) -> None:
        if model.compiled:
            original[name](model, x, y)
        else:
            model(x)

    @contextlib.contextmanager
    def feeding() -> Iterator[None]:
        before, run.phase = run.phase, "feed"
        yield
        run.phase = before

    def compile(self: Any, *args: Any, **kwargs: Any) -> Any:
        kwargs["run_eagerly"] = True
        kwargs.pop("jit_compile", None)
        return original["compile"](self, *args, **kwargs)

    def fit(self: Any, x: Any = None, y: Any = None, *args: Any, **kwargs: Any) -> Any:
        with feeding():
            a, b = _first(x, y)
            _note_data(run, path, a, b)
            step(self, "train_on_batch", a, b)
            held = kwargs.get("validation_data")
            if isinstance(held, tuple):
                a, b = _first(held[0], held[1])
                step(self, "test_on_batch", a, b)
        return _History()

    def evaluate(self: Any, x: Any = None, y: Any = None, *args: Any, **kwargs: Any) -> Any:
        with feeding():
            a, b = _first(x, y)
            _note_data(run, path, a, b)
            step(self, "test_on_batch", a, b)
        return [0.0, 0.0]

    def predict(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        with feeding():
            a, _ = _first(x, None)
            _note_data(run, path, a)
            outputs = self(a)
        count = len(keras.tree.flatten(x)[0]) if not hasattr(x, "__next__") else BATCH

        def whole(part: Any) -> Any:
            return np.zeros((count, *part.shape[1:]), "float32")

        return keras.tree.map_structure(whole, outputs)

    def train_on_batch(self: Any, x: Any, y: Any = None, *args: Any, **kwargs: Any) -> Any:
        with feeding():
            a, b = _first(x, y)
            _note_data(run, path, a, b)
            step(self, "train_on_batch", a, b)
        return [0.0, 0.0]

    quiet = {name: lambda self, *a, **k: None for name in ("save", "save_weights", "summary", "load_weights")}
    stubs = {
        "fit": fit,
        "evaluate": evaluate,
        "predict": predict,
        "train_on_batch": train_on_batch,
        "compile": compile,
        **quiet,
    }
    with (
        patch.multiple(keras.Model, **stubs),
        patch.object(keras.src.utils.file_utils, "get_file", lambda fname=None, *a, **k: str(fname)),
    ):
        yield


# What the graphs compute ----------------------------------------------------------------


def _ends(nodes: list[Any]) -> list[Any]:
    """The tensors that nothing reads."""
    read = {id(tensor) for node in nodes for tensor in node.arguments.keras_tensors}
    return [tensor for node in nodes for tensor in node.outputs if id(tensor) not in read]


def _values(nodes: list[Any], ends: list[Any]) -> list[float | None]:
    """A number for every end of a graph: made of random inputs with random weights."""
    known: dict[int, Any] = {}
    seeded: set[int] = set()
    count = [0]
    for node in nodes:
        with contextlib.suppress(Exception):
            _compute(node, known, seeded, count)
    return [_fingerprint(known.get(id(tensor))) for tensor in ends]


def _compute(node: Any, known: dict[int, Any], seeded: set[int], count: list[int]) -> None:
    operation = node.operation
    if isinstance(operation, keras.layers.InputLayer):
        for tensor in node.outputs:
            known[id(tensor)] = _drawn(tensor, len(known))
        return
    for variable in getattr(operation, "variables", ()):
        if id(variable) not in seeded and "float" in str(variable.dtype):
            seeded.add(id(variable))
            variable.assign(_weight(tuple(variable.shape), count[0]))
            count[0] += 1
    args, kwargs = node.arguments.fill_in(known)
    for tensor, value in zip(node.outputs, keras.tree.flatten(operation(*args, **kwargs)), strict=True):
        known[id(tensor)] = value


def _drawn(tensor: Any, number: int) -> Any:
    # free axes but the batch are as long as a window needs
    shape = [
        2 if place == 0 and size is None else 64 if size is None else size
        for place, size in enumerate(tensor.shape)
    ]
    drawn = np.random.RandomState(number).uniform(0, 1.99, shape)
    return keras.ops.convert_to_tensor(drawn.astype(tensor.dtype))


def _weight(shape: tuple[int, ...], number: int) -> Any:
    generator = np.random.RandomState(1000 + number)
    if len(shape) < 2:
        return generator.uniform(0.5, 1.5, shape)
    bound = (3 / max(1, int(np.prod(shape[:-1])))) ** 0.5
    return generator.uniform(-bound, bound, shape)


def _fingerprint(value: Any) -> float | None:
    if value is None:
        return None
    flat = np.asarray(value).astype("float64").ravel()
    if not np.all(np.isfinite(flat)):
        return None
    return float(np.dot(flat, np.cos(np.arange(flat.size)))) + float(np.abs(flat).sum())


# Original against mutant ----------------------------------------------------------------


def outcome(original: Run, mutant: Run) -> Outcome:
    """What the mutant does otherwise than the original."""
    if mutant.error is not None:
        return Outcome("crash", mutant.phase, mutant.line, mutant.error)
    ours, theirs = _keys(original), _keys(mutant)
    ends = _without_ones(original.ends) == _without_ones(mutant.ends)
    same = ends and _equal(original.values, mutant.values)
    if same and original.fed == mutant.fed:
        return Outcome("same", "", None, "" if ours == theirs else "other calls")
    if ours != theirs:
        return Outcome("shapes", "", None, _first_change(original, mutant))
    if not same:
        return Outcome("values")
    return Outcome("fed", "", None, str(next((f[1] for f in mutant.fed if f not in original.fed), "")))


def _without_ones(ends: list[Any]) -> list[Any]:
    return [[size for size in shape if size != 1] for shape in ends]


def _keys(run: Run) -> list[str]:
    return [use.key for use in run.uses]


def _first_change(original: Run, mutant: Run) -> str:
    known = {use.key for use in original.uses}
    return next((use.said for use in mutant.uses if use.key not in known), "another number of calls")[:160]


def _equal(ours: list[float | None], theirs: list[float | None]) -> bool:
    """Whether the same was computed; what could not be computed is not the same."""
    if len(ours) != len(theirs):
        return False
    return all(
        a is not None and b is not None and abs(a - b) <= 1e-4 * (1 + abs(a))
        for a, b in zip(ours, theirs, strict=True)
    )


# Children ----------------------------------------------------------------


def in_child(work: Callable[[], Any], limit: float = TIME_LIMIT) -> Any:
    """The answer of ``work`` (as JSON) from a forked child; None if it takes too long or dies."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_in_child(work, reading, writing)
    os.close(writing)
    parts: list[bytes] = []
    deadline = time.monotonic() + limit
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(reading, 1 << 16) if ready else b""
        if not part:
            break
        parts.append(part)
    os.close(reading)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        return json.loads(b"".join(parts))
    except ValueError:
        return None


def _work_in_child(work: Callable[[], Any], reading: int, writing: int) -> None:
    try:
        os.close(reading)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY * 3, MEMORY * 3))
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            tempfile.tempdir = folder
            answer = json.dumps(work()).encode()
        while answer:
            answer = answer[os.write(writing, answer) :]
    finally:
        os._exit(0)


def original_run(text: str, path: Path) -> Run | None:
    """The run of a program, in a child; None if it takes too long."""
    answer = in_child(lambda: asdict(run_text(text, path)))
    return None if answer is None else restored(answer)


def restored(answer: dict[str, Any]) -> Run:
    """A run out of its JSON."""
    uses = [Use(**{**use, "at": tuple(use["at"]) if use["at"] else None}) for use in answer["uses"]]
    return Run(**{**answer, "uses": uses})


def mutant_outcome(original: Run, text: str, path: Path) -> Outcome:
    """What Keras does with a mutant, in a child."""
    answer = in_child(lambda: asdict(outcome(original, _as_read(run_text(text, path, original.ends)))))
    return Outcome("timeout") if answer is None else Outcome(**answer)


def _as_read(run: Run) -> Run:
    """The run as it comes out of JSON, so that tuples and lists are alike."""
    return restored(through_json(asdict(run)))


def through_json(value: Any) -> Any:
    """The value as it is read back from JSON."""
    return json.loads(json.dumps(value))


def facts(run: Run, text: str) -> dict[str, Any]:
    """What of an original's run is stored: the first use of every layer, whether data is fed through it, and
    the shapes fed by each line.
    """
    seen: dict[tuple[int, int], list[Any]] = {}
    reached = {use.at for use in run.uses if use.fed}
    for use in run.uses:
        if use.at is not None and use.at not in seen:
            seen[use.at] = [*use.at, use.class_name, use.inputs, use.outputs, int(use.at in reached)]
    fed: dict[int, list[Any]] = {}
    for line, shape, _ in run.fed:
        if line is not None and len(fed.setdefault(line, [])) < 3:
            fed[line].append(shape)
    return {"text": digest(text), "seen": list(seen.values()), "fed": fed}
