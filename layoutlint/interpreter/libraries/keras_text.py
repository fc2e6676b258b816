"""Texts as numbers: Keras's Tokenizer and ``pad_sequences``.

Source: "Tokenizer" and "pad_sequences", https://keras.io/api/data_loading/timeseries/ and the legacy module
``keras.preprocessing.text``.
"""

from __future__ import annotations

import ast

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.arrays import array_of
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Rest, Unknown, Value, as_size
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Size, unknown_size

TOKENIZER = "keras.preprocessing.text.Tokenizer"


def _count(value: Value) -> Size:
    array = array_of(value)
    if array is not None and array.shape is not None:
        return array.shape[0].size
    if isinstance(value, list | tuple) and not any(isinstance(item, Rest) for item in value):
        return len(value)
    return unknown_size()


def _pad_sequences(site: Site, arguments: Arguments) -> Value:
    """(samples, maxlen, and what a step of the sequences has); tokens where the steps are numbers."""
    sequences, length = arguments.get(0, "sequences"), arguments.get(1, "maxlen")
    origin = site.origin
    tail = _step_axes(sequences)
    if tail is None or _may_have_features(sequences, arguments.get(2, "dtype", "int32")):
        return site.lost("sequences of unknown steps")
    size = unknown_size() if length is None else as_size(length)
    evidence = (Evidence("pad_sequences gives (samples, maxlen)", origin),)
    role = "tokens" if not tail else "steps"
    axes = (Axis(_count(sequences), "samples", evidence), Axis(size, role, evidence), *tail)
    return Tensor(Shape(axes), None, origin)


def _step_axes(sequences: Value) -> tuple[Axis, ...] | None:
    """The axes of one step: none for lists of numbers, and for sequences of which nothing is known."""
    array = array_of(sequences)
    if array is not None and array.shape is not None:
        return tuple(array.shape[2:]) if array.shape.rank > 1 else ()
    if isinstance(sequences, list | tuple) and sequences:
        first = sequences[0].item if isinstance(sequences[0], Rest) else sequences[0]
        item = array_of(first)
        if item is not None and item.shape is not None:
            return tuple(item.shape[1:])
        if isinstance(first, list | tuple) and any(isinstance(step, list | tuple | Tensor) for step in first):
            return None
    return ()


def _may_have_features(sequences: Value, dtype: Value) -> bool:
    """Whether the steps of unknown sequences may be more than tokens: those are padded as floats."""
    return isinstance(sequences, Unknown) and not (isinstance(dtype, str) and "int" in dtype)


def _tokenizer(site: Site, arguments: Arguments) -> Value:
    return LibraryObject(
        TOKENIZER, site.origin, site.journal.born({"num_words": arguments.get(0, "num_words")})
    )


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    origin = site.origin
    texts = arguments.get(0, "texts")
    if name in ("fit_on_texts", "fit_on_sequences"):
        return None
    if name == "texts_to_sequences":
        count = _count(texts)
        unknown = Unknown(reason="the tokens of a text")
        if isinstance(count, int) and count <= 64:
            return site.journal.born([site.journal.born([Rest(unknown)]) for _ in range(count)])
        return site.journal.born([Rest(site.journal.born([Rest(unknown)]))])
    if name in ("texts_to_matrix", "sequences_to_matrix"):
        words = made.state.get("num_words")
        size = unknown_size() if words is None else as_size(words)
        evidence = (Evidence(f"{name} gives (documents, vocabulary)", origin),)
        axes = (Axis(_count(texts), "documents", evidence), Axis(size, "vocabulary", evidence))
        return Tensor(Shape(axes), None, origin)
    return site.lost(f"{name} of a tokenizer")


def _attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    if name == "num_words":
        return made.state.get("num_words")
    if name in ("word_index", "index_word", "word_counts", "document_count", "word_docs"):
        return Unknown(ast.unparse(site.node)[:60], site.origin, "the words of the texts")
    return None


_FUNCTIONS: dict[str, Handler] = {
    "keras.utils.pad_sequences": _pad_sequences,
    TOKENIZER: _tokenizer,
    "keras.legacy.preprocessing.text.Tokenizer": _tokenizer,
}


LIBRARY = Library(
    "keras_text", functions=_FUNCTIONS, kinds={TOKENIZER: Kind(method=_method, attribute=_attribute)}
)
