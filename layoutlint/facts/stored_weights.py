"""Facts about the trained weights that a saved model holds: whether they are those of the declared shapes.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others. A bias is never
asked: it follows the kernel, and what kernels there are beside it changed from version to version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.layer_view import CHANNELS, TABLE, LayerView
from layoutlint.facts.trace import upstream
from layoutlint.inference.trained_weights import Sizes, Stored, Weight, paired
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor, map_nested
from layoutlint.model.sizes import Size

_NUMBERS: Final = tuple(map(str, range(10)))

NOT_ASKED: Final = ("bias", "lora_kernel_a", "lora_kernel_b")

CONVOLUTIONS: Final = ("Conv1D", "Conv2D", "Conv3D")
TRANSPOSED: Final = ("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose")


def needed_weights(view: LayerView, shape: Shape | None) -> Mapping[str, Sizes] | None:
    """Return the weights that a layer of this configuration has for this input; None where nobody can say."""
    spec = view.spec
    if spec is None:
        return None
    arguments, fed = view.arguments, shape
    if spec.many:
        keywords = map_nested(_shape_of, dict(view.call.keywords))
        arguments = LayerArguments(view.layer.class_name, view.layer.config, keywords)
        fed = map_nested(_shape_of, view.call.inputs)
    elif shape is None or not view.names:
        return None  # of unknown rank, or of one that the layer is not for
    return spec.weights_for(arguments, fed)


def _shape_of(value: Any) -> Any:
    return value.shape if isinstance(value, Tensor) else value


def trained_shapes(view: LayerView) -> Stored | None:
    """Return the shapes of the weights that a file holds for a layer: its own, or one that is loaded."""
    loaded = view.index.loaded.get(id(view.layer))
    return view.layer.stored or (loaded.shapes if loaded is not None else None)


def stored_weights(view: LayerView, shape: Shape | None) -> list[Weight] | None:
    """Return the stored weights beside the needed ones; None where they cannot be told apart."""
    stored = trained_shapes(view)
    needed = needed_weights(view, shape) if stored else None
    found = paired(stored, needed) if stored and needed is not None else None
    return None if found is None else [weight for weight in found if not _is_passed_over(weight)]


def _is_passed_over(weight: Weight) -> bool:
    return weight.name.rpartition("/")[2] in NOT_ASKED


def _has_weights(index: Index) -> bool:
    """Tell whether there are trained weights for any layer of a graph."""
    return bool(index.loaded) or any(unwrapped(call.layer)[0].stored for call in index.graph.calls)


def _fits_in_order(stored: Stored, needed: Mapping[str, Sizes]) -> bool:
    """Tell whether numbered weights are, one by one, the needed ones: those of nearly every layer are."""
    return _NUMBERS[: len(stored)] == (*stored,) and (*stored.values(),) == (*needed.values(),)


def _misfit(view: LayerView) -> Weight | None:
    """Return the first stored weight that contradicts the layer's configuration and input."""
    stored = trained_shapes(view)
    needed = needed_weights(view, view.shape) if stored else None
    if not stored or needed is None or _fits_in_order(stored, needed):
        return None
    weights = stored_weights(view, view.shape)
    return next((weight for weight in weights or () if not weight.fits), None)


@TABLE.fact(
    Type.TRUTH,
    "whether the trained weights that a saved model holds contradict the layer's configuration and its input "
    "shape, and those of no layer before it do",
    of_graph=_has_weights,
)
def weights_contradict(view: LayerView) -> Value:
    if not trained_shapes(view):
        return UNKNOWN
    if _misfit(view) is None:
        return False
    return all(_misfit(LayerView(view.index, before)) is None for before in upstream(view.call))


@TABLE.fact(
    Type.TEXT,
    "the file from which the program loads the layer's weights, as it calls it; the empty text for none",
    of_graph=lambda index: bool(index.loaded),
)
def loaded_from(view: LayerView) -> Value:
    loaded = view.index.loaded.get(id(view.layer))
    return "" if loaded is None else loaded.file


@TABLE.fact(Type.TEXT, "for trained weights that contradict: the first that does: `kernel`")
def trained_weight(view: LayerView) -> Value:
    found = _misfit(view)
    return UNKNOWN if found is None else found.name


@TABLE.fact(Type.LIST, "for trained weights that contradict: the stored shape of `trained_weight`")
def trained_shape(view: LayerView) -> Value:
    found = _misfit(view)
    return UNKNOWN if found is None else found.stored


@TABLE.fact(Type.LIST, "for trained weights that contradict: the shape of `trained_weight` that is needed")
def needed_shape(view: LayerView) -> Value:
    found = _misfit(view)
    return UNKNOWN if found is None else found.needed


def _fits(view: LayerView, shape: Shape) -> bool:
    weights = stored_weights(view, shape)
    return weights is not None and all(weight.fits for weight in weights)


def _trained(view: LayerView) -> tuple[int, int] | None:
    """Return the one axis of the input that explains everything with another size: its place and
    that size.
    """
    misfit, shape = _misfit(view), view.shape
    if misfit is None or shape is None or view.spec is None or view.spec.many:
        return None
    groups = view.layer.config.get("groups")
    times = {1, groups} if isinstance(groups, int) else {1}
    for place in _channels_first(view, shape.rank):
        for size in misfit.stored:
            for factor in times:
                if _fits(view, shape.replaced(place, size * factor)):
                    return place, size * factor
    return None


def _channels_first(view: LayerView, rank: int) -> Iterator[int]:
    """Yield the places of the axes after the batch: that of the channels first, then from the last."""
    named = [place for place, name in enumerate(view.names) if name in CHANNELS]
    yield from named
    yield from (place for place in range(rank - 1, 0, -1) if place not in named)


def _spoken(view: LayerView, place: int, size: Size) -> str:
    name = view.names[place] if place < len(view.names) else ""
    if name not in CHANNELS:
        return f"{size} entries on axis {name or place}"
    word = "channel" if "Conv" in view.layer.class_name or name == "channels" else "feature"
    return f"{size} {word}" if size == 1 else f"{size} {word}s"


@TABLE.fact(
    Type.TEXT,
    "for trained weights that contradict because of one axis of the input: what they were trained on: "
    "`64 channels`",
)
def trained_on(view: LayerView) -> Value:
    found = _trained(view)
    return UNKNOWN if found is None else _spoken(view, *found)


@TABLE.fact(
    Type.TEXT, "what the layer gets instead of `trained_on`, and where that is written: `it gets 1 channel`"
)
def given_instead(view: LayerView) -> Value:
    found, shape = _trained(view), view.shape
    if found is None or shape is None:
        return UNKNOWN
    declared = view.declaration is not None and view.declaration.tensor.shape == shape
    said = "the file declares" if declared else "it gets"
    return f"{said} {_spoken(view, found[0], shape[found[0]].size)}"


@TABLE.fact(
    Type.LIST,
    "for trained weights that contradict: the layer's input with its channels moved to the other side, if "
    "all weights fit that",
)
def input_that_fits(view: LayerView) -> Value:
    shape = view.shape
    if shape is None or shape.rank < 3 or _misfit(view) is None or view.spec is None or view.spec.many:
        return UNKNOWN
    batch, *rest = shape
    for moved in ([*rest[1:], rest[0]], [rest[-1], *rest[:-1]]):
        if _fits(view, Shape((batch, *moved))):
            return Shape((batch, *moved)).sizes
    return UNKNOWN


@TABLE.fact(
    Type.TEXT,
    "for a stored kernel with the axes in the order of PyTorch: that order: "
    "`(filters, channels, kernel_size)`",
)
def foreign_order(view: LayerView) -> Value:
    weights = stored_weights(view, view.shape) or []
    misfits = [weight for weight in weights if not weight.fits]
    if not misfits or any(weight.stored != _foreign(weight.needed) for weight in misfits):
        return UNKNOWN
    rank = len(misfits[0].needed)
    if rank == 2:
        return "(units, input_dim)"
    if view.layer.class_name not in CONVOLUTIONS + TRANSPOSED:
        return UNKNOWN
    outer = "filters, channels" if view.layer.class_name in CONVOLUTIONS else "channels, filters"
    slid = ("depth", "height", "width")[5 - rank :] if rank > 3 else ("kernel_size",)
    return f"({outer}, {', '.join(slid)})"


def _foreign(needed: Sizes) -> Sizes:
    """Return the shape of a kernel with its last two axes in front and exchanged, as PyTorch and Theano store
    it.
    """
    return (needed[-1], needed[-2], *needed[:-2]) if len(needed) > 1 else needed
