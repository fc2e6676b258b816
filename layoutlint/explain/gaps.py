"""Gaps: the first place on a tensor's way at which its shape, or one of its sizes, became unknown."""

from __future__ import annotations

from collections.abc import Iterator

from layoutlint.model.graph import Call, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import NAMELESS, Expression, Symbol


def gaps(call: Call) -> Iterator[tuple[str, Origin | None]]:
    """Yield what is not known of a call's outputs, each with why and where it was lost; nothing if all is
    known.
    """
    lost = next((tensor for tensor in call.output_tensors if tensor.shape is None), None)
    if lost is not None:
        yield _first_gap(lost)
        return
    symbols: dict[Symbol, None] = {}
    for tensor in call.output_tensors:
        for size in tensor.shape.sizes if tensor.shape is not None else ():
            if isinstance(size, Expression):
                symbols.update(
                    dict.fromkeys(sorted(size.symbols(), key=lambda symbol: (symbol.serial, symbol.path)))
                )
    for symbol in symbols:
        name = "a size" if symbol.name == NAMELESS else f"the size {symbol.name}"
        yield f"{name} is known only when the program runs", symbol.origin


def _first_gap(tensor: Tensor) -> tuple[str, Origin | None]:
    """Return the place behind which nothing on the way to this tensor is unknown."""
    seen: set[int] = set()
    current = tensor
    while current.producer is not None and id(current.producer) not in seen:
        producer = current.producer
        seen.add(id(producer))
        before = next((t for t in producer.input_tensors if t.shape is None), None)
        if before is None:
            why = producer.error or producer.reason or "its output is not known"
            return f"{producer.layer.class_name}: {why}", producer.origin
        current = before
    what = f"the shape of {current.name}" if current.name else "a shape"
    return f"{what} is not known" + (f": {current.reason}" if current.reason else ""), current.origin
