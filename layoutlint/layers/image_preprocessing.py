"""Preprocessing layers for images: resizing, crops, augmentation.

They read (batch, height, width, channels), or (batch, channels, height, width) for
``data_format="channels_first"``, and take a single image without its batch too. Shapes from
``keras/src/layers/preprocessing/image_preprocessing``.
"""

from __future__ import annotations

from typing import Any

from layoutlint.layers.activation import unchanged
from layoutlint.layers.spec import LayerArguments, LayerSpec, ShapeFunction, Shapes, layer
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import equal


def _image_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    image = ("channels", "height", "width") if arguments.channels_first else ("height", "width", "channels")
    # MixUp and its like are also put on masks and labels; nothing is said about those.
    return {3: image, 4: ("batch", *image)}.get(shape.rank, ("batch", "..."))


def _image_axes(arguments: LayerArguments, rank: int) -> tuple[int, int]:
    """Return the places of height and width, counted from the end."""
    return (-2, -1) if arguments.channels_first else (-3, -2)


def _one_image(inputs: Shapes) -> Shape:
    if isinstance(inputs, Shape):
        return inputs
    raise UndeterminedError("its input is a structure or unknown")


def _fitted(arguments: LayerArguments, inputs: Shapes) -> Shape:
    """Return an image brought to ``height`` and ``width``."""
    shape = _one_image(inputs)
    if shape.rank not in (3, 4):
        message = f"{arguments.class_name}: expected ndim=4, found ndim={shape.rank}. Full shape: {shape}"
        raise ShapeError(ErrorKind.RANK, message, expected=4, found=shape.rank)
    height, width = _image_axes(arguments, shape.rank)
    return shape.replaced(height, arguments.size("height")).replaced(width, arguments.size("width"))


def _fitted_if_image(arguments: LayerArguments, inputs: Shapes) -> Shape:
    """As :func:`_fitted`, for layers that count their axes without looking at the rank."""
    shape = _one_image(inputs)
    if shape.rank not in (3, 4):
        if shape.rank == 1:
            message = f"{arguments.class_name}: expected ndim=4, found ndim=1. Full shape: {shape}"
            raise ShapeError(ErrorKind.RANK, message, expected=4, found=1)
        raise UndeterminedError("not an image, and Keras does not check it")
    return _fitted(arguments, inputs)


def _check_sides(arguments: LayerArguments) -> None:
    for name in ("height", "width"):
        arguments.size(name)


def _three_channels(arguments: LayerArguments, inputs: Shapes) -> Shape:
    """RandomColorDegeneration turns RGB images grey and back."""
    shape = _one_image(inputs)
    if shape.rank not in (3, 4):
        message = f"{arguments.class_name}: expected ndim=4, found ndim={shape.rank}. Full shape: {shape}"
        raise ShapeError(ErrorKind.RANK, message, expected=4, found=shape.rank)
    channels = shape[-3 if arguments.channels_first else -1]
    if equal(channels.size, 3) is False:
        message = f"{arguments.class_name}: images must have 3 channels, got {channels.size}"
        raise ShapeError(ErrorKind.SIZE, message)
    return shape


def _boxes(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    """Bounding boxes (batch, boxes, 4) and their labels (batch, boxes), filled up to ``max_number`` boxes."""
    boxes = inputs.get("bounding_boxes") if isinstance(inputs, dict) else None
    if not isinstance(boxes, dict):
        return inputs
    number = arguments.size("max_number")
    if any(shape is None or shape.rank < 2 for shape in boxes.values()):
        raise UndeterminedError("the bounding boxes have an unknown shape")
    return inputs | {"bounding_boxes": {key: shape.replaced(1, number) for key, shape in boxes.items()}}


_RANGE = "value_range=(0, 255)"
_FILL = "fill_mode='reflect', interpolation='bilinear', seed=None, fill_value=0.0, data_format=None"
_AUGMENTATIONS: dict[str, str] = {
    # class: its parameters. All of these keep the shape.
    "AugMix": f"{_RANGE}, num_chains=3, chain_depth=3, factor=0.3, alpha=1.0, all_ops=True, "
    "interpolation='bilinear', seed=None, data_format=None",
    "AutoContrast": _RANGE,
    "ContrastLimitedAdaptiveHistogramEqualization": f"{_RANGE}, clip_limit=4.0, tile_grid_size=(8, 8), "
    "data_format=None",
    "CutMix": "factor=1.0, seed=None, data_format=None",
    "Equalization": f"{_RANGE}, bins=256, data_format=None",
    "MixUp": "alpha=0.2, data_format=None, seed=None",
    "RandAugment": f"{_RANGE}, num_ops=2, factor=0.5, interpolation='bilinear', seed=None, data_format=None",
    "RandomBrightness": f"factor, {_RANGE}, seed=None",
    "RandomColorJitter": f"{_RANGE}, brightness_factor=None, contrast_factor=None, saturation_factor=None, "
    "hue_factor=None, seed=None, data_format=None",
    "RandomContrast": f"factor, {_RANGE}, seed=None",
    "RandomElasticTransform": "factor=1.0, scale=1.0, interpolation='bilinear', fill_mode='reflect', "
    f"fill_value=0.0, {_RANGE}, seed=None, data_format=None",
    "RandomErasing": f"factor=1.0, scale=(0.02, 0.33), fill_value=None, {_RANGE}, seed=None, "
    "data_format=None",
    "RandomFlip": "mode='horizontal_and_vertical', seed=None, data_format=None",
    "RandomGaussianBlur": f"factor=1.0, kernel_size=3, sigma=1.0, {_RANGE}, data_format=None, seed=None",
    "RandomGrayscale": "factor=0.5, data_format=None, seed=None",
    "RandomHue": f"factor, {_RANGE}, data_format=None, seed=None",
    "RandomInvert": f"factor=1.0, {_RANGE}, seed=None, data_format=None",
    "RandomPerspective": "factor=1.0, scale=1.0, interpolation='bilinear', fill_value=0.0, seed=None, "
    "data_format=None",
    "RandomPosterization": f"factor, {_RANGE}, data_format=None, seed=None",
    "RandomRotation": f"factor, {_FILL}",
    "RandomSaturation": f"factor, {_RANGE}, data_format=None, seed=None",
    "RandomSharpness": f"factor, {_RANGE}, data_format=None, seed=None",
    "RandomShear": "x_factor=0.0, y_factor=0.0, interpolation='bilinear', fill_mode='reflect', "
    "fill_value=0.0, data_format=None, seed=None",
    "RandomTranslation": f"height_factor, width_factor, {_FILL}",
    "RandomZoom": f"height_factor, width_factor=None, {_FILL}",
    "Solarization": f"addition_factor=0.0, threshold_factor=0.0, {_RANGE}, seed=None",
}
_IMAGE_KEYWORDS = ("data_format", "bounding_box_format")
"""What the common base of the image layers takes."""


def _image(name: str, parameters: str, shape: ShapeFunction, **details: Any) -> LayerSpec:
    details = {"reads": _image_reads, "many": True, "accepts": _IMAGE_KEYWORDS} | details
    return layer(name, parameters, shape, **details)


LAYERS: tuple[LayerSpec, ...] = (
    *(_image(name, parameters, unchanged, keeps_axes=True) for name, parameters in _AUGMENTATIONS.items()),
    _image(
        "Resizing",
        "height, width, interpolation='bilinear', crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, "
        "fill_mode='constant', fill_value=0.0, antialias=False, data_format=None",
        _fitted_if_image,
        check=_check_sides,
    ),
    _image("CenterCrop", "height, width, data_format=None", _fitted, check=_check_sides),
    _image(
        "RandomCrop",
        "height, width, seed=None, data_format=None, name=None",
        _fitted_if_image,
        check=_check_sides,
    ),
    _image(
        "RandomColorDegeneration",
        f"factor, {_RANGE}, data_format=None, seed=None",
        _three_channels,
        keeps_axes=True,
    ),
    _image("MaxNumBoundingBoxes", "max_number, fill_value=-1", _boxes),
)
