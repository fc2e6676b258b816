"""The files and data sets that labelled programs read: small, random, and of the shape that their label says.

What a ``# file:`` label may say, by the ending of the name:

- ``.npy``: ``(64, 8000)`` floats, ``(64,)<5`` whole numbers below 5;
- ``.npz``: ``x=(64, 8000) y=(64,)<5``;
- ``.csv``: ``200 Open,Close,label<2``, rows and columns;
- ``.png``: ``(40, 30, 3)``, with a number before it for a name that holds a star: ``4 (40, 30, 3)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

ARRAY = re.compile(r"(?:(?P<key>\w+)=)?\((?P<shape>[\d, ]*)\)(?:<(?P<below>\d+))?")


def write(folder: Path, name: str, content: str) -> None:
    """Writes the file of one label into the folder; KeyError for an ending that is not known."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[path.suffix](path, content)


def _arrays(content: str) -> dict[str, np.ndarray]:
    """The arrays that a label names, by key ("" where it has none)."""
    found = {}
    for match in ARRAY.finditer(content):
        shape = tuple(int(size) for size in re.findall(r"\d+", match["shape"]))
        found[match["key"] or ""] = _array(shape, match["below"])
    return found


def _array(shape: tuple[int, ...], below: str | None) -> np.ndarray:
    """Random numbers: floats from 0 to 1, or whole ones below a number."""
    random = np.random.default_rng(0)
    return random.random(shape) if below is None else random.integers(0, int(below), shape)


def _npy(path: Path, content: str) -> None:
    (array,) = _arrays(content).values()
    np.save(path, array)


def _npz(path: Path, content: str) -> None:
    np.savez(path, **_arrays(content))


def _csv(path: Path, content: str) -> None:
    rows, _, columns = content.partition(" ")
    names = [column.partition("<") for column in columns.split(",")]
    table = [_array((int(rows),), below or None) for _, _, below in names]
    rows_of_text = [[name for name, _, _ in names], *(map(str, row) for row in zip(*table, strict=True))]
    path.write_text("".join(",".join(row) + "\n" for row in rows_of_text), encoding="utf-8")


def _png(path: Path, content: str) -> None:
    import tensorflow as tf

    count, (array,) = re.match(r"\d*", content).group() or "1", _arrays(content).values()
    picture = tf.io.encode_png((array * 255).astype("uint8")).numpy()
    for number in range(int(count)):
        path.with_name(path.name.replace("*", str(number))).write_bytes(picture)


WRITERS: dict[str, Callable[[Path, str], None]] = {".npy": _npy, ".npz": _npz, ".csv": _csv, ".png": _png}


def _pairs(shape: tuple[int, ...], train: int, labels: tuple[int, ...] = ()) -> Callable[..., Any]:
    """A loader of pictures and labels, all zero."""

    def pair(count: int) -> tuple[np.ndarray, np.ndarray]:
        digits = np.arange(count, dtype="uint8") % 10
        return np.zeros((count, *shape), "uint8"), digits.reshape(count, *labels)

    return lambda *args, **keywords: (pair(train), pair(10_000))


def _reviews(*args: object, **keywords: object) -> Any:
    """Reviews as lists of tokens, of different lengths, each with its label."""

    def pair() -> tuple[np.ndarray, np.ndarray]:
        tokens = np.empty(100, dtype=object)
        for index in range(100):
            tokens[index] = list(range(1, 20 + index))
        return tokens, np.arange(100) % 2

    return pair(), pair()


LOADERS = {
    "mnist": _pairs((28, 28), 60_000),
    "fashion_mnist": _pairs((28, 28), 60_000),
    "cifar10": _pairs((32, 32, 3), 50_000, (1,)),
    "imdb": _reviews,
}


@contextmanager
def data_made_up() -> Iterator[None]:
    """Within it the loaders of keras.datasets give arrays of their documented shapes, made up."""
    import keras
    import tensorflow as tf

    with ExitStack() as stack:
        for api in (keras.datasets, tf.keras.datasets):
            for name, loader in LOADERS.items():
                stack.enter_context(patch.object(getattr(api, name), "load_data", loader))
        yield
