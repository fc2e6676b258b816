"""pyfive with bounds: an attribute never claims more values than the file has bytes for.

A damaged dataspace makes pyfive allocate room for any number of values before it looks at the first one.
"""

from __future__ import annotations

from typing import Any

import pyfive
from pyfive.dataobjects import DataObjects

from layoutlint.model.unreadable import UnreadableError


class _Objects(DataObjects):  # type: ignore[misc]
    def _attr_value(self, ptype: Any, buf: Any, count: int, offset: int) -> Any:
        if buf is None or not 0 <= count <= len(buf):
            raise UnreadableError(f"damaged HDF5 file: an attribute of {count} values")
        return super()._attr_value(ptype, buf, count, offset)


class BoundedHDF5(pyfive.File):  # type: ignore[misc]
    """An HDF5 file whose objects check what they allocate."""

    def _get_dataobjects(self, obj_addr: int) -> Any:
        cached = self._dataobjects_cache.get(obj_addr)
        if cached is None:
            cached = _Objects(self._fh, obj_addr, global_heaps=self._global_heaps)
            self._dataobjects_cache[obj_addr] = cached
        return cached
