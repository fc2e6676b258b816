"""TensorFlow Lite: a Keras model converted, and an interpreter that is given arrays for its inputs.

``set_tensor`` goes into the graph as an operation of its own that takes the array and knows the input.
Source: "tf.lite.Interpreter", https://www.tensorflow.org/lite/api_docs/python/tf/lite/Interpreter: the array
must have the very shape of the input, in which a free size is 1.
"""

from __future__ import annotations

from typing import Final, TypeGuard

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import to_tensors
from layoutlint.interpreter.core.values import LibraryObject, ModelValue, Rest, Unknown, Value
from layoutlint.interpreter.keras.feeding import feed
from layoutlint.interpreter.keras.load_model import network_in
from layoutlint.interpreter.keras.saved_before import by_another, by_itself, saved_models
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor, flatten

CONVERTER, CONTENT, INTERPRETER = (
    "tensorflow.lite.TFLiteConverter",
    "bytes of a model",
    "tensorflow.lite.Interpreter",
)
SET_TENSOR: Final = "set_tensor"
QUANTISED: Final = "inference_input_type"
"""The attribute of a converter that makes other values of the inputs."""
PLACES: Final = ("tensorflow.lite.", "tflite_runtime.interpreter.", "ai_edge_litert.interpreter.")


def _converter(site: Site, arguments: Arguments) -> Value:
    return LibraryObject(CONVERTER, site.origin, site.journal.born({"model": arguments.get(0, "model")}))


def _converter_of_saved(site: Site, arguments: Arguments) -> Value:
    """Return ``from_saved_model(path)``, of a model that the program, or another one, saved there."""
    path = arguments.get(0, "saved_model_dir")
    model = by_itself(site.evaluator, saved_models, path) or by_another(site.evaluator, saved_models, path)
    return LibraryObject(CONVERTER, site.origin, site.journal.born({"model": model}))


def _set_attribute(ev: Evaluator, made: LibraryObject, name: str, value: Value) -> None:
    if name == QUANTISED:
        ev.journal.touch(made.state)
        made.state[QUANTISED] = True


def _convert(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name != "convert":
        return site.lost(f"{name} of a converter")
    return LibraryObject(CONTENT, site.origin, site.journal.born(dict(made.state)))


def _interpreter(site: Site, arguments: Arguments) -> Value:
    path, content = arguments.get(0, "model_path", None), arguments.get(1, "model_content", None)
    converted = path if content is None else content
    inputs: Value = tuple([_with_one_sample(tensor) for tensor in inputs_of(site, converted)])
    known: dict[str, Value] = {"inputs": inputs, "model": model_of(site, converted)}
    return LibraryObject(INTERPRETER, site.origin, site.journal.born(known))


def model_of(site: Site, converted: Value) -> ModelValue | None:
    """Return the model of the program itself that was converted, if its inputs are left as they are."""
    known = by_itself(site.evaluator, saved_models, converted) or converted
    model = known.state["model"] if _is_content(known) and not known.state.get(QUANTISED) else None
    return model if isinstance(model, ModelValue) else None


def inputs_of(site: Site, converted: Value) -> list[Tensor]:
    """Return the inputs of a converted model: of its bytes, of what the program wrote to a path, of the file
    that is there, or of what another program writes there; none where they are not known.
    """
    known = by_itself(site.evaluator, saved_models, converted) or converted
    if not _is_content(known):
        network = network_in(site, converted)
        if not isinstance(network, str):
            return network.input_tensors
        known = by_another(site.evaluator, saved_models, converted)
    model = known.state["model"] if _is_content(known) else None
    inputs = model.state.get("inputs") if isinstance(model, ModelValue) else model
    return [tensor for tensor in flatten(inputs) if isinstance(tensor, Tensor)]


def _is_content(known: Value) -> TypeGuard[LibraryObject]:
    return isinstance(known, LibraryObject) and "model" in known.state


def _with_one_sample(tensor: Tensor) -> Tensor:
    shape = tensor.shape
    if shape is None:
        return tensor
    return Tensor(Shape(axis.sized(1) if axis.size is None else axis for axis in shape))


def held_inputs(made: LibraryObject) -> list[Tensor]:
    """Return the inputs of the model that an interpreter or a session runs; none where they are not known."""
    """Return the inputs of the model that an interpreter or a session runs; none where they are not known."""
    found = made.state.get("inputs")
    return [item for item in found if isinstance(item, Tensor)] if isinstance(found, tuple) else []


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    match name:
        case "get_input_details":
            known = [_details(place, wanted) for place, wanted in enumerate(held_inputs(made))]
            return site.list_of(known or [Rest(Unknown("input_details"))])
        case "resize_tensor_input":
            site.journal.touch(made.state)
            made.state["inputs"] = ()
            return None
        case "set_tensor":
            _note(site, made, arguments)
            return None
        case "allocate_tensors" | "invoke":
            return None
        case _:
            return site.lost(f"{name} of an interpreter")


def _details(place: int, wanted: Tensor) -> Value:
    shape: Value = Unknown("shape") if wanted.shape is None else wanted.shape.sizes
    details: dict[Value, Value] = {"index": place, "shape": shape}
    return details | {"name": Unknown("name"), "dtype": Unknown("dtype")}


def _note(site: Site, made: LibraryObject, arguments: Arguments) -> None:
    place, array = arguments.get(0, "tensor_index"), to_tensors(arguments.get(1, "value"))
    inputs = held_inputs(made)
    if not isinstance(place, int) or not 0 <= place < len(inputs) or not isinstance(array, Tensor):
        return
    note_fed(site, SET_TENSOR, made, inputs[place], array)


def note_fed(site: Site, what: str, made: LibraryObject, wanted: Tensor, array: Tensor) -> None:
    """Note in the graph that an input of a converted model is fed with an array; where the array fits, the
    model of the program that was converted gets it too.
    """
    if wanted.shape is None or array.shape is None:
        return
    site.noted(what, {"wanted": wanted.shape.sizes}, [array])
    model = made.state.get("model")
    if isinstance(model, ModelValue) and len(held_inputs(made)) == 1 and _fits(wanted.shape, array.shape):
        feed(site, model, what, Arguments((array,)))


def _fits(wanted: Shape, given: Shape) -> bool:
    pairs = zip(wanted.sizes, given.sizes, strict=False)
    return wanted.rank == given.rank and all(a is None or sizes.equal(a, b) is not False for a, b in pairs)


_FUNCTIONS = {
    f"{CONVERTER}.from_keras_model": _converter,
    f"{CONVERTER}.from_saved_model": _converter_of_saved,
    **{f"{place}Interpreter": _interpreter for place in PLACES},
}

LIBRARY = Library(
    "TensorFlow Lite",
    functions=_FUNCTIONS,
    kinds={CONVERTER: Kind(method=_convert, set_attribute=_set_attribute), INTERPRETER: Kind(method=_method)},
)
