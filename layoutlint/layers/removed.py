"""The layers that Keras 3 no longer has, and what Keras 2 stored in their place."""

from __future__ import annotations

from collections.abc import Callable

from layoutlint.layers.activation import unchanged
from layoutlint.layers.legacy import WEIGHTS
from layoutlint.layers.spatial import joined, slide, spatial_reads, split
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes, Weights, layer
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import multiply, product


def _locally_connected(arguments: LayerArguments, shape: Shape) -> Shape:
    batch, spatial, channels = split(arguments, shape)
    for axis in (*spatial, channels):
        if axis.size is None:
            message = (
                f"{arguments.class_name}: every axis of the input but the batch must be defined, got {shape}"
            )
            raise ShapeError(ErrorKind.UNDEFINED, message)
    padding = arguments.choice("padding", ("valid", "same"))
    windows = arguments.sizes("kernel_size", len(spatial))
    strides = arguments.sizes("strides", len(spatial))
    placed = [
        axis.sized(slide(arguments.class_name, axis.size, window, stride, padding))
        for axis, window, stride in zip(spatial, windows, strides, strict=True)
    ]
    return joined(arguments, batch, placed, Axis(arguments.size("filters"), "channels"))


def _locally_connected_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    """Return a kernel of its own for every place: (places, window * channels, filters)."""
    if arguments["implementation"] != 1:
        return {}
    _, spatial, channels = split(arguments, shape)
    _, placed, _ = split(arguments, _locally_connected(arguments, shape))
    places = [axis.size for axis in placed]
    filters = arguments.size("filters")
    window = product(arguments.sizes("kernel_size", len(spatial)))
    weights: Weights = {"kernel": (product(places), multiply(window, channels.size), filters)}
    if arguments.flag("use_bias"):
        weights["bias"] = (*places, filters)
    return weights


def _check_locally_connected(arguments: LayerArguments) -> None:
    padding = arguments.choice("padding", ("valid", "same"))
    if padding != "valid" and arguments.known("implementation") == 1:
        message = f"{arguments.class_name}: padding={padding!r} needs another implementation than 1"
        raise ShapeError(ErrorKind.ARGUMENT, message)


def _locally_connected_spec(rank: int) -> LayerSpec:
    strides = "1" if rank == 1 else "(1, 1)"
    return layer(
        f"LocallyConnected{rank}D",
        f"filters, kernel_size, strides={strides}, padding='valid', data_format=None, activation=None, "
        "use_bias=True, kernel_initializer='glorot_uniform', bias_initializer='zeros', "
        "kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "kernel_constraint=None, bias_constraint=None, "
        "implementation=1",
        _locally_connected,
        reads=spatial_reads(rank, "input_dim" if rank == 1 else "channels"),
        rank=rank + 2,
        weights=_locally_connected_weights,
        check=_check_locally_connected,
    )


def _deconvolution(arguments: LayerArguments, shape: Shape) -> Shape:
    """Keras 1 wrote the output's shape down, the batch included."""
    written = arguments.known("output_shape")
    if not isinstance(written, list | tuple) or len(written) != shape.rank:
        raise UndeterminedError("output_shape is not a shape of four axes")
    batch, *rest = written
    channels = 0 if arguments.channels_first else len(rest) - 1
    axes = [Axis(size) for size in rest]
    axes[channels] = Axis(arguments.size("filters"), "channels")
    return Shape((shape[0] if batch is None else shape[0].sized(batch), *axes))


def _freed(place: int) -> Callable[[LayerArguments, Shape], Shapes]:
    """Return an image with a side of free size: it is stretched at random."""

    def shape(arguments: LayerArguments, shape: Shape) -> Shape:
        if shape.rank not in (3, 4):
            raise UndeterminedError("no image")
        return shape.replaced(place, None)

    return shape


def _image_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    image = ("height", "width", "channels")
    return {3: image, 4: ("batch", *image)}.get(shape.rank, ("batch", "..."))


_STRETCH = "factor, interpolation='bilinear', seed=None"
_KERAS_1 = "only in Keras 1, which can no longer be run"
_OPERATION = "an operation between layers, not a layer: its shape comes from the operation"

LAYERS: tuple[LayerSpec, ...] = (
    layer("ThresholdedReLU", "theta=1.0", unchanged, keeps_axes=True),
    *(_locally_connected_spec(rank) for rank in (1, 2)),
    layer("RandomHeight", _STRETCH, _freed(-3), reads=_image_reads),
    layer("RandomWidth", _STRETCH, _freed(-2), reads=_image_reads),
    layer(
        "Deconvolution2D",
        "filters, kernel_size, output_shape, kernel_initializer='glorot_uniform', activation=None, "
        "weights=None, padding='valid', strides=(1, 1), data_format=None, "
        "kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "kernel_constraint=None, bias_constraint=None, "
        "use_bias=True",
        _deconvolution,
        why="an output_shape that is not given; Keras 1 had no other source for it",
        reads=spatial_reads(2),
        rank=4,
    ),
    layer(
        "TimeMajorRNN", "", None, why="time_major=True puts the steps before the batch; Keras 3 dropped it"
    ),
    layer(
        "Merge",
        "layers=None, mode='sum', concat_axis=-1, dot_axes=-1, output_shape=None, output_mask=None, "
        "arguments=None, node_indices=None, tensor_indices=None",
        None,
        why="it merges by a custom function",
        many=True,
    ),
    *(
        layer(name, "*arguments", None, why=_KERAS_1, accepts=accepts)
        for name, accepts in {
            "Highway": (*WEIGHTS, "activation", "transform_bias"),
            "MaxoutDense": (*WEIGHTS, "output_dim", "nb_feature"),
            "SReLU": ("t_left_init", "a_left_init", "t_right_init", "a_right_init", "shared_axes"),
            "ParametricSoftplus": ("alpha_init", "beta_init", "shared_axes"),
        }.items()
    ),
    layer("AbstractRNNCell", "", None, why="an abstract base class: each subclass differs"),
    layer(
        "DenseFeatures",
        "feature_columns=None",
        None,
        why="its columns are TensorFlow's feature columns",
        many=True,
    ),
    layer("TFOpLambda", "function=None", None, why=_OPERATION, many=True),
    layer("SlicingOpLambda", "function=None", None, why=_OPERATION, many=True),
    layer("TensorFlowOpLayer", "node_def=None, constants=None", None, why=_OPERATION, many=True),
)
