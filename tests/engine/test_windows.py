"""Windows of tables: which axis holds the steps and which the features, in all the ways to cut them."""

from __future__ import annotations

import pytest

from layoutlint.facts.index import Index
from layoutlint.facts.roles import roles_of
from layoutlint.readers import source

HEAD = """
import numpy as np
import pandas as pd
import tensorflow as tf
import keras
from keras import layers
from numpy.lib.stride_tricks import sliding_window_view
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler

length = 48
COLUMNS = ["a", "b", "c", "d", "e", "f", "g"]
table = pd.read_csv("table.csv")
values = table[COLUMNS].to_numpy()
numbers = np.random.rand(1000, 7)
"""
TAIL = """
model = keras.Sequential([keras.Input(X.shape[1:]), layers.Conv1D(8, 3)])
model.fit(X)
"""
STEPS_FIRST, FEATURES_FIRST = ("steps", "features"), ("features", "steps")

WAYS = {
    "X = np.array([values[i:i + length] for i in range(len(values) - length)])": STEPS_FIRST,
    "X = np.stack([table[COLUMNS].iloc[i:i + length].values for i in range(900)])": STEPS_FIRST,
    "X = np.array([table[COLUMNS].iloc[i:i + length] for i in range(len(table) - length)])": STEPS_FIRST,
    "X = np.array([numbers[i:i + length] for i in range(1000 - length)])": STEPS_FIRST,
    "X = np.asarray([values[end - length:end, :] for end in range(length, len(values))])": STEPS_FIRST,
    "X = np.array([values[i * length:(i + 1) * length] for i in range(20)])": STEPS_FIRST,
    "X = np.vstack([values[np.newaxis, i:i + length, :] for i in range(len(values) - length)])": STEPS_FIRST,
    "X = np.concatenate([values[i:i + length][None] for i in range(len(values) - length)])": STEPS_FIRST,
    "X = np.array([values[i:i + length].T for i in range(len(values) - length)])": FEATURES_FIRST,
    "X = np.stack([numbers[i:i + length] for i in range(900)]).transpose(0, 2, 1)": FEATURES_FIRST,
    "X = np.swapaxes(np.stack([numbers[i:i + length] for i in range(900)]), 1, 2)": FEATURES_FIRST,
    "X = sliding_window_view(numbers, length, axis=0)": FEATURES_FIRST,
    "X = sliding_window_view(values, window_shape=length, axis=0)": FEATURES_FIRST,
    "X = np.moveaxis(sliding_window_view(numbers, length, axis=0), -1, 1)": STEPS_FIRST,
    "X = sliding_window_view(values, (length, 7)).squeeze(1)": STEPS_FIRST,
    "X = sliding_window_view(values, (length, 7))[:, 0]": STEPS_FIRST,
    "X = sliding_window_view(numbers[:, 0], length)[..., None]": ("steps", ""),
    """
scaled = MinMaxScaler().fit_transform(table[COLUMNS])
X, rest = train_test_split(np.array([scaled[i:i + length] for i in range(len(scaled) - length)]))
""": STEPS_FIRST,
    """
found = []
for name, group in table.groupby("name"):
    rows = group[COLUMNS].values
    for start in range(0, len(rows) - length, 10):
        found.append(rows[start:start + length])
X = np.array(found)
""": STEPS_FIRST,
    """
found = []
for start in range(0, len(table) - length, 20):
    x, y = table["a"].values[start:start + length], table["b"].values[start:start + length]
    found.append([x, y])
X = np.array(found)
""": ("features", "steps"),
    """
found = []
for start in range(0, len(table) - length, 20):
    x, y = table["a"].values[start:start + length], table["b"].values[start:start + length]
    found.append(np.column_stack((x, y)))
X = np.array(found)
""": ("steps", ""),
    """
data = tf.data.Dataset.from_tensor_slices(values).window(length, shift=1, drop_remainder=True)
X = next(iter(data.flat_map(lambda window: window.batch(length)).batch(32)))
""": STEPS_FIRST,
    """
X = next(iter(keras.utils.timeseries_dataset_from_array(values, None, sequence_length=length)))
""": STEPS_FIRST,
    "X = values[:480].reshape(10, 48, 7)": STEPS_FIRST,
    "X = values[:480].reshape(-1, 48, 7).transpose(0, 2, 1)": FEATURES_FIRST,
    # pieces of one row, an array of no table, one batch, a lag that is no window
    "X = values.reshape(len(values), 1, 7)": ("", ""),
    "X = numbers[:480].reshape(10, 48, 7)": ("", ""),
    "X = numbers[100:148][None]": ("", ""),
    "X = np.stack([numbers[i:952 + i] for i in range(48)], axis=1)": ("", ""),
}


@pytest.mark.parametrize("text", WAYS)
def test_the_roles_of_a_window(text):
    graph = source.read(HEAD + text + TAIL, "program.py")
    (call,) = [call for call in graph.calls if call.layer.class_name == "Conv1D"]
    told = roles_of(Index(graph), call.input_tensors[0])
    assert tuple("" if role is None else role.role for role in told[1:]) == WAYS[text]
