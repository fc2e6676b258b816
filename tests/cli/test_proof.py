"""``explain --prove``: real Keras computes the layer both ways, in a process of its own."""

from __future__ import annotations

import re

PROVEN = [
    "Conv1D(6, 3, input_shape=(20, 5))",
    'Conv1D(6, 4, padding="same", strides=2, input_shape=(21, 5))',
    'Conv1D(6, 3, padding="causal", dilation_rate=2, input_shape=(20, 5))',
    'Conv1D(6, 3, padding="same", input_shape=(1, 80))',
    "Conv1D(6, 3, input_shape=(None, 5))",
]


def test_the_proof_is_computed_by_real_keras(run):
    layers = "".join(f"m = keras.Sequential([keras.layers.{layer}])\n" for layer in PROVEN)
    run.write("a.py", "import keras\n" + layers)
    result = run("explain", "a.py", "--prove")
    assert result.code == 0, result.err
    differences = [float(number) for number in re.findall(r"largest difference (\S+)", result.out)]
    assert len(differences) == 2 * len(PROVEN)
    assert max(differences) < 1e-4
    largest = [
        float(number) for number in re.findall(r"largest number in the output is ([\d.]+)", result.out)
    ]
    assert min(largest) > 0.1
