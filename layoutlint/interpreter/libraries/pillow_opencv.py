"""Pictures: Pillow's and OpenCV's sizes are (width, height), the arrays are (height, width, channels).

Sources: Pillow's "Image Module", https://pillow.readthedocs.io/en/stable/reference/Image.html; OpenCV's
"Geometric Image Transformations" and "Color Space Conversions", https://docs.opencv.org/4.x/; Keras's
``keras.utils.load_img`` and ``img_to_array``, https://keras.io/api/data_loading/image/.
"""

from __future__ import annotations

import re

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.arrays import array_of
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import External, LibraryObject, Rest, Unknown, Value, as_size
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, unknown_size

PICTURE = "PIL.Image.Image"
MODES: dict[str, int] = {"L": 0, "1": 0, "P": 0, "I": 0, "F": 0, "RGB": 3, "HSV": 3, "LAB": 3, "YCbCr": 3}
MODES |= {"RGBA": 4, "CMYK": 4, "LA": 2}
"""How many channels an array of a picture in this mode has; 0: no axis for them."""
_COLOURS = {"GRAY": 0, "BGRA": 4, "RGBA": 4}
_COLOURS |= dict.fromkeys(
    ("BGR", "RGB", "HSV", "HLS", "LAB", "Lab", "LUV", "Luv", "XYZ", "YCrCb", "YCR_CB"), 3
)
_COLOURS |= dict.fromkeys(("HSV_FULL", "HLS_FULL", "YUV"), 3)
_CONVERSION = re.compile(
    r"cv2\.COLOR_(?:BGR|RGB|GRAY|BGRA|RGBA|HSV|HLS|LAB|Lab|LUV|Luv|XYZ|YCrCb|YUV)2(\w+)$"
)


def picture_axes(height: Size, width: Size, channels: Size, origin: Origin, says: str) -> Shape:
    """(height, width, channels), or without the last where ``channels`` is 0."""
    evidence = (Evidence(says, origin),)
    axes = [Axis(height, "height", evidence), Axis(width, "width", evidence)]
    return Shape([*axes, Axis(channels, "channels", evidence)] if channels != 0 else axes)


def pair(value: Value) -> tuple[Size, Size] | None:
    """Two sizes written as a tuple or list."""
    if isinstance(value, tuple | list) and len(value) == 2 and not any(isinstance(v, Rest) for v in value):
        return as_size(value[0]), as_size(value[1])
    if isinstance(value, Unknown):
        return value.part("[0]").size(), value.part("[1]").size()
    return None


# ---------------------------------------------------------------------- Pillow


def _picture(ev: Evaluator, origin: Origin, height: Size, width: Size, mode: Value) -> LibraryObject:
    state: dict[str, Value] = {"height": height, "width": width, "mode": mode}
    if isinstance(mode, str) and mode in MODES:
        shape = picture_axes(height, width, MODES[mode], origin, "numpy makes (height, width) of a picture")
        state["array"] = Tensor(shape, None, origin)
    return LibraryObject(PICTURE, origin, ev.journal.born(state))


def _opened(site: Site, arguments: Arguments) -> Value:
    return _picture(site.evaluator, site.origin, unknown_size(), unknown_size(), None)


def _new(site: Site, arguments: Arguments) -> Value:
    mode, size = arguments.get(0, "mode"), pair(arguments.get(1, "size"))
    width, height = size if size is not None else (unknown_size(), unknown_size())
    return _picture(site.evaluator, site.origin, height, width, mode)


def _from_array(site: Site, arguments: Arguments) -> Value:
    """``Image.fromarray(array)``: two axes are a picture without colours, three have them last."""
    array, origin = array_of(arguments.get(0, "obj")), site.origin
    if array is None or array.shape is None or array.shape.rank not in (2, 3) or arguments.has(1, "mode"):
        return _picture(site.evaluator, origin, unknown_size(), unknown_size(), None)
    channels = array.shape[2].size if array.shape.rank == 3 else 0
    mode = {0: "L", 2: "LA", 3: "RGB", 4: "RGBA"}.get(channels) if isinstance(channels, int) else None
    return _picture(site.evaluator, origin, array.shape[0].size, array.shape[1].size, mode)


def _picture_method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    height, width, mode = (made.state.get(key) for key in ("height", "width", "mode"))
    height, width = as_size(height), as_size(width)
    origin = site.origin
    if name == "convert":
        given = arguments.get(0, "mode")
        return _picture(site.evaluator, origin, height, width, given if isinstance(given, str) else None)
    if name == "resize":
        size = pair(arguments.get(0, "size"))
        if size is None:
            size = (unknown_size(), unknown_size())
        return _picture(site.evaluator, origin, size[1], size[0], mode)
    if name in ("copy", "filter"):
        return _picture(site.evaluator, origin, height, width, mode)
    if name in ("rotate", "transpose", "crop"):
        turns = name == "rotate" and "expand" not in arguments.keywords and len(arguments.positional) < 3
        kept = (height, width) if turns else (unknown_size(), unknown_size())
        return _picture(site.evaluator, origin, *kept, mode)
    return site.lost(f"{name} of a picture")


def _picture_attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    if name == "size":
        return (made.state.get("width"), made.state.get("height"))
    if name in ("height", "width"):
        return made.state.get(name)
    return site.lost("the mode of a picture") if name == "mode" else None


def _load_img(site: Site, arguments: Arguments) -> Value:
    """``keras.utils.load_img``: ``target_size`` is (height, width)."""
    mode, target = arguments.get(1, "color_mode", "rgb"), arguments.get(2, "target_size")
    kind: Value = (
        {"rgb": "RGB", "rgba": "RGBA", "grayscale": "L"}.get(mode) if isinstance(mode, str) else None
    )
    if arguments.keywords.get("grayscale") is True:
        kind = "L"
    size = pair(target)
    if size is None or arguments.open:
        size = (unknown_size(), unknown_size())
    return _picture(site.evaluator, site.origin, *size, kind if not arguments.open else None)


def _img_to_array(site: Site, arguments: Arguments) -> Value:
    """Always three axes: a picture in grey gets one channel."""
    array, origin = array_of(arguments.get(0, "img")), site.origin
    written = arguments.get(1, "data_format")
    layout = site.evaluator.data_format if written is None else written
    if array is None or array.shape is None or layout not in ("channels_last", "channels_first"):
        return site.lost("a picture of unknown mode")
    axes = list(array.shape)
    if len(axes) == 2:
        axes.append(Axis(1, "channels"))
    elif not isinstance(arguments.get(0, "img"), LibraryObject) or len(axes) != 3:
        return site.lost("no picture")
    if layout == "channels_first":
        axes = [axes[2], axes[0], axes[1]]
    return Tensor(Shape(axes), None, origin)


# ---------------------------------------------------------------------- OpenCV


def _cv_resize(site: Site, arguments: Arguments) -> Value:
    """``cv2.resize(src, (width, height))``; a last axis of 1 is lost."""
    array, origin = array_of(arguments.get(0, "src")), site.origin
    wanted = arguments.get(1, "dsize")
    size = pair(wanted) if wanted is not None else (unknown_size(), unknown_size())
    if array is None or array.shape is None or size is None or array.shape.rank not in (2, 3):
        return site.lost("a picture of unknown axes is resized")
    width, height = size
    channels: Size = array.shape[2].size if array.shape.rank == 3 else 0
    if channels == 1:
        channels = 0
    if not isinstance(channels, int):
        return site.lost("whether the picture has one channel")
    return Tensor(
        picture_axes(height, width, channels, origin, "cv2.resize takes (width, height)"), None, origin
    )


def _cv_colours(site: Site, arguments: Arguments) -> Value:
    """``cv2.cvtColor(src, code)``: the channels that the code names."""
    array, code = array_of(arguments.get(0, "src")), arguments.get(1, "code")
    found = _CONVERSION.match(code.name) if isinstance(code, External) else None
    origin = site.origin
    if found is None or found.group(1) not in _COLOURS:
        return site.lost("a change of colours that is not known")
    height, width = unknown_size(), unknown_size()
    if array is not None and array.shape is not None and array.shape.rank in (2, 3):
        height, width = array.shape[0].size, array.shape[1].size  # type: ignore[assignment]
    says = f"{code.name} gives {found.group(1)}"
    return Tensor(picture_axes(height, width, _COLOURS[found.group(1)], origin, says), None, origin)


_FUNCTIONS: dict[str, Handler] = {
    "PIL.Image.open": _opened,
    "Image.open": _opened,
    "PIL.Image.new": _new,
    "PIL.Image.fromarray": _from_array,
    "keras.utils.load_img": _load_img,
    "keras.preprocessing.image.load_img": _load_img,
    "keras.utils.img_to_array": _img_to_array,
    "keras.preprocessing.image.img_to_array": _img_to_array,
    "cv2.resize": _cv_resize,
    "cv2.cvtColor": _cv_colours,
}


LIBRARY = Library(
    "pillow_opencv",
    functions=_FUNCTIONS,
    kinds={PICTURE: Kind(method=_picture_method, attribute=_picture_attribute)},
)
