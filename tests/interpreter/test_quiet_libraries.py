"""Idioms of libraries that nothing calls: their callers give what is missing, so nothing is refused."""

from __future__ import annotations

import pytest

from layoutlint import check_source

PROGRAMS = {
    "a subclassed model of several inputs": """
from keras import Input, Model, layers

class Matcher(Model):
    def __init__(self, width=8, **kwargs):
        left, right = Input((width,)), Input((width,))
        super().__init__([left, right], layers.Dense(1)(layers.Concatenate()([left, right])), **kwargs)
""",
    "a subclass of a layer with needed arguments": """
from keras import layers

class CachedAttention(layers.MultiHeadAttention):
    def call(self, query, value, cache=None):
        return super().call(query, value)
""",
    "a head whose classes the caller chooses": """
from keras import Input, Model, layers

def backbone(classes=None, width=16):
    x = Input((32, 32, 3))
    y = layers.GlobalAveragePooling2D()(layers.Conv2D(width, 3)(x))
    return Model(x, layers.Dense(classes)(y))
""",
    "an axis that the caller chooses": """
from keras import layers

class Stem(layers.Layer):
    def __init__(self, channel_axis=None, **kwargs):
        super().__init__(**kwargs)
        self.norm = layers.BatchNormalization(axis=channel_axis)

    def call(self, x):
        return self.norm(x)
""",
    "sizes of a base class outside the program": """
from framework import BaseNetwork
from keras import layers

class Network(BaseNetwork):
    def stack(self, x):
        return layers.Dense(self.n_units)(x)
""",
    "a list of inputs of unknown length": """
from keras import Input, Model, layers

def run(batches):
    a, b = Input((4,)), Input((4,))
    model = Model([a, b], layers.add([a, b]))
    fed = []
    for batch in batches:
        fed.append(batch)
    return model(fed)
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_is_refused(name: str) -> None:
    report = check_source(PROGRAMS[name])
    assert [item.status for item in report.inputs] == ["checked"]
    assert not report.findings, report.findings


def test_columns_of_rows_that_only_the_program_knows() -> None:
    source = """
import numpy as np
from keras import layers

def gather(parts):
    rows = []
    for part in parts:
        rows.append((part.values, part.index))
    columns = list(map(np.concatenate, zip(*rows)))
    return layers.Dense(3)(np.array(columns[1:]).T)
"""
    assert not check_source(source).findings
