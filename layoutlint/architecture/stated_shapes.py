"""What a file states about shapes: inputs as declared, the shapes that layers were built for, and how
far both are believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from layoutlint.architecture.config_values import Json, shape
from layoutlint.architecture.layer_config import INPUT_SHAPES
from layoutlint.inference import trained_weights
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Layer, Tensor, map_nested
from layoutlint.model.sizes import Expression


def declared_input(data: Mapping[str, Json]) -> tuple[str | None, Shape | None]:
    config = data.get("config")
    if isinstance(config, dict):
        for name in INPUT_SHAPES:
            if config.get(name) is not None:
                found = shape(config[name])
                if found is not None:
                    return name, found
    return None, None


def _built_input(data: Mapping[str, Json]) -> Json:
    """Return the input shape for which a layer or model was built, or a list of them, as the file has it."""
    built = data.get("build_config")
    return built.get("input_shape") if isinstance(built, dict) else None


def _of_any_batch(written: Json) -> Shape | None:
    found = shape(written)
    return Shape((Axis(None), *found[1:])) if found else None


def built_shape(data: Mapping[str, Json]) -> Shape | None:
    return _of_any_batch(_built_input(data))


def built_for_several(data: Mapping[str, Json]) -> list[Shape]:
    """Return the shapes for which a layer was built that takes a list; none where it takes one tensor."""
    written = _built_input(data)
    if not isinstance(written, list) or not all(isinstance(each, list) for each in written):
        return []
    found = [made for each in written if (made := _of_any_batch(each)) is not None]
    return found if len(found) == len(written) else []


def given_shape(config: Mapping[str, Json]) -> Shape | None:
    """Return the input shape for which a model was built, from the serialised model around its
    configuration.
    """
    found = shape(_built_input(config))
    if found is None and isinstance(config.get("config"), dict):
        found = shape(config["config"].get("build_input_shape"))
    return found


def believe(
    call: Call, stated: Mapping[int, Shape], followers: Iterable[Mapping[str, Json]], count: int
) -> None:
    """Put in what the file states about the outputs of a call; ``followers`` are the layers that take them,
    and were built for them.
    """
    tensors = call.output_tensors
    if count > len(tensors) and all(tensor.shape is None for tensor in tensors):
        tensors = [Tensor(None, call, call.origin) for _ in range(count)]
        call.outputs = list(tensors)
    if not stated and len(tensors) == 1 and tensors[0].shape is None:
        built = next((found for each in followers if (found := built_shape(each)) is not None), None)
        # another use of the same layer may have had another batch
        stated = {0: Shape((Axis(None), *built[1:]))} if built else {}
    if not stated:
        return
    call.declared = stated.get(0)
    replaced = {
        id(tensor): Tensor(_merged(tensor.shape, stated[index]), call, tensor.origin, tensor.name)
        for index, tensor in enumerate(tensors)
        if index in stated and (tensor.shape is None or tensor.shape.sizes != stated[index].sizes)
    }
    call.outputs = map_nested(lambda tensor: replaced.get(id(tensor), tensor), call.outputs)
    if len(stated) >= len(tensors):
        # Keras built it, so it took this input, whatever we think
        call.error = None


def believe_weights(call: Call, taker: Layer) -> None:
    """Put in what the trained weights of the layer that takes the output of a call say of it."""
    tensors = call.output_tensors
    if len(tensors) != 1 or not isinstance(tensors[0], Tensor):
        return
    (tensor,) = tensors
    if tensor.shape is not None and tensor.shape.is_known:
        return
    found = trained_weights.input_of(taker, tensor.shape)
    if found is not None:
        call.outputs = Tensor(found, call, tensor.origin, tensor.name)


def _merged(inferred: Shape | None, stated: Shape) -> Shape:
    """Return the stated sizes, as far as they are known, on the inferred axes, which know more
    about roles.
    """
    if inferred is None or inferred.rank != stated.rank:
        return stated
    return Shape(
        axis if isinstance(other.size, Expression) else axis.sized(other.size)
        for axis, other in zip(inferred, stated, strict=True)
    )
