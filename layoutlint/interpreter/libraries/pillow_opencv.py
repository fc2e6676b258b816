"""Images: Pillow's and OpenCV's sizes are (width, height), the arrays are (height, width, channels).

Sources: Pillow's "Image Module", https://pillow.readthedocs.io/en/stable/reference/Image.html; OpenCV's
"Geometric Image Transformations" and "Color Space Conversions", https://docs.opencv.org/4.x/; Keras's
``keras.utils.load_img`` and ``img_to_array``, https://keras.io/api/data_loading/image/.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from msgspec.structs import replace

from layoutlint.inference.pixels import BYTES, TURNED, floating, pixels_of, turned
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.narrowing import known_items, known_shape
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import External, LibraryObject, Unknown, Value, as_size, text_of
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Pixels, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, symbol, unknown_size
from layoutlint.model.syntax_text import written

IMAGE = "PIL.Image.Image"
MAX_SHOWN: Final = 40
MAX_CHANNELS: Final = 16
MODES: dict[str, int] = {"L": 0, "1": 0, "P": 0, "I": 0, "F": 0, "RGB": 3, "HSV": 3, "LAB": 3, "YCbCr": 3}
MODES |= {"RGBA": 4, "CMYK": 4, "LA": 2}
"""How many channels an array of an image in this mode has; 0: no axis for them."""
_MODE_OF_CHANNELS = {0: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
_MODE_OF_COLOURS = {"rgb": "RGB", "rgba": "RGBA", "grayscale": "L"}
_COLOURS = {"GRAY": 0, "BGRA": 4, "RGBA": 4}
_COLOURS |= dict.fromkeys(
    ("BGR", "RGB", "HSV", "HLS", "LAB", "Lab", "LUV", "Luv", "XYZ", "YCrCb", "YCR_CB"), 3
)
_COLOURS |= dict.fromkeys(("HSV_FULL", "HLS_FULL", "YUV"), 3)
_CONVERSION = re.compile(
    r"cv2\.COLOR_(?:BGR|RGB|GRAY|BGRA|RGBA|HSV|HLS|LAB|Lab|LUV|Luv|XYZ|YCrCb|YUV)2(\w+)$"
)


def pair(value: Value) -> tuple[Size, Size] | None:
    """Return two sizes written as a tuple or list."""
    if isinstance(value, Unknown):
        return value.part("[0]").size(), value.part("[1]").size()
    match known_items(value):
        case [first, second]:
            return as_size(first), as_size(second)
        case _:
            return None


def pair_or_unknown(value: Value) -> tuple[Size, Size]:
    """Return two sizes written as a tuple or list, unknown ones where that is something else."""
    return pair(value) or (unknown_size(), unknown_size())


def layout(site: Site, written: Value) -> str | None:
    """Return the ``data_format`` of a call, that of the program where none is written; None if unknown."""
    found = site.evaluator.data_format if written is None else text_of(written)
    return found if found in ("channels_last", "channels_first") else None


def _axes(height: Size, width: Size, channels: Size, origin: Origin, says: str) -> Shape:
    """Return (height, width, channels), or without the last where ``channels`` is 0."""
    evidence = (Evidence(says, origin),)
    axes = [Axis(height, "height", evidence), Axis(width, "width", evidence)]
    return Shape([*axes, Axis(channels, "channels", evidence)] if channels != 0 else axes)


# ---------------------------------------------------------------------- Pillow


def _image(site: Site, height: Size, width: Size, mode: str | None) -> LibraryObject:
    origin = site.origin
    state: dict[str, Value] = {"height": height, "width": width, "mode": mode}
    if mode in MODES:
        shape = _axes(height, width, MODES[mode], origin, "numpy returns (height, width) for an image")
        colours = mode if mode in TURNED else ""
        state["array"] = Tensor(shape, None, origin, pixels=Pixels(0, BYTES, colours, whole=True))
    return LibraryObject(IMAGE, origin, site.journal.born(state))


def _unknown_image(site: Site) -> LibraryObject:
    return _image(site, unknown_size(), unknown_size(), None)


def _opened(site: Site, arguments: Arguments) -> Value:
    """Return ``Image.open(path)``: the file says whether it has colours, which come in Pillow's order."""
    shown = written(site.node) if isinstance(site.node, ast.Call) else ""
    opened = shown if len(shown) <= MAX_SHOWN else "Image.open(...)"
    width, height = (symbol(f"{opened}.size[{place}]", site.origin) for place in range(2))
    image = _image(site, height, width, None)
    image.state["array"] = Tensor(None, None, site.origin, pixels=Pixels(0, BYTES, "RGB"))
    return image


def _new(site: Site, arguments: Arguments) -> Value:
    width, height = pair_or_unknown(arguments.get(1, "size"))
    return _image(site, height, width, text_of(arguments.get(0, "mode")))


def _from_array(site: Site, arguments: Arguments) -> Value:
    """Return ``Image.fromarray(array)``: two axes are an image without colours, three have them last."""
    shape = known_shape(arguments.get(0, "obj"), 2, 3)
    if shape is None or arguments.has(1, "mode"):
        return _unknown_image(site)
    channels = shape[2].size if shape.rank == 3 else 0
    mode = _MODE_OF_CHANNELS.get(channels) if isinstance(channels, int) else None
    image, source = _image(site, shape[0].size, shape[1].size, mode), array_of(arguments.get(0, "obj"))
    made = image.state.get("array")
    if isinstance(made, Tensor) and source is not None:
        image.state["array"] = replace(made, pixels=pixels_of(source))  # Pillow does not ask for the order
    return image


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    height, width = as_size(made.state.get("height")), as_size(made.state.get("width"))
    mode = text_of(made.state.get("mode"))
    match name:
        case "convert":
            converted = _image(site, height, width, text_of(arguments.get(0, "mode")))
            return _placed_anew(converted, made) if converted.state["mode"] == "RGB" else converted
        case "resize":
            new_width, new_height = pair_or_unknown(arguments.get(0, "size"))
            return _placed_anew(_image(site, new_height, new_width, mode), made)
        case "copy" | "filter":
            return _placed_anew(_image(site, height, width, mode), made)
        case "rotate" if "expand" not in arguments.keywords and len(arguments.positional) < 3:
            return _placed_anew(_image(site, height, width, mode), made)
        case "rotate" | "transpose" | "crop":
            return _placed_anew(_image(site, unknown_size(), unknown_size(), mode), made)
        case _:
            return site.lost(f"{name} of an image")


def _placed_anew(image: LibraryObject, made: LibraryObject) -> LibraryObject:
    """Return an image with the order of colours that the one has from which it is made."""
    before, after = made.state.get("array"), image.state.get("array")
    if isinstance(before, Tensor) and before.pixels is not None:
        kept = after if isinstance(after, Tensor) else Tensor(None, None, image.origin)
        whole = before.pixels.whole or (kept.pixels is not None and kept.pixels.whole)
        image.state["array"] = replace(kept, pixels=replace(before.pixels, whole=whole))
    elif isinstance(before, Tensor) and isinstance(after, Tensor):
        image.state["array"] = replace(after, pixels=None)
    return image


def _attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    match name:
        case "size":
            return made.state.get("width"), made.state.get("height")
        case "height" | "width":
            return made.state.get(name)
        case "mode":
            return site.lost("the mode of an image")
        case _:
            return None


def _load_img(site: Site, arguments: Arguments) -> Value:
    """Return ``keras.utils.load_img(…)``: ``target_size`` is (height, width)."""
    if arguments.open:
        return _unknown_image(site)
    mode = _MODE_OF_COLOURS.get(text_of(arguments.get(1, "color_mode", "rgb")) or "")
    if arguments.keywords.get("grayscale") is True:
        mode = "L"
    return _image(site, *pair_or_unknown(arguments.get(2, "target_size")), mode)


def _img_to_array(site: Site, arguments: Arguments) -> Value:
    """Return an array of three axes: a grey image gets one channel."""
    image = arguments.get(0, "img")
    shape, order = known_shape(image), layout(site, arguments.get(1, "data_format"))
    if shape is None or order is None:
        return site.lost("an image of unknown mode")
    axes = list(shape)
    if len(axes) == 2:
        axes.append(Axis(1, "channels"))
    elif len(axes) != 3 or not isinstance(image, LibraryObject):
        return site.lost("not an image")
    if order == "channels_first":
        axes = [axes[2], axes[0], axes[1]]
    array = array_of(image)
    return Tensor(Shape(axes), None, site.origin, pixels=_as_floats(array))


def _as_floats(array: Tensor | None) -> Pixels | None:
    pixels = None if array is None else pixels_of(array)
    return None if pixels is None else floating(pixels)


# ---------------------------------------------------------------------- OpenCV


def _cv_resize(site: Site, arguments: Arguments) -> Value:
    """Return ``cv2.resize(src, (width, height))``; a last axis of 1 is lost."""
    shape, wanted = known_shape(arguments.get(0, "src"), 2, 3), arguments.get(1, "dsize")
    size = pair_or_unknown(None) if wanted is None else pair(wanted)
    if shape is None or size is None:
        return site.lost("an image of unknown axes is resized")
    channels = shape[2].size if shape.rank == 3 else 0
    if not isinstance(channels, int):
        return site.lost("whether the image has one channel")
    width, height = size
    origin, kept = site.origin, 0 if channels == 1 else channels
    axes = _axes(height, width, kept, origin, "cv2.resize takes (width, height)")
    return Tensor(axes, None, origin, pixels=_source_pixels(arguments))


def _cv_colours(site: Site, arguments: Arguments) -> Value:
    """Return ``cv2.cvtColor(src, code)``: the channels that the code names."""
    code, origin = arguments.get(1, "code"), site.origin
    found = _CONVERSION.match(code.name) if isinstance(code, External) else None
    if found is None or found[1] not in _COLOURS:
        return site.lost("a change of colours that is not known")
    shape = known_shape(arguments.get(0, "src"), 2, 3)
    height, width = (shape[0].size, shape[1].size) if shape is not None else pair_or_unknown(None)
    axes = _axes(height, width, _COLOURS[found[1]], origin, f"{found[0]} returns {found[1]}")
    return Tensor(axes, None, origin, pixels=_recoloured(_source_pixels(arguments), found[0]))


def _cv_split(site: Site, arguments: Arguments) -> Value:
    """Return ``cv2.split(m)``: the channels, each an image of its own."""
    shape = known_shape(arguments.get(0, "m"), 3)
    channels = None if shape is None else shape[2].size
    if shape is None or not isinstance(channels, int) or channels > MAX_CHANNELS:
        return site.lost("the channels of an image that is not known")
    return tuple(Tensor(Shape(shape[:2]), None, site.origin) for _ in range(channels))


def _cv_merge(site: Site, arguments: Arguments) -> Value:
    """Return ``cv2.merge(mv)``: the last axis holds the images that are given."""
    return site.call(External("numpy.dstack"), Arguments((arguments.get(0, "mv"),)))


def _source_pixels(arguments: Arguments) -> Pixels | None:
    array = arguments.get(0, "src")
    return pixels_of(array) if isinstance(array, Tensor) else None


def _recoloured(before: Pixels | None, code: str) -> Pixels | None:
    """Return the values after ``cvtColor``; what is converted from the wrong order is turned all the same."""
    wanted = code.rpartition("_")[2].partition("2")
    match wanted:
        case ("BGR", _, "RGB") | ("RGB", _, "BGR") if before is not None:
            return turned(before)
        case _, _, "GRAY" if before is not None:
            return Pixels(before.lowest, before.highest, "", before.whole)
        case _:
            return None


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
    "cv2.split": _cv_split,
    "cv2.merge": _cv_merge,
}


LIBRARY = Library(
    "pillow_opencv",
    functions=_FUNCTIONS,
    kinds={IMAGE: Kind(method=_method, attribute=_attribute)},
)
