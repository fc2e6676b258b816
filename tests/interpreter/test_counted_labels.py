"""Labels that a program counts: the rows that an Embedding lacks for them, without a number being known."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import graph_of, rules_of

PROGRAM = """
import numpy as np
import pandas as pd
from sklearn.preprocessing import LabelEncoder
from keras import Input, Sequential
from keras.layers import Embedding, Flatten

table = pd.read_csv("table.csv")
encoder = LabelEncoder()
{make}
model = Sequential([Input((1,)), Embedding({rows}, 4), Flatten()])
model.predict({ids})
"""
ENCODED = 'table["id"] = encoder.fit_transform(table["city"])'
SEPARATELY = 'encoder.fit(table["city"]); ids = encoder.transform(table["city"])'
FACTORS = 'table["id"], cities = pd.factorize(table["city"])'


@pytest.mark.parametrize(
    ("make", "rows", "ids", "lacking"),
    [
        (ENCODED, "len(encoder.classes_)", 'table["id"]', False),
        (ENCODED, "len(encoder.classes_) - 1", 'table["id"]', True),
        (ENCODED, "len(encoder.classes_)", 'table["id"].to_numpy() + 1', True),
        (ENCODED, "encoder.classes_.shape[0]", '1 + table["id"].values', True),
        (ENCODED, "len(encoder.classes_) + 1", 'table["id"].values + 1', False),
        (ENCODED, "len(encoder.classes_)", 'table["other"].values + 1', False),
        (ENCODED + '\ntable["id"] = table["id"] + 1', "len(encoder.classes_)", 'table["id"].values', True),
        (ENCODED + '\ntable["id"] = table["id"] % 5', "len(encoder.classes_)", 'table["id"].values', False),
        (SEPARATELY, "encoder.classes_.size - 1", "ids", True),
        (SEPARATELY, "len(encoder.classes_)", "ids", False),
        (FACTORS, "len(cities)", 'table["id"].values + 1', True),
        (FACTORS, "len(cities)", 'table["id"].values', False),
        ("", 'table["city"].max() + 1', 'table["city"].values + 1', True),
        ("", 'table["city"].max()', 'table["city"].values - 1', False),
        ('table["city"] = f(table["city"])', 'table["city"].max()', 'table["city"]', True),
        ('n = table["city"].max()\ntable["city"] = f(table["city"])', "n", 'table["city"]', False),
        ('n = table["city"].max()\ntable["town"] = f(table["city"])', "n", 'table["city"]', True),
    ],
)
def test_rows_for_what_is_counted(make: str, rows: str, ids: str, lacking: bool) -> None:
    graph = graph_of(PROGRAM.format(make=make, rows=rows, ids=ids))
    assert rules_of(graph) == (["ids-beyond-embedding"] if lacking else [])
