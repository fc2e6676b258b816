"""Text as numbers: Keras's Tokenizer and ``pad_sequences``.

Source: "Tokenizer" and "pad_sequences", https://keras.io/api/data_loading/timeseries/ and the legacy module
``keras.preprocessing.text``.
"""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.narrowing import count_of, known_shape, sequence
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    Choice,
    External,
    LibraryObject,
    Rest,
    Unknown,
    Value,
    as_size,
    one_of,
    text_of,
)
from layoutlint.model.axes import Axis, Evidence, Role, Shape
from layoutlint.model.graph import Labels, Tensor
from layoutlint.model.sizes import unknown_size
from layoutlint.model.syntax_text import written

TOKENIZER = "keras.preprocessing.text.Tokenizer"
MAX_TEXTS = 64
"""Up to this number of texts, a list has an item for each."""


def _pad_sequences(site: Site, arguments: Arguments) -> Value:
    """Return (samples, maxlen, and the axes of a step); the steps are tokens where they are numbers."""
    sequences, length = arguments.get(0, "sequences"), arguments.get(1, "maxlen")
    origin = site.origin
    tail = _step_axes(sequences)
    if tail is None or _may_have_features(sequences, arguments.get(2, "dtype", "int32")):
        return site.lost("sequences of unknown steps")
    size = unknown_size() if length is None else as_size(length)
    evidence = (Evidence("pad_sequences returns (samples, maxlen)", origin),)
    role: Role = "tokens" if not tail else "steps"
    axes = (Axis(count_of(sequences), "samples", evidence), Axis(size, role, evidence), *tail)
    return Tensor(
        Shape(axes), None, origin, labels=_tokens_of(sequences, length, arguments.get(5, "value", 0))
    )


def _tokens_of(sequences: Value, length: Value, padding: Value) -> Labels | None:
    """Return how many tokens sequences of written numbers have with their padding, if no step is cut off."""
    highest, counts = -1, set()
    for row in map(sequence, sequence(sequences) or ()):
        if row is None or not (length is None or (isinstance(length, int) and len(row) <= length)):
            return None
        counts.add(len(row))
        for token in row:
            if not isinstance(token, int) or token < 0:
                return None
            highest = max(highest, token)
    if len(counts | ({length} if isinstance(length, int) else set())) > 1:
        if type(padding) is not int or padding < 0:
            return None
        highest = max(highest, padding)
    return Labels(highest + 1) if highest >= 0 else None


def _step_axes(sequences: Value) -> tuple[Axis, ...] | None:
    """Return the axes of one step: none for lists of numbers, and where nothing is known of the sequences."""
    shape = known_shape(sequences)
    if shape is not None:
        return None if shape.rank == 1 and _holds_arrays(sequences) else tuple(shape[2:])
    first = next(map(one_of, sequence(sequences) or ()), None)
    inner = known_shape(first)
    if inner is not None:
        return tuple(inner[1:])
    steps = sequence(first) or ()
    return None if any(isinstance(step, list | tuple | Tensor) for step in steps) else ()


def _holds_arrays(sequences: Value) -> bool:
    """Tell whether a program stores arrays of several axes, or what may be some, in an array of objects."""
    made = sequences.producer if isinstance(sequences, Tensor) else None
    return made is not None and any(part.shape is None or part.shape.rank > 1 for part in made.filled)


def _may_have_features(sequences: Value, dtype: Value) -> bool:
    """Return whether the steps of unknown sequences may be more than tokens: those are padded as floats."""
    parts = [sequences, *map(one_of, sequence(sequences) or ())]
    unknown = any(isinstance(part, Unknown | External | Choice) for part in parts)
    return unknown and "int" not in (text_of(dtype) or "")


def _tokenizer(site: Site, arguments: Arguments) -> Value:
    state: dict[str, Value] = {"num_words": arguments.get(0, "num_words")}
    return LibraryObject(TOKENIZER, site.origin, site.journal.born(state))


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    texts = count_of(arguments.get(0, "texts"))
    match name:
        case "fit_on_texts" | "fit_on_sequences":
            return None
        case "texts_to_sequences" if isinstance(texts, int) and texts <= MAX_TEXTS:
            return site.list_of(_tokens(site) for _ in range(texts))
        case "texts_to_sequences":
            return site.list_of([Rest(_tokens(site))])
        case "texts_to_matrix" | "sequences_to_matrix":
            words, origin = made.state.get("num_words"), site.origin
            size = unknown_size() if words is None else as_size(words)
            evidence = (Evidence(f"{name} returns (documents, vocabulary)", origin),)
            axes = (Axis(texts, "documents", evidence), Axis(size, "vocabulary", evidence))
            return Tensor(Shape(axes), None, origin)
        case _:
            return site.lost(f"{name} of a tokenizer")


def _tokens(site: Site) -> Value:
    return site.list_of([Rest(Unknown(reason="the tokens of a text"))])


def _attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    if name == "num_words":
        return made.state.get("num_words")
    if name in ("word_index", "index_word", "word_counts", "document_count", "word_docs"):
        return Unknown(written(site.node)[:60], site.origin, "the words of the texts")
    return None


_FUNCTIONS: dict[str, Handler] = {
    "keras.utils.pad_sequences": _pad_sequences,
    TOKENIZER: _tokenizer,
    "keras.legacy.preprocessing.text.Tokenizer": _tokenizer,
}


LIBRARY = Library(
    "keras_text", functions=_FUNCTIONS, kinds={TOKENIZER: Kind(method=_method, attribute=_attribute)}
)
