"""Facts about decoders that are trained with the sequence that they are to predict (teacher forcing)."""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.target import TABLE, TargetView
from layoutlint.inference.losses import Wants
from layoutlint.model.graph import Tensor, flatten

ONE_WAY: Final = frozenset(["LSTM", "GRU", "SimpleRNN"])


@TABLE.fact(
    Type.TRUTH,
    "the target is the array of ids that a decoder reads: an Embedding and a recurrent layer with an "
    "`initial_state` that returns every step",
)
def target_is_read_by_decoder(view: TargetView) -> Value:
    network, target = view.feed.call.layer.network, view.array
    if network is None or target is None or view.wants is not Wants.LABELS:
        return False
    inputs, arrays = network.input_tensors, list(flatten(view.feed.data))
    if len(inputs) != len(arrays) or view.feed.in_list:
        return False
    read = (one for one, array in zip(inputs, arrays, strict=True) if array is target)
    return any(_is_decoded(view.index, one) for one in read)


def _is_decoded(index: Index, ids: Tensor) -> bool:
    looked_up = [call for call in index.consumers.get(id(ids), ()) if call.layer.class_name == "Embedding"]
    vectors = [tensor for call in looked_up for tensor in call.output_tensors]
    readers = [reader for tensor in vectors for reader in index.consumers.get(id(tensor), ())]
    return bool(readers) and all(
        unwrapped(reader.layer)[0] is reader.layer
        and reader.layer.class_name in ONE_WAY
        and reader.layer.config.get("return_sequences") is True
        and (reader.keywords.get("initial_state") is not None or len(reader.input_tensors) > 1)
        for reader in readers
    )
