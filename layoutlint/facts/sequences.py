"""Facts about layers over sequences: what their axes mean, and what they are read as."""

from __future__ import annotations

import re
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import STEPWISE, keeps_axes
from layoutlint.facts.layer import SEQUENCE_ENDING
from layoutlint.facts.layer_errors import shaping_call
from layoutlint.facts.layer_view import CHANNELS, TABLE, LayerView, spoken
from layoutlint.facts.roles import FEATURES, RESHAPES, TIME, AxisRole, may_tell, parts, roles_of
from layoutlint.facts.trace import MAX_WAY, adds_one_step, is_array, traced
from layoutlint.facts.windows import ROWS
from layoutlint.layers.registry import spec_of
from layoutlint.model.graph import Call, Tensor

TURNING: Final = frozenset(["Permute", "transpose", "permute_dims", "swapaxes", "moveaxis"])
MAX_BRANCHES: Final = 64

FLOATING: Final = frozenset(
    [
        "Dense",
        "EinsumDense",
        "BatchNormalization",
        "LayerNormalization",
        "GroupNormalization",
        "UnitNormalization",
        "Normalization",
        "Rescaling",
        "Dropout",
        "SpatialDropout1D",
        "GaussianNoise",
        "GaussianDropout",
        "Conv1D",
        "LSTM",
        "GRU",
        "SimpleRNN",
        "Bidirectional",
        "Softmax",
    ]
)
"""Layers whose outputs are no whole numbers."""

CASTS: Final = frozenset(["cast", "astype", "float32", "float64"])

WIDEST: Final = 1024
"""Wider vectors than this are rare: a larger number is that of the tokens, whatever its name."""
NARROW: Final = 512
"""Numbers up to this, without a name, are widths of vectors as well as small vocabularies."""

LIMITED: Final = re.compile(
    r"\bTokenizer\(\s*(?:(?:num_words|nb_words)\s*=\s*(?!None\b)|[^\W\d]\w*\s*[,)]|\d)"
    r"|(?<!self)\.word_index\s*=(?!=)|\.word_index\[[^\]]+\]\s*=(?!=)|\w+\[(?P<quote>['\"])\W*(?i:pad)\w*\W*(?P=quote)\]\s*=\s*0\b"
)
"""A vocabulary with a limit, by which the last word is never fed, or one that got a word for the padding."""

WORD_INDEX: Final = re.compile(r"^len\([^()]*(?:\(\))?\.word_index\)$")
"""The number of words that a Keras Tokenizer knows; it counts them from 1."""


def _roles(view: LayerView) -> dict[str, AxisRole]:
    """Return what is known of the axes that the innermost layer reads, by the name under which it
    reads them.

    Nothing behind a convolution or a pooling.
    """
    return {name: told for name, told in _all_roles(view).items() if not told.computed}


def _all_roles(view: LayerView) -> dict[str, AxisRole]:
    """Return what :func:`_roles` does, behind convolutions and poolings too."""
    if view.tensor is None or view.shape is None or not view.index.once(may_tell) or not view.names:
        return {}
    whole = roles_of(view.index, view.tensor)
    told = (*whole[:1], *whole[1 + view.hidden :])
    named = [*zip(("time",), whole[1 : 1 + view.hidden], strict=False)]
    named += [*zip(view.names, told, strict=False)][1:]
    return {name: role for name, role in named if role is not None}


def _walked(roles: dict[str, AxisRole]) -> AxisRole | None:
    """Return what is known of the axis that a layer walks along, or the ``TimeDistributed`` around it."""
    return roles.get("steps", roles.get("time"))


def _features(roles: dict[str, AxisRole]) -> AxisRole | None:
    return next((roles[name] for name in CHANNELS if name in roles), None)


def _walks(view: LayerView) -> bool:
    """Tell whether a layer reads steps; of a layer for images and of Dense, a ``TimeDistributed`` does."""
    return view.hidden > 0 or view.layer.class_name not in ("Dense", "Conv2D", "SeparableConv2D")


def _is_conv_lstm(view: LayerView) -> bool:
    return view.layer.class_name.startswith("ConvLSTM")


def _reads_clips(view: LayerView) -> bool:
    return view.hidden > 0 or _is_conv_lstm(view)


def _counts_steps(told: AxisRole, other: AxisRole | None) -> bool:
    """``n_samples`` beside ``n_channels`` are the samples of a signal."""
    if told.role in TIME:
        return True
    return told.role == "samples" and not told.certain and other is not None and other.role == "channels"


def _turned(view: LayerView) -> bool:
    """Tell whether the program turns the axes of the same input for another branch, or for this one alone of
    several: then their order here is meant.
    """
    if view.trace is None:
        return False
    own = {id(call) for call in view.trace.calls}
    queue: list[Tensor] = [view.trace.root]
    seen: set[int] = set()
    branches = turned_here = 0
    for tensor in queue:
        for call in view.index.consumers.get(id(tensor), ()):
            is_turn = call.layer.class_name in TURNING
            if is_turn and id(call) not in own:
                return True
            turned_here += is_turn
            spec = spec_of(call.layer) if call.layer.kind == "layer" else None
            if spec is None or not spec.keeps_axes:
                branches += call.layer.kind == "layer"
            elif id(call) not in seen and len(queue) < MAX_BRANCHES:
                seen.add(id(call))
                queue.extend(call.output_tensors)
    return turned_here > 0 and branches > 1


@TABLE.fact(
    Type.TEXT,
    "the evidence that the layer reads the steps as features and the features as steps, both at once: the "
    "`data` that comes in, or the `names` of the sizes; the empty text if nothing does, or if the program "
    "turns the axes of the same input elsewhere",
    ("", "data", "names"),
    of_class=_walks,
)
def swapped_by(view: LayerView) -> Value:
    roles = _roles(view)
    steps, features = _walked(roles), _features(roles)
    if steps is None or features is None or steps.role not in FEATURES or _turned(view):
        return ""
    if not _counts_steps(features, steps):
        return ""
    return "data" if steps.basis == features.basis == "data" else "names"


@TABLE.fact(
    Type.TRUTH,
    "the program turns the axes of the same input for another branch, or for one of several, as the shuffled "
    "dimensions of an LSTM-FCN",
)
def turned_elsewhere(view: LayerView) -> Value:
    return _turned(view)


@TABLE.fact(
    Type.TRUTH,
    "a layer of the model (`Permute`, a transpose in it) turns the axes between the data and this layer",
)
def turned_in_model(view: LayerView) -> Value:
    way = view.trace
    return way is not None and any(
        call.layer.class_name in TURNING and not is_array(call) for call in way.calls
    )


@TABLE.fact(
    Type.TRUTH,
    "the axis that the layer reads as features is one of steps, by the data or its name; the axis that it"
    " reads as steps is unknown",
    of_class=_walks,
)
def features_are_steps(view: LayerView) -> Value:
    roles = _roles(view)
    features = _features(roles)
    return features is not None and "steps" not in roles and features.role in TIME and not _turned(view)


WINDOWS: Final = "timeseries_dataset_from_array"
"""The operation that stands in the graph for windows whose targets are of the same series."""


@TABLE.fact(
    Type.NUMBER,
    "for `timeseries_dataset_from_array` with targets of the same series: how many steps a target is behind "
    "the first one of its window",
)
def window_shift(view: LayerView) -> Value:
    return view.layer.config.get("shift", UNKNOWN) if view.layer.class_name == WINDOWS else UNKNOWN


@TABLE.fact(
    Type.NUMBER, "for `window_shift`: how many steps behind the first one the last one of a window is"
)
def window_last(view: LayerView) -> Value:
    return view.layer.config.get("last", UNKNOWN) if view.layer.class_name == WINDOWS else UNKNOWN


@TABLE.fact(Type.NUMBER, "for `window_shift`: how many steps a window spans, from its first to its last")
def window_span(view: LayerView) -> Value:
    last = window_last(view)
    return last + 1 if isinstance(last, int) else UNKNOWN


@TABLE.fact(Type.TRUTH, "the one step of the input is made by `RepeatVector(1)`")
def is_one_repeat(view: LayerView) -> Value:
    way = view.trace
    return way is not None and any(adds_one_step(call.layer) for call in way.calls)


@TABLE.fact(
    Type.TRUTH,
    "the one step of the input is cut out of the several that come into the model: `x[:, -1:]`",
)
def is_cut_to_one_step(view: LayerView) -> Value:
    way = view.trace
    cut = None if way is None or way.end != "layer" else way.root.producer
    if cut is None or cut.layer.class_name != "getitem" or len(cut.input_tensors) != 1:
        return False
    (whole,), (step,) = cut.input_tensors, cut.output_tensors
    if (
        whole.shape is None
        or step.shape is None
        or step.shape.rank != whole.shape.rank
        or step.shape.rank < 2
    ):
        return False
    return step.shape[1].size == 1 != whole.shape[1].size and traced(view.index, whole).end == "input"


@TABLE.fact(
    Type.TRUTH,
    "a Flatten in the model, or a reshape of the data that it is fed, has merged pixels or steps to one axis",
)
def is_flattened(view: LayerView) -> Value:
    way = view.trace
    fed = None if way is None else view.index.fed.get(id(way.root))
    calls = () if way is None else way.calls if fed is None else (*way.calls, *traced(view.index, fed).calls)
    return any(map(_merges_all, calls))


def _merges_all(call: Call) -> bool:
    """Tell whether a call leaves one axis of each sample where there were several."""
    before, after = call.input_tensors[0].shape, call.output_tensors[0].shape
    if call.layer.class_name not in ("Flatten", *RESHAPES) or before is None or after is None:
        return False
    return after.rank == 2 and sum(axis.size != 1 for axis in before[1:]) > 1


@TABLE.fact(
    Type.TRUTH,
    "the steps are an axis of the data themselves, along which `TimeDistributed` layers work on each step "
    "alone",
)
def steps_are_fed(view: LayerView) -> Value:
    tensor, stepwise = view.tensor, False
    for _ in range(MAX_WAY):
        made = None if tensor is None else tensor.producer
        if made is None or made.layer.kind == "input":
            return stepwise and made is not None
        if len(made.input_tensors) != 1 or made.layer.kind != "layer":
            return False
        is_stepwise = made.layer.class_name == STEPWISE
        if not is_stepwise and not keeps_axes(made.layer):
            return False
        stepwise, tensor = stepwise or is_stepwise, made.input_tensors[0]
    return False


@TABLE.fact(
    Type.NUMBER,
    "where the model's input leaves the number of steps open: how many steps all the data have that it "
    "learns from",
    of_class=_walks,
)
def trained_steps(view: LayerView) -> Value:
    way = view.trace
    if way is None or way.end != "input" or view.axis("steps") is not None:
        return UNKNOWN
    if not all(keeps_axes(call.layer) for call in way.calls):
        return UNKNOWN
    place = view.names.index("steps")
    arrays = view.index.trained_on.get(id(way.root), [])
    shapes = [array.shape for array in arrays if array.shape is not None and array.shape.rank > place]
    counts = {shape[place].size for shape in shapes}
    (count,) = counts if len(counts) == 1 and len(shapes) == len(arrays) else (None,)
    return count if isinstance(count, int) else UNKNOWN


@TABLE.fact(
    Type.TRUTH,
    "a reshape merged the time into the axis that the layer reads as features, and the axis that it reads as "
    "steps is one of features, by the data or its name: a spectrogram whose rows are its bands",
    of_class=_walks,
)
def time_merged(view: LayerView) -> Value:
    roles = _all_roles(view)
    steps, features = roles.get("steps"), _features(roles)
    if steps is None or features is None or steps.role not in FEATURES:
        return False
    merged = parts(features.role)
    return len(merged) > 1 and any(role in TIME for role in merged)


@TABLE.fact(
    Type.TEXT,
    "for a ConvLSTM, and for a layer over images in a TimeDistributed: what it takes an axis of time for, by "
    "the data or its name (`height`, `channels`), while the axis that it reads as time is none; the empty "
    "text if there is no such axis",
    of_class=_reads_clips,
)
def time_read_as(view: LayerView) -> Value:
    if not _is_conv_lstm(view) and not (view.hidden and "height" in view.names):
        return ""
    roles = _all_roles(view)
    steps = _walked(roles)
    if steps is not None and steps.role in TIME:
        return ""
    return next((name for name, told in roles.items() if told.role in TIME and told is not steps), "")


@TABLE.fact(
    Type.TRUTH,
    "for a ConvLSTM: it reads the height of images, by the data or its name, as time, and their width as "
    "height",
    of_class=_is_conv_lstm,
)
def height_as_time(view: LayerView) -> Value:
    if not _is_conv_lstm(view):
        return False
    roles = _all_roles(view)
    steps, height = _walked(roles), roles.get("height")
    return steps is not None and height is not None and (steps.role, height.role) == ("height", "width")


@TABLE.fact(Type.TEXT, "for `time_read_as`, what tells that it is an axis of time, in words")
def time_said(view: LayerView) -> Value:
    name = time_read_as(view)
    return _said(_all_roles(view).get(str(name))) if name else UNKNOWN


@TABLE.fact(Type.TEXT, "the role of the axis that the layer reads as steps, by the data or its name")
def steps_role(view: LayerView) -> Value:
    told = _roles(view).get("steps")
    return "" if told is None else told.role


@TABLE.fact(Type.TEXT, "the role of the axis that the layer reads as features, by the data or its name")
def features_role(view: LayerView) -> Value:
    told = _features(_roles(view))
    return "" if told is None else told.role


def _said(told: AxisRole | None) -> Value:
    if told is None:
        return UNKNOWN
    return told.evidence[-1].message if told.evidence else f"it is {told.role}"


@TABLE.fact(Type.TEXT, "in words, the evidence for the role of the axis that the layer reads as steps")
def steps_said(view: LayerView) -> Value:
    return _said(_walked(_all_roles(view)))


@TABLE.fact(Type.TEXT, "in words, the evidence for the role of the axis that the layer reads as features")
def features_said(view: LayerView) -> Value:
    return _said(_features(_roles(view)))


@TABLE.fact(
    Type.TRUTH,
    "the array that the model is fed has a column of a table in each place of its first axis, and its rows "
    "where the layer reads features",
    of_graph=lambda index: bool(index.graph.feeds),
)
def columns_as_samples(view: LayerView) -> Value:
    way = view.trace
    fed = None if way is None else view.index.fed.get(id(way.root))
    if fed is None or view.tensor is None:
        return False
    first, *_ = roles_of(view.index, fed) or (None,)
    features = _features(_all_roles(view))
    return first is not None and first.role == "features" and features is not None and features.role == ROWS


def _samples(view: LayerView) -> tuple[str, AxisRole] | None:
    for name, told in _roles(view).items():
        # the data's own "samples" may be those of one long series: the rows of a file
        if told.basis == "name" and told.certain and told.role in ("samples", "batch"):
            return name, told
    return None


@TABLE.fact(
    Type.TEXT,
    "how the layer reads an axis whose size is certainly a number of samples (`len(X_train)`, "
    "`X.shape[0]`, `batch_size`); the empty text if there is none",
    of_graph=lambda index: index.once(may_tell),
)
def samples_read_as(view: LayerView) -> Value:
    found = _samples(view)
    return "" if found is None else found[0]


@TABLE.fact(Type.TEXT, "in words, the evidence that an axis counts samples")
def samples_said(view: LayerView) -> Value:
    found = _samples(view)
    return UNKNOWN if found is None else _said(found[1])


COUNTED: Final = re.compile(r"len\(([\w.]+)\)|([\w.]+)\.shape\[0\]")
"""A number of samples with the array whose samples it counts."""


@TABLE.fact(Type.TEXT, "for `samples_said`: the array whose samples are counted, if it is named; else `X`")
def samples_array(view: LayerView) -> Value:
    counted = COUNTED.match(str(samples_said(view)))
    return "X" if counted is None else counted[1] or counted[2]


@TABLE.fact(
    Type.TEXT,
    "how the layer reads the words of count vectors (TF-IDF, bags of words), documents by vocabulary; "
    "the empty text if it reads none",
    ("", "steps", "features"),
)
def count_vectors_as(view: LayerView) -> Value:
    roles = _roles(view)
    for name, told in (("steps", roles.get("steps")), ("features", _features(roles))):
        if told is not None and told.certain and told.role == "vocabulary":
            return name
    return ""


@TABLE.fact(
    Type.TRUTH,
    "the input holds tokens, by the data's role or by an input declared with an integer dtype, and no "
    "layer before turns them into vectors or other numbers",
)
def reads_tokens(view: LayerView) -> Value:
    way = view.trace
    if way is None or not way.is_fed or view.tensor is None:
        return False
    if any(call.layer.class_name in FLOATING | CASTS for call in way.calls):
        return False
    told = roles_of(view.index, view.tensor)
    if any(role is not None and role.role == "tokens" and role.basis == "data" for role in told):
        return True
    producer = way.root.producer
    dtype = None if producer is None else producer.layer.config.get("dtype")
    if isinstance(dtype, dict):
        dtype = dtype.get("config", {}).get("name")
    return isinstance(dtype, str) and dtype in ("int8", "int16", "int32", "int64", "uint16", "uint32")


@TABLE.fact(
    Type.TEXT,
    "the layer before this one that outputs floats, with nothing between that converts them to integers; "
    "the empty text if there is none",
)
def floats_from(view: LayerView) -> Value:
    way = view.trace
    if way is None:
        return ""
    passed: list[Call] = list(way.calls)
    if way.end == "layer" and way.root.producer is not None:
        passed.append(way.root.producer)
    for call in passed:
        if call.layer.class_name in ("cast", "astype", "round", "floor"):
            return ""
        if call.layer.kind == "layer" and call.layer.class_name in FLOATING:
            return spoken(call)
    return ""


@TABLE.fact(
    Type.TRUTH,
    "on the way from the data another tensor was added, multiplied or joined, as in a residual block",
)
def joined_on_the_way(view: LayerView) -> Value:
    way = view.trace
    return UNKNOWN if way is None else any(_tensors(call) > 1 for call in way.calls)


def _tensors(call: Call) -> int:
    """Return how many tensors of the model, arrays not counted, a call takes."""
    return sum(isinstance(tensor, Tensor) and tensor.producer is not None for tensor in call.input_tensors)


# Lost axes ----------------------------------------------------------------


@TABLE.fact(
    Type.TEXT,
    "the layer before this one that set the axes, skipping activations and dropout: its "
    "class, with its wrapper; the empty text for an input or data",
)
def shaped_by(view: LayerView) -> Value:
    before = shaping_call(view)
    return "" if before is None or before.layer.kind == "operation" else spoken(before)


@TABLE.fact(
    Type.TEXT,
    "what that layer does: `returns the last step` (a recurrent layer), `removes the spatial axes` "
    "(Flatten, global pooling), `keeps the rank` (Dense), or the empty text",
    ("", "returns the last step", "removes the spatial axes", "keeps the rank"),
)
def shaped_how(view: LayerView) -> Value:
    before = shaping_call(view)
    if before is None or before.layer.kind != "layer":
        return ""
    name = before.layer.class_name
    if name in SEQUENCE_ENDING:
        inner = before.layer.config.get("layer", before.layer)
        sequences = inner.config.get("return_sequences") if hasattr(inner, "config") else None
        return "returns the last step" if sequences is False else ""
    if name == "Flatten" or name.startswith("Global"):
        return "removes the spatial axes"
    return "keeps the rank" if name == "Dense" else ""


# Measurements and counts where tokens belong ----------------------------------------------------------------

MEASURED: Final = frozenset(
    ["features", "channels", "frames", "height", "width", "mels", "coefficients", "frequencies", "time"]
)
"""Roles of axes whose values are measured, if the data itself says so."""


def _measured(view: LayerView) -> AxisRole | None:
    if view.tensor is None:
        return None
    for told in roles_of(view.index, view.tensor)[1:]:
        if told is not None and told.basis == "data" and told.role in MEASURED and not told.computed:
            return told
    return None


@TABLE.fact(Type.TRUTH, "the data holds measurements, by the function that made it")
def measurements_come_in(view: LayerView) -> Value:
    return _measured(view) is not None


@TABLE.fact(Type.TEXT, "in words, the evidence that the data holds measurements")
def measurements_said(view: LayerView) -> Value:
    return _said(_measured(view))


@TABLE.fact(Type.TRUTH, "an axis of the input is the vocabulary of count vectors")
def count_vectors_as_tokens(view: LayerView) -> Value:
    if view.tensor is None:
        return False
    told = roles_of(view.index, view.tensor)[1:]
    return any(role is not None and role.certain and role.role == "vocabulary" for role in told)
