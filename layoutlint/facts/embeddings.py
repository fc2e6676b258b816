"""Facts about embeddings: the sizes of their tables, and the arguments that say them.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import Index, keeps_axes
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.names import role_of, words
from layoutlint.facts.sequences import LIMITED, NARROW, WIDEST, WORD_INDEX
from layoutlint.facts.trace import traced
from layoutlint.model.axes import Role, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.sizes import Expression
from layoutlint.model.syntax_text import written

EMBEDDED: Final = frozenset(["embedding", "embed", "embeddings", "emb"])
WIDTHS: Final = frozenset(["dim", "dims", "dimension", "size", "width", "length", "len", "units"])
"""Words that together name the width of an Embedding's vectors."""

VECTORS: Final = EMBEDDED | {"dim", "dims", "dimension", "vec", "vector", "width"}
"""Words for the width of vectors that are said of a word or a token too: ``word_dim``, ``vocab_dim``."""

SHIFTED: Final = re.compile(
    r"\]\s*-=\s*(?:1\b|[A-Za-z_])"
    r"|\b(?:sequences?|tokens?|ids|indices|captions?|encoded|words?)\w*\s*-=?\s*(?:1\b|[A-Za-z_])"
)
"""Words that are counted from 0 again, after a Tokenizer counted them from 1."""


@TABLE.fact(Type.SIZE, "for an Embedding: how many different tokens it has vectors for, its `input_dim`")
def vocabulary_size(view: LayerView) -> Value:
    return view.size_argument("input_dim") if view.layer.class_name == "Embedding" else UNKNOWN


@TABLE.fact(Type.SIZE, "for an Embedding: the length of its vectors, its `output_dim`")
def embedding_size(view: LayerView) -> Value:
    return view.size_argument("output_dim") if view.layer.class_name == "Embedding" else UNKNOWN


@TABLE.fact(Type.SIZE, "for an Embedding: the number of steps that its `input_length` promises")
def stated_length(view: LayerView) -> Value:
    return view.size_argument("input_length")


@TABLE.fact(
    Type.TRUTH,
    "a Dot adds up along the one step of two Embeddings that are given one id each: it multiplies each value "
    "of one vector with each of the other",
    of_class=lambda view: view.layer.class_name == "Dot",
)
def sums_over_one_id(view: LayerView) -> Value:
    axes = view.layer.config.get("axes")
    if view.layer.class_name != "Dot" or len(view.inputs) != 2 or not isinstance(axes, int | tuple | list):
        return False
    pair = (axes, axes) if isinstance(axes, int) else axes
    given = zip(view.inputs, pair, strict=False)
    return len(pair) == 2 and all(_is_one_id(view.index, tensor, axis) for tensor, axis in given)


def _is_one_id(index: Index, tensor: Tensor | None, axis: object) -> bool:
    """Tell whether an axis is the steps of a single id that an Embedding has turned into a vector."""
    if tensor is None or tensor.shape is None or tensor.shape.rank != 3 or axis not in (1, -2):
        return False
    way = traced(index, tensor)
    made = way.root.producer
    is_looked_up = made is not None and made.layer.class_name == "Embedding"
    return is_looked_up and tensor.shape[1].size == 1 and all(keeps_axes(call.layer) for call in way.calls)


def _matrix(view: LayerView) -> Shape | None:
    given = view.layer.config.get("weights") if view.layer.class_name == "Embedding" else None
    if isinstance(given, list | tuple) and not isinstance(given, Shape) and len(given) == 1:
        given = given[0]
    return given if isinstance(given, Shape) and given.rank == 2 else None


@TABLE.fact(Type.SIZE, "for an Embedding with `weights=[matrix]`: the rows of the matrix")
def matrix_rows(view: LayerView) -> Value:
    matrix = _matrix(view)
    return UNKNOWN if matrix is None else matrix[0].size


@TABLE.fact(Type.SIZE, "for an Embedding with `weights=[matrix]`: the columns of the matrix")
def matrix_columns(view: LayerView) -> Value:
    matrix = _matrix(view)
    return UNKNOWN if matrix is None else matrix[1].size


@TABLE.fact(
    Type.TRUTH,
    "an Embedding's `input_dim` is `len(tokenizer.word_index)`, which leaves out the 0 of the padding",
)
def forgets_padding_token(view: LayerView) -> Value:
    size = vocabulary_size(view)
    if not isinstance(size, Expression) or not WORD_INDEX.match(str(size)):
        return False
    counted = [symbol.origin for symbol in size.symbols()]
    texts = [each.file.text for each in counted if isinstance(each, SourceOrigin)]
    if not any("Tokenizer(" in text for text in texts):
        return False  # what another module does with its tokenizer is not seen
    return not any(SHIFTED.search(text) or LIMITED.search(text) for text in texts)


def _written_arguments(view: LayerView) -> dict[str, ast.expr]:
    """Return what the author wrote for arguments of the constructor, by argument."""
    origin = view.layer.origin
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.Call):
        return {}
    spec = view.spec
    places = spec.parameters.positional if spec is not None else ()
    written = dict(zip(places, origin.node.args, strict=False))
    written.update({keyword.arg: keyword.value for keyword in origin.node.keywords if keyword.arg})
    return written


def _argument_roles(view: LayerView, *names: str) -> dict[str, Role]:
    """Return what the words say that the author wrote for arguments of the constructor, by argument."""
    given = _written_arguments(view)
    return {
        name: role_of(written(given[name]))
        for name in names
        if name in given and isinstance(given[name], ast.Name | ast.Attribute | ast.Subscript)
    }


@TABLE.fact(
    Type.TRUTH,
    "an Embedding's arguments are swapped, by their names, where one name is enough: "
    "`Embedding(embedding_dim, vocab_size)`, `Embedding(64, num_words)`, `Embedding(50, num_classes)`",
)
def embedding_arguments_swapped(view: LayerView) -> Value:
    tokens, numbers = vocabulary_size(view), embedding_size(view)
    if isinstance(tokens, int) and tokens > (numbers if isinstance(numbers, int) else WIDEST):
        return False  # the sizes say that the names mislead
    said = _argument_roles(view, "input_dim", "output_dim", "input_length")
    rows, width = said.get("input_dim"), said.get("output_dim")
    if rows == "steps" and said.get("input_length") == "vocabulary":
        return True
    written = _written_arguments(view)
    if width == "vocabulary" and rows != "vocabulary" and not _is_width(written.get("output_dim"), VECTORS):
        return True
    if isinstance(written.get("input_dim"), ast.Constant) and width == "classes":
        return True
    if rows == "vocabulary" or width == "features":
        return False
    rows_say, width_says = (_is_width(written.get(name), EMBEDDED) for name in ("input_dim", "output_dim"))
    if isinstance(written.get("output_dim"), ast.Constant) and isinstance(numbers, int) and numbers <= NARROW:
        return False
    return rows_say and not width_says


def _is_width(node: ast.expr | None, of: frozenset[str]) -> bool:
    """Tell whether a name is that of the width of vectors: ``embedding_dim``, ``word_dim``."""
    if not isinstance(node, ast.Name | ast.Attribute):
        return False
    parts = words(node.id if isinstance(node, ast.Name) else node.attr)
    return bool(of & set(parts)) and bool(WIDTHS & set(parts))
