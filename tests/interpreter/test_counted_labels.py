"""Labels that a program counts: the rows that an Embedding lacks for them, without a number being known."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import graph_of, rules_of

PROGRAM = """
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
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
LESS = 'n = table["city"].max()\ntable["city"] = table["city"] - 1'
DRAWN = 'table["id"] = np.random.randint(0, 100, len(table))'
COUNTED = 'table["id"] = np.arange(100)'
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
        (LESS, "n", 'table[:80]["city"]', False),
        ("n = table.city.max()\ntable.city = table.city - 1", "n", "table.city", False),
        ("table.city = f(table.city)", "table.city.max()", "table.city", True),
        (LESS, "n", 'table[["city", "town"]]["city"]', False),
        (LESS, "n", "train_test_split(table, random_state=1)[0].city", False),
        ('table["id"] = f(table["city"])', 'table["id"].max()', 'table.sample(frac=0.5)["id"]', True),
        ('table["id"] = f(table["city"])', 'table["id"].max()', 'table[["id"]]["id"]', True),
        (DRAWN, "10", 'table["id"]', True),
        (DRAWN, "10", 'table["id"].values', True),
        (DRAWN, "10", 'table.applymap(lambda each: each % 10)["id"]', False),
        (DRAWN, "10", 'table[table["id"] < 10]["id"]', False),
        (DRAWN, "10", 'table["id"][table["id"] < 10]', False),
        ("s = pd.Series(np.random.randint(0, 100, 500))", "10", "s[s < 10]", False),
        ("s = pd.Series(np.random.randint(0, 100, 500))", "10", "s[:80]", True),
        (DRAWN, "10", 'table.query("id < 10")["id"]', False),
        (DRAWN, "10", 'table.nsmallest(5, "id").reset_index(drop=True)["id"]', False),
        (DRAWN, "10", 'table["id"][:80]', True),
        (DRAWN, "10", 'table.sample(frac=0.5)["id"]', True),
        (DRAWN + '\ntable.loc[table["id"] > 9, "id"] = 0', "10", 'table["id"]', False),
        (DRAWN + '\ntable.loc[table["id"] > 9, "town"] = 0', "10", 'table["id"]', True),
        (DRAWN + "\ntable.iloc[:, 2] = 0", "10", 'table["id"]', False),
        (COUNTED, "10", 'table[:10]["id"]', False),
        (COUNTED, "10", 'table.head(10)["id"]', False),
        (COUNTED, "10", 'table["id"]', True),
        ("table = table.head(100)\n" + COUNTED, "10", 'table["id"]', True),
        (DRAWN, "10", 'table["id"].rolling(3).std().astype(int)', False),
    ],
)
def test_rows_for_what_is_counted(make: str, rows: str, ids: str, lacking: bool) -> None:
    graph = graph_of(PROGRAM.format(make=make, rows=rows, ids=ids))
    assert rules_of(graph) == (["ids-beyond-embedding"] if lacking else [])
