"""Facts about crops of images: which side the bounds of a slice are counted along, by their names.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.given_sizes import HEIGHT_FIRST, WIDTH_FIRST, said_of
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model.origins import SourceFile, SourceOrigin
from layoutlint.model.syntax_text import written

BOX: Final = ("offset_height", "offset_width", "target_height", "target_width")
"""What `tf.image.crop_to_bounding_box` and its like take after the image."""


def _may_crop(view: LayerView) -> bool:
    return view.layer.class_name in ("getitem", "crop_to_box")


def _said(file: SourceFile, cut: ast.Slice) -> str:
    """Return the side that the bounds of a slice are said to be counted along: ``x:x + w``."""
    said = {said_of(file, bound)[0] for bound in (cut.lower, cut.upper) if bound is not None} - {""}
    return said.pop() if len(said) == 1 else ""


def _crossed_box(origin: SourceOrigin) -> tuple[str, str] | None:
    """Return the bounds that `crop_to_bounding_box(image, x, y, w, h)` is given for the rows and for the
    columns, where each says the other side.
    """
    if not isinstance(origin.node, ast.Call):
        return None
    named = {keyword.arg: keyword.value for keyword in origin.node.keywords}
    given = dict(zip(BOX, origin.node.args[1:], strict=False)) | named
    if not all(name in given for name in BOX):
        return None
    rows, columns = ([given[name] for name in BOX[side::2]] for side in range(2))
    said = [{said_of(origin.file, bound)[0] for bound in bounds} - {""} for bounds in (rows, columns)]
    if said != [{"width"}, {"height"}]:
        return None
    return ", ".join(map(written, rows)), ", ".join(map(written, columns))


def _crossed(view: LayerView) -> tuple[str, str] | None:
    """Return the slices of the rows and of the columns of an image, as they are written, where the first is
    counted along the width and the second along the height.
    """
    origin, shape = view.call.origin, view.shape
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if view.layer.class_name == "crop_to_box":
        return _crossed_box(origin) if isinstance(origin, SourceOrigin) else None
    if not _may_crop(view) or shape is None or not isinstance(origin, SourceOrigin):
        return None
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Tuple):
        return None
    roles = tuple(axis.role for axis in shape[: len(node.slice.elts)])
    for at in range(len(roles) - 1):
        cuts = node.slice.elts[at : at + 2]
        if roles[at : at + 2] != HEIGHT_FIRST or not all(isinstance(cut, ast.Slice) for cut in cuts):
            continue
        if tuple(_said(origin.file, cut) for cut in cuts if isinstance(cut, ast.Slice)) == WIDTH_FIRST:
            return written(cuts[0]), written(cuts[1])
    return None


@TABLE.fact(
    Type.TEXT,
    "how the rows of an image are cut, where the slice is counted along its width, and that of its columns "
    "along its height: `x:x + w`; the empty text for all else",
    of_class=_may_crop,
)
def rows_cut_by(view: LayerView) -> Value:
    found = _crossed(view)
    return "" if found is None else found[0]


@TABLE.fact(Type.TEXT, "how the columns of an image are cut, where `rows_cut_by` says how its rows are")
def columns_cut_by(view: LayerView) -> Value:
    found = _crossed(view)
    return UNKNOWN if found is None else found[1]
