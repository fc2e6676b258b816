"""Facts about the networks of ``keras.applications``: what Keras refuses of their arguments, and why.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.purpose import stops_on_purpose


def _refused(view: LayerView, name: str) -> Value:
    error = view.call.error
    return UNKNOWN if error is None else error.facts.get(name, UNKNOWN)


@TABLE.fact(
    Type.TEXT,
    "for a network of keras.applications, what Keras refuses: `minimum` (the image is too small), "
    "`channels` (pretrained weights need 3), `order` (the channels are on the wrong side), `top` "
    "(pretrained weights with the top need one size), `classes` (and 1000 classes), `rank` (not three "
    "numbers), `open` (a size that must be known), `format` (channels first); the empty text if nothing",
    ("", "minimum", "channels", "order", "top", "classes", "rank", "open", "format"),
)
def backbone_refusal(view: LayerView) -> Value:
    if view.call.layer.kind != "model" or stops_on_purpose(view.call):
        return ""
    found = _refused(view, "refusal")
    return "" if found is UNKNOWN else found


@TABLE.fact(Type.TEXT, "for `backbone_refusal`: the input shape that the network is given, without the batch")
def backbone_given(view: LayerView) -> Value:
    return _refused(view, "given")


@TABLE.fact(Type.TEXT, "for the refusal `top`: the input shape that the network takes")
def backbone_wanted(view: LayerView) -> Value:
    return _refused(view, "wanted")


@TABLE.fact(
    Type.NUMBER, "for the refusal `minimum`: the smallest number of pixels a side that the network takes"
)
def backbone_minimum(view: LayerView) -> Value:
    return _refused(view, "minimum")


@TABLE.fact(Type.SIZE, "for the refusal `channels`: the channels that the network is given")
def backbone_channels(view: LayerView) -> Value:
    return _refused(view, "channels")


@TABLE.fact(
    Type.TRUTH, "the author did not write `weights=`: a network of keras.applications then has ImageNet's"
)
def weights_by_default(view: LayerView) -> Value:
    return "weights" not in view.call.layer.written


@TABLE.fact(Type.NUMBER, "for the refusal `rank`: how many numbers the author gave as the input shape")
def backbone_given_rank(view: LayerView) -> Value:
    given = _refused(view, "given")
    return UNKNOWN if given is UNKNOWN else len([part for part in given.strip("(),").split(",") if part])
