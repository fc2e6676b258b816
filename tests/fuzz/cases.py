"""The kinds of files that are damaged, whole ones to begin with, and what must hold for each."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from layoutlint.cli import exits
from layoutlint.model.findings import Coverage, Report, Severity
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import tensorflow_js
from layoutlint.readers.aids import Aids
from layoutlint.reports import concise, full, json_format
from layoutlint.reports.style import PLAIN
from layoutlint.run.cache import FOLDER, Cache, Known
from layoutlint.run.check import check, gather
from layoutlint.run.configuration import Configuration, ConfigurationError
from layoutlint.run.discovery import Candidate, discover
from layoutlint.run.examination import Examined, Examiner, examine
from layoutlint.run.inputs import open_input
from layoutlint.run.projects import Projects
from layoutlint.run.reach import Reach
from layoutlint.run.rule_choice import chosen_rules
from tests.fuzz import damage

ROOT = Path(__file__).parents[2]
BUDGET = 0.3
LONGEST = 600
"""Characters that a line about one input may have, beside its path."""

PROGRAM = """\
from keras import layers, models

model = models.Sequential()
model.add(layers.Conv1D(32, 3, padding="same", input_shape=(1, 8000)))
model.add(layers.Flatten())
"""
SETTINGS = """\
[project]
name = "zoo"

[tool.layoutlint]
select = ["conv-single-step", "rank-mismatch"]
ignore = []
min-confidence = "low"
fail-on = "warning"
budget = 2.0
rules = ["house"]
knowledge = ["mine.yaml"]

[tool.layoutlint.parameters.conv-single-step]
min_input_dim = 32

[tool.layoutlint.per-file-ignores]
"tests/*" = ["conv-single-step"]

[tool.layoutlint.per-layer-ignores]
"conv_*" = ["conv-single-step"]
"""
IGNORES = """\
# what is made
*.py[cod]
/build/
!keep.py
**/gen/**
dist/*.egg
[abc]*.h5
foo\\ bar
"""


class Case(Struct, frozen=True):
    """One damaged file: its kind, its number and the seed of the whole run."""

    kind: str
    number: int
    seed: int

    @property
    def chance(self) -> random.Random:
        """The chance that makes it, always the same."""
        return random.Random(f"{self.seed} {self.kind} {self.number}")


class Kind(Struct, frozen=True):
    """A kind of file: its name, the whole ones, how one is damaged, and what tells whether all holds."""

    name: str
    wholes: Callable[[], list[bytes]]
    damaged: Callable[[bytes, random.Random], bytes]
    problems: Callable[[Path], Iterator[str]]


class Exported(Struct, frozen=True):
    """Whole files of exporters: graphs, and TensorFlow Lite models."""

    graphs: list[bytes]
    lite: list[bytes]


def run(case: Case) -> list[str]:
    """What is wrong with the handling of one case; nothing, if all is well."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / KINDS[case.kind].name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(case, path)
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            try:
                found = list(KINDS[case.kind].problems(path))
            except Exception as error:
                found = [f"raised {type(error).__name__}: {error}"[:LONGEST]]
        return found + [f"warned: {warning.message}" for warning in warned]


def write(case: Case, path: Path) -> None:
    """Write the damaged file of a case."""
    chance, kind = case.chance, KINDS[case.kind]
    path.write_bytes(kind.damaged(chance.choice(kind.wholes()), chance))


# What must hold -------------------------------------------------------------------


@cache
def examiner() -> Examiner:
    return Examiner(Projects(Configuration(budget=BUDGET)), chosen_rules)


def of_input(path: Path) -> Iterator[str]:
    made = examiner()(Candidate(str(path), named=True))
    yield from of_examined(made)


def of_saved_model(path: Path) -> Iterator[str]:
    yield from of_input(path.parent)


PACKAGE = "packaged"
MODELS = """\
import keras
from keras import layers


class Backbone(keras.Model):
    def __init__(self, filters, shape, activation="relu", dtype=None, rate=0.0, **kwargs):
        inputs = x = keras.Input(shape)
        for count in filters:
            x = layers.Dropout(rate)(layers.Conv1D(count, 3, activation=activation)(x))
        super().__init__(inputs=inputs, outputs=x, **kwargs)


class Head(keras.Model):
    def __init__(self, backbone, **kwargs):
        super().__init__(inputs=backbone.input, outputs=layers.Dense(2)(backbone.output), **kwargs)
"""


def of_stored_class(path: Path) -> Iterator[str]:
    package = path.parent / PACKAGE
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models.py").write_text(MODELS)
    opened = open_input(Candidate(str(path), named=True), Reach(BUDGET, (package,)))
    configuration = Configuration(budget=BUDGET)
    yield from of_examined(examine(opened, chosen_rules(configuration), configuration))


SESSION = """\
import keras
import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession("zoo.onnx")
name = session.get_inputs()[0].name
session.run(None, {name: np.zeros((2, 8, 3)), "x": np.zeros((8, 3))})
"""


def of_session(path: Path) -> Iterator[str]:
    program = path.with_name("serve.py")
    program.write_text(SESSION)
    yield from of_input(program)


def of_graph_model(path: Path) -> Iterator[str]:
    """A graph model whose constants lie beside it, its shapes inferred to be those of another."""
    path.with_name("group1-shard1of1.bin").write_bytes(bytes(range(9)))
    inferred = exported_models().graphs[-1]
    try:
        tensorflow_js.read(str(path), Aids(infer=lambda data: inferred))
    except (UnreadableError, NothingToReadError) as error:
        if len(str(error)) > LONGEST or "\n" in str(error):
            yield f"no clear line: {str(error)[:LONGEST]!r}"
    yield from of_input(path)


def of_examined(made: Examined) -> Iterator[str]:
    reason = made.coverage.reason or ""
    if reason.startswith("internal error"):
        yield reason
    if made.coverage.status != "checked" and (len(reason) > LONGEST or "\n" in reason or not reason):
        yield f"no clear line: {reason[:LONGEST]!r}"
    checked = gather([made], Projects(Configuration()))
    document = json.loads(json_format.render(checked.report, checked.scenes, PLAIN))
    if len(document["inputs"]) != 1:
        yield "the input is not in the document"
    concise.render(checked.report, checked.scenes, PLAIN)
    full.render(checked.report, checked.scenes, PLAIN)
    yield from of_code(checked.report)


def of_code(report: Report) -> Iterator[str]:
    statuses = {coverage.status for coverage in report.inputs}
    serious = any(finding.severity >= Severity.WARNING for finding in report.findings)
    code = report.exit_code
    if "error" in statuses or any(coverage.unread for coverage in report.inputs):
        expected = exits.ERROR
    elif "checked" in statuses:
        expected = exits.FINDINGS if serious else exits.CLEAN
    else:
        expected = exits.NOTHING
    if code != expected:
        yield f"exit code {code} instead of {expected}"


def of_settings(path: Path) -> Iterator[str]:
    folder = path.parent
    folder = folder.parent if folder.name == "house" else folder
    (folder / "house").mkdir(exist_ok=True)
    for name, content in (("pyproject.toml", SETTINGS), ("mine.yaml", "me.read:\n  returns: null\n")):
        if not (folder / name).exists():
            (folder / name).write_text(content)
    (folder / "zoo.py").write_text(PROGRAM)
    try:
        configuration = Projects().of_folder(str(folder))
        chosen_rules(configuration)
        _ = configuration.reach
        report = check([str(folder / "zoo.py")], configuration, 1).report
    except ConfigurationError as error:
        said = str(error)
        if len(said) > LONGEST + 3 * len(str(path)) or "\n" in said:
            yield f"no clear line: {said[:LONGEST]!r}"
        return
    for coverage in report.inputs:
        if coverage.reason and "internal error" in coverage.reason:
            yield coverage.reason


def of_ignores(path: Path) -> Iterator[str]:
    for name in ("a.py", "build/b.py", "gen/c/d.h5", "é/foo bar.ipynb"):
        (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (path.parent / name).touch()
    for found in discover([str(path.parent)]):
        if isinstance(found, Coverage):
            yield f"{found.path}: {found.reason}"


def of_entry(path: Path) -> Iterator[str]:
    program = path.parents[1] / "zoo.py"
    program.write_text(PROGRAM)
    store = Cache(path.parent, Configuration(), Known())
    name = store._name(Candidate(str(program)))
    assert name is not None
    path.replace(path.parent / name)
    known = store.get(Candidate(str(program)))
    if known is not None:
        yield from of_examined(known)


# Whole files ----------------------------------------------------------------------


@cache
def programs() -> list[bytes]:
    files = [*sorted((ROOT / "tests" / "programs").glob("*.py")), *sorted((ROOT / "examples").glob("*.py"))]
    return [PROGRAM.encode(), *(file.read_bytes() for file in files)]


@cache
def notebooks() -> list[bytes]:
    return [notebook(program.decode()) for program in programs()]


def notebook(program: str) -> bytes:
    lines = program.splitlines(keepends=True)
    half = len(lines) // 2
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Zoo\n"]},
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "source": ["%matplotlib inline\n", *lines[:half]],
        },
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "".join(lines[half:])},
    ]
    metadata = {"kernelspec": {"language": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


@cache
def archives() -> list[bytes]:
    return [file.read_bytes() for file in sorted((ROOT / "examples").glob("*.keras"))]


@cache
def configurations() -> list[str]:
    import zipfile

    return [zipfile.ZipFile(io.BytesIO(data)).read("config.json").decode() for data in archives()]


@cache
def hdf5_files() -> list[bytes]:
    import h5py
    import numpy as np

    found = []
    for configuration in configurations():
        made = io.BytesIO()
        with h5py.File(made, "w") as file:
            file.attrs["model_config"] = configuration
            file.attrs["keras_version"] = "2.4.0"
            weights = file.create_group("model_weights/conv1d/conv1d")
            weights["kernel:0"] = np.zeros((3, 8, 4), "float32")
            weights["bias:0"] = np.zeros((4,), "float32")
        found.append(made.getvalue())
    return found


@cache
def saved_models() -> list[bytes]:
    found = []
    for configuration in configurations():
        data = json.dumps(json.loads(configuration) | {"is_graph_network": True})
        fields = (b"root", b"_tf_keras_sequential", data.encode())
        node = b"".join(field(number, content) for number, content in zip((3, 4, 5), fields, strict=True))
        found.append(field(1, node))
    return found


def field(number: int, content: bytes) -> bytes:
    """A field of a protocol buffer that holds bytes."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(number: int) -> bytes:
    found = b""
    while number > 127:
        found += bytes([number & 127 | 128])
        number >>= 7
    return found + bytes([number])


@cache
def rule_files() -> list[bytes]:
    files = sorted((ROOT / "rules").glob("*-*.md"))
    return [re.sub(rb"(?m)^rule: .*", b"rule: my-rule", file.read_bytes(), count=1) for file in files]


@cache
def knowledge_files() -> list[bytes]:
    return [file.read_bytes() for file in sorted((ROOT / "layoutlint" / "knowledge").glob("*.yaml"))]


@cache
def entries() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "zoo.py"
        program.write_text(PROGRAM)
        store = Cache(Path(folder) / FOLDER, Configuration(), Known())
        assert store.get(Candidate(str(program))) is None
        store.put(Candidate(str(program)), examiner()(Candidate(str(program))))
        return [file.read_bytes() for file in Path(folder, FOLDER).glob("[0-9a-f]*[0-9a-f]")]


@cache
def architectures() -> list[bytes]:
    return [text.encode() for text in configurations()]


@cache
def yaml_architectures() -> list[bytes]:
    import yaml

    return [yaml.dump(json.loads(text)).encode() for text in configurations()]


@cache
def exported_models() -> Exported:
    """Files that TensorFlow's exporters write, made in a process of their own: it takes seconds to import."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "tests.fuzz.exporters", folder], cwd=ROOT, check=True, capture_output=True
        )
        place = Path(folder)
        return Exported(
            [file.read_bytes() for file in sorted(place.glob("*.pb"))],
            [file.read_bytes() for file in sorted(place.glob("*.tflite"))],
        )


@cache
def weights_files() -> list[bytes]:
    """Weights without an architecture: as Keras 3 numbers them, and as Keras 2 names them."""
    import h5py
    import numpy as np

    found = []
    for numbered in (True, False):
        made = io.BytesIO()
        with h5py.File(made, "w") as file:
            if not numbered:
                file.attrs["layer_names"] = np.array([b"conv1d", b"dense"])
            for name, sizes in {"conv1d": (3, 5, 8), "dense": (240, 3)}.items():
                group = file.create_group(f"layers/{name}/vars" if numbered else f"{name}/{name}")
                group.attrs["name"] = name
                group["0" if numbered else "kernel:0"] = np.zeros(sizes)
                group["1" if numbered else "bias:0"] = np.zeros(sizes[-1:])
        found.append(made.getvalue())
    return found


@cache
def weights_lists() -> list[bytes]:
    listed = {f"/layers/dense_{number}/vars": [f"zoo_{number % 3:05}.weights.h5"] for number in range(20)}
    return [json.dumps({"metadata": {"total_size": 7}, "weight_map": listed}).encode()]


@cache
def onnx_models() -> list[bytes]:
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    kernel = numpy_helper.from_array(np.zeros((4, 3, 3), "float32"), "kernel")
    dense = numpy_helper.from_array(np.zeros((2, 4), "float32"), "dense")
    nodes = [
        helper.make_node("Transpose", ["x"], ["t"], "turn", perm=[0, 2, 1]),
        helper.make_node("Conv", ["t", "kernel"], ["c"], "conv", pads=[1, 1]),
        helper.make_node("GlobalMaxPool", ["c"], ["g"], "pool"),
        helper.make_node("Flatten", ["g"], ["f"], "flat"),
        helper.make_node("Gemm", ["f", "dense"], ["y"], "answer", transB=1),
    ]
    given = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 8, 3])]
    returned = [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 2])]
    made = helper.make_model(helper.make_graph(nodes, "net", given, returned, [kernel, dense]))
    return [made.SerializeToString(), recurrent_onnx_model()]


def recurrent_onnx_model() -> bytes:
    """A model of operators that become several steps each."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    sizes = {"up": (3, 4, 4), "w": (2, 20, 4), "r": (2, 20, 5), "v": (1, 9, 10), "q": (1, 9, 3)}
    constants = [numpy_helper.from_array(np.zeros(each, "float32"), name) for name, each in sizes.items()]
    constants.append(numpy_helper.from_array(np.array([0, 0, -1]), "flat"))
    constants.append(numpy_helper.from_array(np.array([0]), "axis"))
    nodes = [
        helper.make_node("ConvTranspose", ["x", "up"], ["a"], "up", strides=[2], pads=[1, 1]),
        helper.make_node("Transpose", ["a"], ["b"], "turn", perm=[2, 0, 1]),
        helper.make_node(
            "LSTM", ["b", "w", "r"], ["c", "", "cell"], "lstm", hidden_size=5, direction="bidirectional"
        ),
        helper.make_node("Transpose", ["c"], ["d"], "swap", perm=[0, 2, 1, 3]),
        helper.make_node("Reshape", ["d", "flat"], ["e"], "join"),
        helper.make_node("GRU", ["e", "v", "q"], ["", "f"], "gru", hidden_size=3, direction="reverse"),
        helper.make_node("Squeeze", ["f", "axis"], ["y"], "last"),
    ]
    given = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3, 8])]
    returned = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("y", "cell")]
    made = helper.make_model(helper.make_graph(nodes, "net", given, returned, constants))
    return bytes(made.SerializeToString())


@cache
def stored_classes() -> list[bytes]:
    arguments = {
        "filters": [4, 8],
        "shape": {"class_name": "__tuple__", "items": [64, 2]},
        "activation": {"module": "builtins", "class_name": "function", "config": "relu"},
        "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}},
        "rate": 0.5,
    }
    backbone = {"module": f"{PACKAGE}.models", "class_name": "Backbone", "config": arguments}
    whole = {"module": f"{PACKAGE}.models", "class_name": "Head", "config": {"backbone": backbone}}
    return [json.dumps(each | {"registered_name": f"{PACKAGE}>Model"}).encode() for each in (backbone, whole)]


@cache
def graph_models() -> list[bytes]:
    shape = {"dim": [{"size": "2"}]}
    nodes = [
        {"name": "x", "op": "Placeholder", "attr": {"dtype": {"type": "DT_FLOAT"}}},
        {"name": "axes", "op": "Const", "attr": {"value": {"tensor": {"tensorShape": shape}}}},
        {"name": "mean", "op": "Mean", "input": ["x", "axes"]},
    ]
    weights = [{"name": "axes", "shape": [2], "dtype": "int32"}, {"name": "k", "shape": [3], "dtype": "bool"}]
    manifest = [{"paths": ["group1-shard1of1.bin"], "weights": weights}]
    model = {"format": "graph-model", "modelTopology": {"node": nodes}, "weightsManifest": manifest}
    return [json.dumps(model).encode()]


KINDS = {
    "program": Kind("zoo.py", programs, damage.program, of_input),
    "notebook": Kind("zoo.ipynb", notebooks, damage.encoded, of_input),
    "archive": Kind("zoo.keras", archives, damage.archive, of_input),
    "hdf5": Kind("zoo.h5", hdf5_files, damage.data, of_input),
    "weights": Kind("zoo.weights.h5", weights_files, damage.data, of_input),
    "weights-list": Kind("zoo.weights.json", weights_lists, damage.encoded, of_input),
    "architecture": Kind("zoo.json", architectures, damage.encoded, of_input),
    "yaml": Kind("zoo.yaml", yaml_architectures, damage.encoded, of_input),
    "saved-model": Kind("zoo/keras_metadata.pb", saved_models, damage.encoded, of_saved_model),
    "exported": Kind("zoo.pb", lambda: exported_models().graphs, damage.data, of_input),
    "tflite": Kind("zoo.tflite", lambda: exported_models().lite, damage.data, of_input),
    "onnx": Kind("zoo.onnx", onnx_models, damage.data, of_input),
    "session": Kind("zoo.onnx", onnx_models, damage.data, of_session),
    "stored-class": Kind("zoo.json", stored_classes, damage.encoded, of_stored_class),
    "graph-model": Kind("model.json", graph_models, damage.encoded, of_graph_model),
    "settings": Kind("pyproject.toml", lambda: [SETTINGS.encode()], damage.encoded, of_settings),
    "rule": Kind("house/my-rule.md", rule_files, damage.encoded, of_settings),
    "knowledge": Kind("mine.yaml", knowledge_files, damage.encoded, of_settings),
    "ignores": Kind(".gitignore", lambda: [IGNORES.encode()], damage.encoded, of_ignores),
    "entry": Kind(f"{FOLDER}/entry", entries, damage.encoded, of_entry),
}


def prepare() -> None:
    """Make all whole files, and load what examining them loads, before workers are forked."""
    for kind in KINDS.values():
        assert kind.wholes()
    for path in ("zoo.py", "zoo.keras"):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / path
            place.write_bytes(programs()[0] if path == "zoo.py" else archives()[0])
            examiner().prepare(Candidate(os.fspath(place)))
