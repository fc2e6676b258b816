"""The names that rules give to fixes, and what each fix does."""

from __future__ import annotations

from typing import Final

FIXES: Final = {
    "add-flatten": "adds a Flatten or a global pooling before the last Dense layers",
    "add-missing-axis": "adds a last axis of 1 to the shape, and to the reshape of the data",
    "clear-return-sequences": "makes the last recurrent layer return only its last output",
    "add-sample-axis": "adds the batch axis to one sample: x[None]",
    "count-from-one": "counts the dims of a Permute from 1, without the batch",
    "drop-batch-axis": "removes the batch from a declared shape",
    "flatten-each-step": "flattens the maps of every step before a recurrent layer",
    "match-samples": "feeds data and targets of the same samples",
    "order-arrays": "feeds two arrays in the order of the model's inputs",
    "reshape-data": "reshapes or transposes the data where the model is fed",
    "reshape-to-transpose": "replaces a reshape by the transpose that was meant",
    "set-axis": "sets the axis of a layer to the last one",
    "set-data-format": "sets the data_format of a layer to that of the layers before it",
    "set-embedding-size": "gives an Embedding the sizes of its matrix, or a row for every id",
    "set-input-shape": "declares the shape of the data that the model is fed",
    "set-layer-rank": "replaces a layer by that of the data's rank: Conv2D by Conv1D",
    "set-return-sequences": "makes the previous recurrent layer return every step",
    "set-units": "gives the last layer one unit for each value of the targets, and its loss with them",
    "swap-input-axes": "moves the first axis of a sample to the end, in the shape and in the data's reshape",
    "swap-sparse-loss": "replaces the sparse crossentropy by the categorical one, or the other way round",
    "swap-width-height": "swaps width and height in a shape",
    "tuple-kernel": "writes a kernel size as one tuple instead of several numbers",
    "use-sigmoid": "replaces the softmax of a single unit by a sigmoid",
}
"""Name → what it does. The module in ``layoutlint/fixes`` has the same name, with underscores."""
