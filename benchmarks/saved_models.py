"""How many saved models a second does `layoutlint check` read and judge, cold and from its cache?

    python benchmarks/saved_models.py [--models 1000] [--runs 3]

Keras builds 40 models of different kinds (signals, images, texts, tables; 4 to 60 layers), saves each as
`.keras`, and the files are copied until there are as many as asked for. Whole processes with one worker
(`--jobs 1`), medians of the runs in seconds of processor time; what it takes to start and to check a single
model is measured by itself and taken off, so that the figure is what one model more costs. The cache is empty
in cold runs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

KINDS = 40
CHECK = "from layoutlint.cli import run; run()"


def signal(draw: random.Random, keras: Any) -> Any:
    layers, inputs = keras.layers, keras.Input((draw.choice([64, 256, 1000]), draw.choice([1, 3, 12])))
    x = inputs
    for _ in range(draw.randint(1, 6)):
        x = layers.Conv1D(draw.choice([4, 8]), 3, padding="same")(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.LSTM(4)(x) if draw.random() < 0.5 else layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, layers.Dense(3, activation="softmax")(x))


def image(draw: random.Random, keras: Any) -> Any:
    layers, inputs = keras.layers, keras.Input((draw.choice([32, 64]), 64, 3))
    x = layers.Rescaling(1 / 255)(inputs)
    for _ in range(draw.randint(2, 12)):
        before = x = layers.Conv2D(4, 3, padding="same", activation="relu")(x)
        x = layers.Add()([before, layers.Conv2D(4, 1)(layers.BatchNormalization()(x))])
    return keras.Model(inputs, layers.Dense(10)(layers.Flatten()(layers.MaxPooling2D()(x))))


def text(draw: random.Random, keras: Any) -> Any:
    layers, inputs = keras.layers, keras.Input((draw.choice([50, 200]),))
    x = layers.Embedding(100, 8)(inputs)
    for _ in range(draw.randint(1, 4)):
        x = layers.LayerNormalization()(layers.Add()([x, layers.MultiHeadAttention(2, 4)(x, x)]))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(layers.GlobalMaxPooling1D()(x)))


def table(draw: random.Random, keras: Any) -> Any:
    layers = keras.layers
    hidden = [layers.Dense(8, activation="relu") for _ in range(draw.randint(2, 20))]
    model = keras.Sequential([keras.Input((draw.choice([8, 30]),)), *hidden, layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


def write(folder: Path, count: int) -> int:
    """Write the models; return how many layers they have in all."""
    import keras

    draw = random.Random(7)
    total = 0
    for kind in range(KINDS):
        model = (signal, image, text, table)[kind % 4](draw, keras)
        first = folder / f"model_{kind}.keras"
        model.save(first)
        copies = len(range(kind, count, KINDS))
        total += copies * len(model.layers)
        for copy in range(1, copies):
            shutil.copy(first, folder / f"model_{kind}_{copy}.keras")
    return total


def seconds(arguments: list[str], folder: Path, runs: int, *, cold: bool) -> float:
    """Return the median processor time of a check of a folder."""
    found = []
    for _ in range(runs):
        if cold:
            shutil.rmtree(folder.parent / ".layoutlint_cache", ignore_errors=True)
        before = os.times()
        subprocess.run(
            [sys.executable, "-c", CHECK, "check", "--jobs", "1", *arguments],
            cwd=folder.parent,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        after = os.times()
        used = after.children_user - before.children_user
        found.append(used + after.children_system - before.children_system)
    return statistics.median(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "models"
        folder.mkdir()
        layers = write(folder, given.models)
        time.sleep(2.5)  # a file that has just been written is not cached: its times tell nothing yet
        one = "models/model_0.keras"
        print(f"{given.models} models, {layers} layers, one worker")
        for words, cold in (("cold", True), ("cached", False)):
            if not cold:
                seconds(["models"], folder, 1, cold=False)
            alone = seconds([one], folder, given.runs, cold=cold)
            whole = seconds(["models"], folder, given.runs, cold=cold)
            rate = (given.models - 1) / (whole - alone)
            print(f"  {words:<7} {whole:6.2f} s, of a single one {alone:.2f} s: {rate:6.0f} models/s")


if __name__ == "__main__":
    main()
