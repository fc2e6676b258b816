"""Results as Parquet, by pyarrow (extra ``fleet``): a column for each field of a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

import msgspec

from layoutlint.fleet.result_rows import LookedAt, ResultRow, from_plain

ENDING: Final = ".parquet"
SEEN: Final = LookedAt.__struct_fields__
GROUP: Final = 10_000
"""Rows that are in memory at once, and in one group of the file."""


class NoParquetError(Exception):
    """Parquet cannot be read or written here; ``str(error)`` says why, in one line."""


def is_parquet(file: str) -> bool:
    """Tell whether a file of results is to be Parquet, by its name."""
    return file.lower().endswith(ENDING)


def needed() -> tuple[Any, Any]:
    """Return pyarrow and its module for Parquet. Raises NoParquetError."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise NoParquetError("Parquet needs pyarrow: pip install layoutlint[fleet]") from None
    return pyarrow, parquet


def write(file: str, rows: Iterable[ResultRow]) -> None:
    """Write rows to a file. Raises OSError and NoParquetError."""
    pyarrow, parquet = needed()
    schema = _schema(pyarrow)
    found = iter(rows)
    try:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while group := [_plain(row) for row in islice(found, GROUP)]:
                writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
    except pyarrow.ArrowException as error:
        raise OSError(f"{error}") from None


def read(file: str) -> Iterator[ResultRow]:
    """Yield the rows of a file, in order. Raises NoParquetError, OSError, and ValueError for what is none."""
    pyarrow, parquet = needed()
    try:
        with parquet.ParquetFile(file) as opened:
            for batch in opened.iter_batches(GROUP):
                yield from map(_row, batch.to_pylist())
    except (pyarrow.ArrowException, KeyError, TypeError, msgspec.MsgspecError) as error:
        raise ValueError(f"not a file of results: {' '.join(str(error).split())[:200]}") from None


def _plain(row: ResultRow) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(row)
    plain["looked_at"] = [dict(zip(SEEN, each, strict=True)) for each in plain["looked_at"]]
    return plain


def _row(plain: dict[str, Any]) -> ResultRow:
    """Return a row. Raises KeyError and msgspec.MsgspecError for what is none."""
    return from_plain(plain | {"looked_at": [[each[name] for name in SEEN] for each in plain["looked_at"]]})


def _schema(pyarrow: Any) -> Any:
    """Return the columns: they are those of :class:`ResultRow`."""
    text, number, whole = pyarrow.string(), pyarrow.int64(), pyarrow.float64()
    names = ("rule", "severity", "confidence", "message", "file", "line", "column", "cell", "layer")
    numbers = ("line", "column", "cell")
    finding = pyarrow.struct([(name, number if name in numbers else text) for name in names])
    seen = pyarrow.struct([(name, text) for name in SEEN])
    types: dict[type | str, Any] = {
        "named": pyarrow.bool_(),
        "seconds": whole,
        "unread": pyarrow.list_(text),
        "findings": pyarrow.list_(finding),
        "looked_at": pyarrow.list_(seen),
    }
    counts = ("keras", "models", "layers", "known", "partial", "unknown", "ignored", "severe")
    types |= dict.fromkeys(counts, number)
    return pyarrow.schema([(name, types.get(name, text)) for name in ResultRow.__struct_fields__])
