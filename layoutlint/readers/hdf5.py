"""HDF5 files: the architecture in the attribute ``model_config``, and the shapes of the weights.

Read with pyfive through a file with bounds (BoundedFile); the data of a dataset is never read. Written by
Keras 1 and 2, tf.keras and Keras 3; see ``keras/src/legacy/saving/legacy_h5_format.py``.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from layoutlint.architecture import network
from layoutlint.architecture.layer_config import Stored
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError, brief
from layoutlint.readers import hdf5_shapes, subclassed_weights
from layoutlint.readers.bounded import BoundedFile
from layoutlint.readers.hdf5_shapes import MAX_DEPTH, MAX_OBJECTS, Tree
from layoutlint.readers.jsontext import parse
from layoutlint.readers.layer_weights import of_hdf5
from layoutlint.system.places import opened
from layoutlint.system.remote_files import is_fetched

CONFIG = "model_config"
VERSION = "keras_version"
TRAINING = "training_config"
LAYER_NAMES = "layer_names"
ARCHIVE_MARKS = ("layers", "_layer_checkpoint_dependencies")
WEIGHTS_MARKS = (LAYER_NAMES, subclassed_weights.HDF5_GROUP, *ARCHIVE_MARKS, "vars")


def read(path: str) -> Graph:
    """Return the graph of an HDF5 file."""
    with opened(path) as file:
        return read_file(BoundedFile(file), path)


def read_file(file: BoundedFile, path: str) -> Graph:
    """Return the graph of an open HDF5 file; ``path`` is how it is called in what is reported."""
    root = _open(file)
    attributes = _guarded(lambda: dict(root.attrs))
    text = attributes.get(CONFIG)
    if text is None:
        names = set(_guarded(lambda: set(root)) | attributes.keys())
        if names.intersection(WEIGHTS_MARKS):
            inside = subclassed_weights.HDF5_GROUP if LAYER_NAMES in attributes else ""
            groups = weight_groups(file, inside)
            return subclassed_weights.alone(path, groups, attributes.get(VERSION))
        raise NothingToReadError("an HDF5 file without a Keras model")
    if not isinstance(text, bytes | str):
        raise UnreadableError(f"its {CONFIG} is not text")
    config = parse(text, CONFIG)
    if not network.is_architecture(config):
        return subclassed_weights.subclassed(config, path, weight_groups(file), None, attributes.get(VERSION))
    stored, note = stored_shapes(file, lambda tree: of_hdf5(config, tree))
    graph = network.read(config, path, stored, attributes.get(VERSION), _training(attributes.get(TRAINING)))
    graph.notes += [note] if note else []
    return graph


def _training(text: Any) -> Any:
    """Return what ``compile`` was given; None where the file does not say, or not in a form that
    can be read.
    """
    try:
        return parse(text, TRAINING) if isinstance(text, bytes | str) else None
    except UnreadableError:
        return None


def stored_shapes(file: BoundedFile, sort: Callable[[Tree], Stored]) -> tuple[Stored, str | None]:
    """Return the shapes of the stored weights as ``sort`` puts them to the layers, and why there
    are none.

    They are never a reason to refuse the file.
    """
    try:
        return sort(tree(file)), None
    except (UnreadableError, OSError) as error:
        return {}, f"the shapes of the stored weights were not read: {error}"


def tree(file: BoundedFile) -> Tree:
    """Return every group and the shape of every data set of the file."""
    try:
        return hdf5_shapes.read(file)
    except hdf5_shapes.OtherFormError:
        root = _open(file)
        found: Tree = _guarded(lambda: _tree(root, 0, [0]))
        return found


def _tree(group: Any, depth: int, seen: list[int]) -> Tree:
    import pyfive

    found: Tree = {}
    for name in group:
        seen[0] += 1
        if seen[0] > MAX_OBJECTS or depth > MAX_DEPTH:
            raise UnreadableError("holds too many groups: damaged or malicious")
        item = group.get_lazy_view(name)
        if isinstance(item, pyfive.Dataset):
            found[name] = tuple(int(size) for size in item.shape or ())
        elif isinstance(item, pyfive.Group):
            found[name] = _tree(item, depth + 1, seen)
    return found


def layer_names(file: BoundedFile) -> tuple[str, ...] | None:
    """Return the layers of a legacy file of weights in their order; None where it does not say."""
    root = _open(file)
    attributes = _guarded(lambda: dict(root.attrs))
    if LAYER_NAMES not in attributes and subclassed_weights.HDF5_GROUP in _guarded(lambda: set(root)):
        attributes = _guarded(lambda: dict(root[subclassed_weights.HDF5_GROUP].attrs))
    listed = attributes.get(LAYER_NAMES)
    names = [] if listed is None else [_text(name) for name in listed]
    return tuple(names) or None


def _text(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def weight_groups(file: BoundedFile, inside: str = "") -> tuple[subclassed_weights.Group, ...]:
    """Return every group of the file that holds weights: path (below ``inside``), layer's name and shapes by
    weight name.
    """
    if is_fetched(file.file):
        # the names of the layers are beside the shapes, whose headers are fetched many at a time
        with contextlib.suppress(UnreadableError):
            tree(file)
    root = _open(file)
    return tuple(_guarded(lambda: list(_groups(root, inside, 0, [0]))))


def _groups(group: Any, path: str, depth: int, seen: list[int]) -> Iterator[subclassed_weights.Group]:
    import pyfive

    shapes: dict[str, tuple[int, ...]] = {}
    inner = []
    for name in group:
        seen[0] += 1
        if seen[0] > MAX_OBJECTS or depth > MAX_DEPTH:
            raise UnreadableError("holds too many groups: damaged or malicious")
        item = group.get_lazy_view(name)
        if isinstance(item, pyfive.Dataset):
            shapes[name] = tuple(int(size) for size in item.shape or ())
        elif isinstance(item, pyfive.Group):
            inner.append((name, item))
    if shapes:
        given = group.attrs.get("name")
        yield subclassed_weights.Group(
            path, given.decode(errors="replace") if isinstance(given, bytes) else given, shapes
        )
    for name, item in inner:
        yield from _groups(item, f"{path}/{name}" if path else name, depth + 1, seen)


def _open(file: BoundedFile) -> Any:
    from layoutlint.readers.bounded_hdf5 import BoundedHDF5

    return _guarded(lambda: BoundedHDF5(file))


def _guarded(action: Any) -> Any:
    """Return what pyfive answers; whatever it raises on damaged bytes becomes one line.

    pyfive meets damage with assertions, struct errors, KeyErrors and worse, so nothing less than Exception
    will do.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return action()
    except (UnreadableError, NothingToReadError, OSError):
        raise
    except RecursionError:
        raise UnreadableError("damaged HDF5 file: nested too deeply") from None
    except Exception as error:
        raise UnreadableError(f"damaged HDF5 file: {brief(f'{type(error).__name__} {error}')}") from error
