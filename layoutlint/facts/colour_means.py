"""Facts about the means of ImageNet that are subtracted from images: each colour has its own.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others. Sources: the
``caffe`` and ``torch`` modes of ``keras/src/applications/imagenet_utils.py``.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.inference.pixels import numbers_in, pixels_at_first
from layoutlint.model.graph import Tensor

MEANS: Final = ((103.939, 116.779, 123.68), (0.406, 0.456, 0.485))
"""Of blue, green and red, from 0 to 255 and from 0 to 1."""
NEAR: Final = 0.012
"""How far a rounded mean may be from its own, as a share of it."""
ORDERS: Final = ("BGR", "RGB")


def _may_subtract(view: LayerView) -> bool:
    return view.layer.class_name == "subtract"


def _is_near(number: float, mean: float) -> bool:
    return abs(number - mean) <= NEAR * mean


def _order_of(numbers: tuple[float, ...]) -> str:
    """Return the order of the colours whose means three numbers are; the empty text for others."""
    for means in MEANS:
        for order, wanted in zip(ORDERS, (means, means[::-1]), strict=True):
            if len(numbers) == 3 and all(map(_is_near, numbers, wanted)):
                return order
    return ""


def _order_by_one(number: object, channel: object) -> str:
    """Return the order in which the mean of one colour belongs to a channel; none for the middle one."""
    if not isinstance(number, int | float) or channel not in (0, 2):
        return ""
    for blue, _, red in MEANS:
        for colour, mean in (("B", blue), ("R", red)):
            if _is_near(number, mean):
                return next(order for order in ORDERS if order[int(channel == 2) * 2] == colour)
    return ""


def _orders(view: LayerView) -> tuple[str, str] | None:
    """Return the order of the subtracted means and that of the image's colours, where they differ."""
    tensors = view.call.input_tensors
    if not _may_subtract(view) or not tensors:
        return None
    image, means = tensors[0], ""
    if len(tensors) == 2:
        means = _order_of(numbers_in(tensors[1]))
    elif isinstance(given := view.layer.config.get("x2"), list | tuple):
        means = _order_of(tuple(number for number in given if isinstance(number, int | float)))
    elif (picked := _channel(image)) is not None:
        image, channel = picked
        means = _order_by_one(given, channel)
    pixels = pixels_at_first(image) if means else None
    if pixels is None or pixels.colours not in ORDERS or pixels.colours == means:
        return None
    return means, pixels.colours


def _channel(tensor: Tensor) -> tuple[Tensor, object] | None:
    """Return the image and the place of the channel that was picked of it: ``image[..., 0]``."""
    made = tensor.producer
    key = made.layer.config.get("key") if made is not None else None
    if made is None or made.layer.class_name != "getitem" or not isinstance(key, tuple) or not key:
        return None
    image = made.input_tensors[0]
    if image.shape is None or image.shape[-1].role != "channels":
        return None
    return (image, key[-1]) if Ellipsis in key or len(key) == image.shape.rank else None


@TABLE.fact(
    Type.TEXT,
    "for a subtraction of the means of ImageNet's colours: their order (`BGR`, `RGB`), where the image has "
    "its colours in another one; the empty text for all else",
    ("", *ORDERS),
    of_class=_may_subtract,
)
def order_of_means(view: LayerView) -> Value:
    found = _orders(view)
    return "" if found is None else found[0]


@TABLE.fact(Type.TEXT, "the order of an image's colours, where `order_of_means` is another", ORDERS)
def order_of_colours(view: LayerView) -> Value:
    found = _orders(view)
    return UNKNOWN if found is None else found[1]
