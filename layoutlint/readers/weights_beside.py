"""The weights beside an architecture: the shapes in the HDF5 file that belongs to it by its name.

``model.json`` goes with ``model.weights.h5``, ``model_weights.h5`` or ``model.h5``; a config.json with the
``model.weights.h5`` of the archive that it was in. Nothing is said where the names of the layers are others:
Keras loads legacy weights in their order, so another name is no mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from layoutlint.architecture.config_values import Json
from layoutlint.architecture.layer_config import Stored, is_input, layer_list, name_of
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import weights_files
from layoutlint.readers.hdf5_shapes import Tree
from layoutlint.readers.layer_weights import of_archive, of_hdf5
from layoutlint.readers.subclassed_weights import HDF5_GROUP
from layoutlint.system.regular_files import words
from layoutlint.system.remote_files import is_address

ENDINGS: Final = (
    ".weights.h5",
    "_weights.h5",
    "-weights.h5",
    ".h5",
    ".hdf5",
    ".weights.hdf5",
    ".weights.json",
)
GENERAL: Final = ("config", "model", "architecture")
"""Names of an architecture that say nothing: it goes with weights that are called as little."""
GENERAL_WEIGHTS: Final = ("model.weights.h5", "weights.h5", "model_weights.h5", "model.weights.json")
OF_THE_MODEL: Final = "top_level_model_weights"


class Beside(Struct, frozen=True):
    """What was found: shapes by layer, the files that were looked for, and what was not read."""

    stored: Stored = {}
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def find(path: str, config: Mapping[str, Json]) -> Beside:
    """Return the shapes of the weights that belong to an architecture."""
    if is_address(path):
        return Beside()
    place = Path(path)
    names = [f"{place.stem}{ending}" for ending in ENDINGS]
    names += GENERAL_WEIGHTS if place.stem.lower() in GENERAL else ()
    looked: list[str] = []
    for name in names:
        file = place.with_name(name)
        looked.append(str(file))
        if file.is_file():
            stored, note = _shapes(file, config)
            return Beside(stored, tuple(looked), (note,) if note else ())
    return Beside(files=tuple(looked))


def _shapes(file: Path, config: Mapping[str, Json]) -> tuple[Stored, str | None]:
    try:
        found = weights_files.weights(file)
    except OSError as error:
        return {}, f"{file.name} was not read: {words(error)}"
    except (UnreadableError, NothingToReadError) as error:
        return {}, f"{file.name} was not read: {error}"
    if found.is_archive:
        return of_archive(config, found.tree), None
    if found.groups is None or not _is_of(found.groups, config):
        return {}, f"{file.name} is not compared: it has other layers"
    return of_hdf5(config, {HDF5_GROUP: found.groups}), None


def _is_of(groups: Tree, config: Mapping[str, Json]) -> bool:
    """Tell whether a legacy file has a group for each layer of the model, and none for another.

    Some versions write groups for inputs, some do not, and some one for the weights of the model itself.
    """
    layers = layer_list(config)
    own = {name_of(layer) for layer in layers if not is_input(layer)}
    others = {name_of(layer) for layer in layers if is_input(layer)} | {OF_THE_MODEL}
    return {name for name, group in groups.items() if isinstance(group, dict)} - others == own
