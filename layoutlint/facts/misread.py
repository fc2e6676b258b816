"""Facts about layers over images: whether the channels stand where the layer reads them, by their roles.

Sizes say little: 8 sensors in front of 64 x 64 values may be 8 rows. Where the data or the names say which
axis holds the channels, any number of them is told apart from the spatial axes, in both orders.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from layoutlint.facts.data_formats import format_of, keeps_order
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import CHANNELS, SPATIAL, TABLE, LayerView
from layoutlint.facts.roles import FEATURES, TIME, AxisRole, roles_of, slides
from layoutlint.facts.roles import SPATIAL as PLACES
from layoutlint.facts.spelled import data_text

MIN_RANK: Final = 4
"""Layers over sequences have a chapter of their own."""


class Misread(Struct, frozen=True):
    """Channels that a layer reads as a spatial axis, and the spatial axis that it reads as channels."""

    read_as: str
    channels: AxisRole
    spatial: AxisRole
    place: int
    """The axis that holds the channels, counted from 0, the batch counted."""

    @property
    def basis(self) -> str:
        return "data" if self.channels.basis == self.spatial.basis == "data" else "names"


def _computed(index: Index) -> frozenset[int]:
    """Return the ids of the tensors over all of which a window has slid: their axes have computed roles
    alone.
    """
    found: set[int] = set()
    for call in index.graph.calls:
        inputs = call.input_tensors
        if slides(call) or (inputs and keeps_order(call) and all(id(each) in found for each in inputs)):
            found.update(map(id, call.output_tensors))
    return frozenset(found)


def _misread(view: LayerView) -> Misread | None:
    if view.tensor is None or view.shape is None or len(view.names) < MIN_RANK:
        return None
    if format_of(view.index, view.call) is UNKNOWN or id(view.tensor) in view.index.once(_computed):
        return None
    told = roles_of(view.index, view.tensor)
    told = (*told[:1], *told[1 + view.hidden :])
    roles = {
        name: (place, role)
        for place, (name, role) in enumerate(zip(view.names, told, strict=False))
        if place and role is not None and not role.computed
    }
    _, taken = next((roles[name] for name in CHANNELS if name in roles), (0, None))
    if taken is None or not (taken.role in PLACES | TIME or taken.role == "samples"):
        return None
    for name, (place, role) in roles.items():
        if name in SPATIAL and role.role in FEATURES:
            return Misread(name, role, taken, place + view.hidden)
    return None


@TABLE.fact(
    Type.TEXT,
    "for a layer over images: the spatial axis (`height`) as which it reads the channels, by the data or "
    "their name, while it reads a spatial axis as channels; the empty text if there is none",
)
def channels_read_as(view: LayerView) -> Value:
    found = _misread(view)
    return "" if found is None else found.read_as


@TABLE.fact(
    Type.TEXT,
    "for `channels_read_as`: what tells the roles, the `data` or the `names`",
    ("", "data", "names"),
)
def channels_told_by(view: LayerView) -> Value:
    found = _misread(view)
    return "" if found is None else found.basis


@TABLE.fact(Type.TEXT, "for `channels_read_as`: what tells that an axis holds the channels, in words")
def channels_said(view: LayerView) -> Value:
    found = _misread(view)
    if found is None:
        return UNKNOWN
    evidence = found.channels.evidence
    return evidence[-1].message if evidence else "its name counts channels"


@TABLE.fact(Type.TEXT, "for `channels_read_as`: the call that moves the channels of the data, as code")
def channels_moved(view: LayerView) -> Value:
    found = _misread(view)
    if found is None:
        return UNKNOWN
    to = 1 if format_of(view.index, view.call) == "channels_first" else -1
    return f"np.moveaxis({data_text(view)}, {found.place if to == -1 else -1}, {to})"
