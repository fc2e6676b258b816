"""ONNX: a Keras model converted, or a file next to the program, and a session that is given arrays by name.

Every array that ``session.run`` gets goes into the graph as an operation of its own that knows the input.
Source: "ONNX Runtime, InferenceSession", https://onnxruntime.ai/docs/api/python/api_summary.html: an array
has the rank of the input and all its sizes but the free ones, under exactly its name.
"""

from __future__ import annotations

from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import to_tensors
from layoutlint.interpreter.core.values import LibraryObject, Rest, Unknown, Value
from layoutlint.interpreter.keras.tflite import held_inputs, inputs_of, model_of, note_fed
from layoutlint.interpreter.libraries.paths import keep
from layoutlint.model.graph import Tensor

CONVERTED: Final = "onnx.ModelProto"
SESSION: Final = "onnxruntime.InferenceSession"
INPUT: Final = "onnxruntime.NodeArg"
RUN: Final = "session_run"

UNDERSTOOD: Final = frozenset(["model", "input_signature", "opset", "output_path"])
"""The arguments of ``from_keras`` and ``from_function`` that leave the inputs as they are."""


def _convert(site: Site, arguments: Arguments) -> Value:
    unsure = arguments.open or len(arguments.positional) > 2 or arguments.keywords.keys() - UNDERSTOOD
    signature = arguments.get(1, "input_signature", None)
    model = arguments.get(0, "model") if signature is None else _specified(signature)
    state: dict[str, Value] = {"model": Unknown("a converted model") if unsure else model}
    made = LibraryObject(CONVERTED, site.origin, site.journal.born(state))
    keep(site, arguments.keywords.get("output_path"), made)
    return made, Unknown("tensors")


def _saved(site: Site, arguments: Arguments) -> Value:
    """Return what ``onnx.save(model, path)`` returns."""
    keep(site, arguments.get(1, "f"), arguments.get(0, "proto"))
    return None


def _specified(signature: Value) -> Value:
    """Return the arrays that a list of ``tf.TensorSpec`` describes."""
    specs = signature if isinstance(signature, list | tuple) else ()
    return tuple(
        [(each.array if isinstance(each, LibraryObject) else None) or Tensor(None) for each in specs]
    )


def _converted(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    return made if name == "SerializeToString" else site.lost(f"{name} of an ONNX model")


def _session(site: Site, arguments: Arguments) -> Value:
    converted = arguments.get(0, "path_or_bytes")
    known: dict[str, Value] = {
        "inputs": tuple(inputs_of(site, converted)),
        "model": model_of(site, converted),
    }
    return LibraryObject(SESSION, site.origin, site.journal.born(known))


def _name(wanted: Tensor) -> str | None:
    """Return what an input is called in its file; None for one that the converter names."""
    producer = wanted.producer
    is_from_file = producer is not None and producer.origin.locate().layer is not None
    return producer.layer.name if is_from_file and producer is not None else None


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    match name:
        case "get_inputs":
            known = [_described(site, wanted, place) for place, wanted in enumerate(held_inputs(made))]
            return site.list_of(known or [Rest(Unknown("inputs"))])
        case "run":
            _run(site, made, arguments.get(1, "input_feed"))
            return site.lost("what a session computes")
        case _:
            return site.lost(f"{name} of a session")


def _described(site: Site, wanted: Tensor, place: int) -> Value:
    shape: Value = Unknown("shape") if wanted.shape is None else site.list_of([*wanted.shape.sizes])
    # where the name is not known, one name stands for one input
    name: Value = _name(wanted) or f"input {place}"
    return LibraryObject(INPUT, site.origin, site.journal.born({"name": name, "shape": shape}))


def _attribute(site: Site, made: LibraryObject, name: str) -> Value:
    return made.state.get(name) or site.lost(f"{name} of an input")


def _run(site: Site, made: LibraryObject, feed: Value) -> None:
    """Note what every input is fed, or that it is fed under another name."""
    inputs = held_inputs(made)
    if not inputs or not isinstance(feed, dict) or not all(isinstance(key, str) for key in feed):
        return
    names = {_name(wanted) or f"input {place}": wanted for place, wanted in enumerate(inputs)}
    fed = {str(name): to_tensors(array) for name, array in feed.items()}
    for name, array in fed.items():
        if name in names and isinstance(array, Tensor):
            note_fed(site, RUN, made, names[name], array)
    if all(map(_name, inputs)) and not fed.keys() <= names.keys():
        site.noted(RUN, {"input_names": ", ".join(names), "fed_names": ", ".join(fed)}, [])


LIBRARY = Library(
    "ONNX Runtime",
    functions={
        "tf2onnx.convert.from_keras": _convert,
        "tf2onnx.convert.from_function": _convert,
        "onnx.save": _saved,
        "onnx.save_model": _saved,
        SESSION: _session,
    },
    kinds={
        CONVERTED: Kind(method=_converted),
        SESSION: Kind(method=_method),
        INPUT: Kind(attribute=_attribute),
    },
)
