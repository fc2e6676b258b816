"""What is read out of records of TensorFlow, against what really comes out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.interpreter.snippets import UNKNOWN, sizes_of_x

GIVEN = """
io = tf.io
blank = io.FixedLenFeature([], tf.string, default_value=b"abcd")
label = io.FixedLenFeature((), tf.int64, default_value=1)
signal = io.FixedLenFeature([2, 3], tf.float32, default_value=[[0.0] * 3] * 2)
steps = io.FixedLenSequenceFeature([3], tf.float32, allow_missing=True)
tags = io.VarLenFeature(tf.int64)
one = tf.constant(b"")
two = tf.constant([b"", b""])
"""
KNOWN = [
    'x = io.parse_single_example(one, {"a": signal, "b": label})["a"]',
    'x = io.parse_single_example(one, features={"a": signal, "b": label})["b"]',
    'x = io.parse_example(two, {"a": signal, "b": label})["a"]',
    'x = io.parse_example(serialized=two, features={"a": signal, "b": label})["b"]',
    'x = io.parse_example(one, {"a": signal})["a"]',
    'x = tf.compat.v1.parse_single_example(one, {"a": signal})["a"]',
    'x = tf.compat.v1.parse_example(two, {"a": tf.compat.v1.FixedLenFeature(3, tf.int64, [1, 2, 3])})["a"]',
    'x = io.parse_single_sequence_example(one, {"a": label}, {})[0]["a"]',
    "def read(record):\n"
    '    found = io.parse_single_example(record, {"a": blank, "b": label})\n'
    '    return tf.reshape(io.decode_raw(found["a"], tf.uint8), (2, 2)), found["b"]\n'
    "records = tf.data.Dataset.from_tensor_slices(two).map(read).batch(2, drop_remainder=True)\n"
    "x = next(iter(records))[0]",
    "def read(record):\n"
    '    found = io.parse_single_example(record, {"a": blank, "b": label})\n'
    '    return found["a"], found["b"]\n'
    "x = next(iter(tf.data.Dataset.from_tensor_slices(two).map(read).batch(2, True)))[1]",
    "records = tf.data.Dataset.from_tensor_slices(two).batch(2, drop_remainder=True)\n"
    'x = next(iter(records.map(lambda each: io.parse_example(each, {"a": signal})["a"])))',
]


def really(code: str) -> tuple[int, ...]:
    scope: dict[str, Any] = {}
    exec(f"import tensorflow as tf\n{GIVEN}{code}", scope)
    return tuple(scope["x"].shape)


@pytest.mark.parametrize("code", KNOWN)
def test_known(code: str) -> None:
    assert sizes_of_x(GIVEN + code) == really(code)


RANKS = [
    ('x = io.parse_single_example(one, {"a": steps})["a"]', (UNKNOWN, 3)),
    ('x = io.parse_example(two, {"a": steps})["a"]', (2, UNKNOWN, 3)),
    ('x = io.parse_single_sequence_example(one, {}, {"a": steps})[1]["a"]', (UNKNOWN, 3)),
    ('x = tf.sparse.to_dense(io.parse_single_example(one, {"a": tags})["a"])', (UNKNOWN,)),
    ('x = tf.sparse.to_dense(io.parse_example(two, {"a": tags})["a"])', (2, UNKNOWN)),
    ("x = io.decode_raw(two, tf.uint8)", (2, UNKNOWN)),
]


@pytest.mark.parametrize(("code", "expected"), RANKS)
def test_known_but_for_a_length(code: str, expected: tuple[Any, ...]) -> None:
    assert sizes_of_x(GIVEN + code) == expected
    assert len(really(code)) == len(expected)


@pytest.mark.parametrize(
    "code",
    [
        'x = io.parse_single_example(one, {"a": tags})["a"]',
        'x = io.parse_single_example(one, other)["a"]',
        'x = io.parse_single_example(one, {"a": other})["a"]',
        'x = io.parse_single_example(one, {"a": io.FixedLenFeature(other, tf.int64)})["a"]',
        'x = io.parse_single_example(one, {other: signal})["a"]',
        'x = io.parse_example(other, {"a": signal})["a"]',
        "x = tf.sparse.to_dense(other)",
        "x = io.decode_raw(other, tf.uint8)",
    ],
)
def test_not_known(code: str) -> None:
    assert sizes_of_x(f"from elsewhere import other\n{GIVEN}{code}") == UNKNOWN
