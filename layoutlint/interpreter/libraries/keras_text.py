"""Text as numbers: Keras's Tokenizer and ``pad_sequences``, and the texts that Keras brings along.

Source: "Tokenizer" and "pad_sequences", https://keras.io/api/data_loading/timeseries/ and the legacy module
``keras.preprocessing.text``; "IMDB movie review sentiment classification dataset" and "Reuters newswire
classification dataset", https://keras.io/api/datasets/.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

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


class Texts(NamedTuple):
    """A dataset of texts: how many there are for training and for testing, their classes, and the words that
    they have, with the three that stand for something else.
    """

    samples: tuple[int, int]
    classes: int
    words: int
    splits: bool = False
    """Whether ``test_split`` says how many are for testing."""


IMDB = Texts((25000, 25000), 2, 88587)
REUTERS = Texts((8982, 2246), 46, 30982, splits=True)


def _load_texts(texts: Texts, site: Site, arguments: Arguments) -> Value:
    """Return an array of lists of tokens, of different lengths, and their labels, twice."""
    whole = arguments.get(3, "maxlen") is None
    if texts.splits:
        whole = whole and arguments.get(4, "test_split", 0.2) == 0.2
    evidence = (Evidence("load_data returns (samples)", site.origin),)
    limit = arguments.get(1, "num_words")
    most = Labels(min(limit, texts.words)) if type(limit) is int and limit > 0 else None

    def part(count: int) -> tuple[Value, Value]:
        shape = Shape([Axis(count if whole else unknown_size(), "samples", evidence)])
        tokens = Tensor(shape, None, site.origin, labels=most)
        return tokens, Tensor(shape, None, site.origin, labels=Labels(texts.classes))

    return tuple(map(part, texts.samples))


def _pad_sequences(site: Site, arguments: Arguments) -> Value:
    """Return (samples, maxlen, and the axes of a step); the steps are tokens where they are numbers."""
    sequences, length = arguments.get(0, "sequences"), arguments.get(1, "maxlen")
    origin = site.origin
    tail = _step_axes(site, sequences)
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
    """Return how many tokens sequences have with their padding: those of a dataset, or of written numbers, if
    no step is cut off.
    """
    if isinstance(sequences, Tensor) and sequences.labels is not None:
        return sequences.labels if padding == 0 else None
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


def _step_axes(site: Site, sequences: Value) -> tuple[Axis, ...] | None:
    """Return the axes of one step: none for lists of numbers, and where nothing is known of the sequences."""
    shape = known_shape(sequences)
    if (shape is None or shape.rank == 1) and _holds_arrays(site, sequences):
        return None
    if shape is not None:
        return tuple(shape[2:])
    first = next(map(one_of, sequence(sequences) or ()), None)
    inner = known_shape(first)
    if inner is not None:
        return tuple(inner[1:])
    steps = sequence(first) or ()
    return None if any(isinstance(step, list | tuple | Tensor) for step in steps) else ()


def _holds_arrays(site: Site, sequences: Value) -> bool:
    """Tell whether a program stores arrays of several axes, or what may be some, in an array of objects."""
    if isinstance(sequences, Unknown):
        return sequences.serial in site.evaluator.holding_arrays
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
    "keras.datasets.imdb.load_data": partial(_load_texts, IMDB),
    "keras.datasets.reuters.load_data": partial(_load_texts, REUTERS),
    TOKENIZER: _tokenizer,
    "keras.legacy.preprocessing.text.Tokenizer": _tokenizer,
}


LIBRARY = Library(
    "keras_text", functions=_FUNCTIONS, kinds={TOKENIZER: Kind(method=_method, attribute=_attribute)}
)
