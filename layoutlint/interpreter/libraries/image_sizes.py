"""Functions that take the size of an image: OpenCV and Pillow want (width, height), others (height, width).

Each call whose size is not written in plain numbers goes into the graph as an operation of its own, without
inputs or outputs, so that rules can compare the order in which the size is written with the one that is
wanted. What the functions return is in ``pillow_opencv``, ``keras_generators`` and ``tf_data``.

Sources: OpenCV's "Geometric Image Transformations", https://docs.opencv.org/4.x/da/d54/group__imgproc__transform.html;
Pillow's "Image Module", https://pillow.readthedocs.io/en/stable/reference/Image.html; scikit-image's
``skimage.transform.resize``, https://scikit-image.org/docs/stable/api/skimage.transform.html; TensorFlow's
"tf.image.resize", https://www.tensorflow.org/api_docs/python/tf/image/resize; Keras's "Image data loading",
https://keras.io/api/data_loading/image/.
"""

from __future__ import annotations

import ast
from functools import partial
from typing import Final, NamedTuple

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.libraries.pillow_opencv import IMAGE, pair_or_unknown
from layoutlint.model.graph import Call, Layer

WIDTH_FIRST: Final = ("width", "height")
HEIGHT_FIRST: Final = ("height", "width")


class SizeArgument(NamedTuple):
    """Where the size is given: the function's name in messages, the argument's position, name and order."""

    spoken: str
    position: int
    name: str
    order: tuple[str, str]


_CV2 = {
    "cv2.resize": (1, "dsize"),
    "cv2.warpAffine": (2, "dsize"),
    "cv2.warpPerspective": (2, "dsize"),
    "cv2.dnn.blobFromImage": (2, "size"),
}
_PILLOW = {f"{IMAGE}.resize": (0, "size"), f"{IMAGE}.thumbnail": (0, "size")}
_FILES = {
    "keras.utils.load_img": (2, "target_size"),
    "keras.preprocessing.image.load_img": (2, "target_size"),
    "keras.utils.image_dataset_from_directory": (6, "image_size"),
    "keras.preprocessing.image_dataset_from_directory": (6, "image_size"),
    "keras.preprocessing.image.ImageDataGenerator.flow_from_directory": (1, "target_size"),
    "keras.preprocessing.image.ImageDataGenerator.flow_from_dataframe": (5, "target_size"),
}
_ARRAYS = {
    "tensorflow.image.resize": (1, "size"),
    "tensorflow.image.resize_images": (1, "size"),
    "keras.ops.image.resize": (1, "size"),
    "keras.preprocessing.image.smart_resize": (1, "size"),
    "skimage.transform.resize": (1, "output_shape"),
}

FUNCTIONS: Final[dict[str, SizeArgument]] = {
    **{name: SizeArgument(name, *at, WIDTH_FIRST) for name, at in _CV2.items()},
    **{
        name: SizeArgument(f"Image.{name.rsplit('.', 1)[1]}", *at, WIDTH_FIRST)
        for name, at in _PILLOW.items()
    },
    "PIL.Image.new": SizeArgument("Image.new", 1, "size", WIDTH_FIRST),
    "PIL.ImageOps.fit": SizeArgument("ImageOps.fit", 1, "size", WIDTH_FIRST),
    **{name: SizeArgument(name.rsplit(".", 1)[1], *at, HEIGHT_FIRST) for name, at in _FILES.items()},
    **{
        name: SizeArgument(name.replace("tensorflow", "tf"), *at, HEIGHT_FIRST)
        for name, at in _ARRAYS.items()
    },
}
"""By qualified name; a method is ``kind.name``."""


def _note(name: str, function: SizeArgument, site: Site, arguments: Arguments) -> None:
    """Put a call of such a function into the graph, if names or arrays may say what its size means."""
    written = arguments.node(function.position, function.name)
    if written is None or all(isinstance(part, ast.Constant) for part in getattr(written, "elts", [written])):
        return
    value = arguments.get(function.position, function.name)
    if function.order == HEIGHT_FIRST and isinstance(value, tuple | list) and len(value) == 3:
        value = tuple(value[:2])  # scikit-image takes the channels too
    given = pair_or_unknown(value)
    config = {"size": given, "size_order": function.order}
    layer = Layer(function.spoken, config, site.at(written).origin, name, "operation")
    site.evaluator.record(Call(layer, (), {}, site.origin, conditions=tuple(site.evaluator.conditions)))


LIBRARY = Library(
    "sizes of images",
    observers={name: partial(_note, name, function) for name, function in FUNCTIONS.items()},
)
