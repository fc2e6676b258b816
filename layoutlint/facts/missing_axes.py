"""Facts about an input that lacks the axis of time: single images where a sequence of them is read.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import STEPWISE
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model.errors import ErrorKind
from layoutlint.model.sizes import Size

WITHOUT_TIME: Final = {
    "ConvLSTM1D": "Conv1D",
    "ConvLSTM2D": "Conv2D",
    "ConvLSTM3D": "Conv3D",
    "Conv3D": "Conv2D",
    "MaxPooling3D": "MaxPooling2D",
    "AveragePooling3D": "AveragePooling2D",
    "GlobalMaxPooling3D": "GlobalMaxPooling2D",
    "GlobalAveragePooling3D": "GlobalAveragePooling2D",
}
CHANNEL_COUNTS: Final = (1, 3, 4)


def _sizes(view: LayerView) -> tuple[Size, ...] | None:
    """Return the sizes of one sample where time is missing; None everywhere else."""
    error, tensor = view.call.error, view.tensor
    if error is None or error.kind != ErrorKind.RANK or tensor is None or tensor.shape is None:
        return None
    wanted, got = error.facts.get("expected"), error.facts.get("found")
    if not isinstance(wanted, int) or not isinstance(got, int) or wanted - got != 1:
        return None
    sizes = tensor.shape.sizes[1:]
    if len(sizes) < 2 or sizes[-1] not in CHANNEL_COUNTS:
        return None  # it may as well be the channels that are missing
    reads_pictures = "kernel_size" in view.layer.config or view.layer.network is not None
    stepwise = view.call.layer.class_name == STEPWISE and reads_pictures
    return sizes if stepwise or view.layer.class_name in WITHOUT_TIME else None


@TABLE.fact(
    Type.TEXT, "for single images where a sequence is read: the shape with its steps: `(steps, 64, 64, 3)`"
)
def shape_with_time(view: LayerView) -> Value:
    sizes = _sizes(view)
    return UNKNOWN if sizes is None else f"(steps, {shown(sizes)[1:-1]})"


@TABLE.fact(Type.TEXT, "for single images where a sequence is read: the layer that reads single ones")
def layer_without_time(view: LayerView) -> Value:
    if _sizes(view) is None:
        return UNKNOWN
    return WITHOUT_TIME.get(view.layer.class_name, view.layer.class_name)
