"""Do trained kernels say that axes are swapped? Trains small models on right and wrong layouts and measures.

    python benchmarks/trained_weights.py FOLDER

Nine kinds of made data, each in the layouts that people use, three seeds: 114 models, about ten minutes.
FOLDER keeps them (`KIND-LAYOUT-LAYER-SEED.keras`), and a second run only measures. Printed are the
areas under the ROC curve, and the table of docs/research/trained-weights.md.
"""

from __future__ import annotations

import itertools
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

SAMPLES = 768
SEEN = 614
SEEDS = 3
FEWEST = 6
"""Features: of fewer no correlation is computed."""
VECTORS = 4
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87)

Data = tuple[np.ndarray, np.ndarray]


def beats(draw: np.random.Generator) -> Data:
    """Waveforms that begin together, in three leads."""
    time, labels, mix = np.linspace(0, 1, 128), draw.integers(0, 3, SAMPLES), draw.normal(size=(2, 3))

    def sample(label: int) -> np.ndarray:
        late = draw.normal(0, 0.02)
        first = np.exp(-(((time - 0.4 - late) / 0.03) ** 2))
        second = np.exp(-(((time - 0.6 - 0.08 * label - late) / 0.06) ** 2)) * (1 + 0.4 * label)
        return np.stack([first, second], 1) @ mix + draw.normal(0, 0.2, (128, 3))

    return np.array([sample(label) for label in labels]), labels


def waves(draw: np.random.Generator) -> Data:
    """Sines of any phase in three channels; the class is the frequency."""
    labels, time = draw.integers(0, 3, SAMPLES), np.arange(128)[:, None]

    def sample(label: int) -> np.ndarray:
        phase, frequency = draw.uniform(0, 6.28, 3), (0.04, 0.07, 0.11)[label] * (1 + draw.normal(0, 0.03))
        return np.sin(6.28 * frequency * time + phase) + draw.normal(0, 0.5, (128, 3))

    return np.array([sample(label) for label in labels]), labels


def walks(draw: np.random.Generator) -> Data:
    """Autoregressive noise; the class is how long it remembers."""
    labels, data = draw.integers(0, 2, SAMPLES), draw.normal(size=(SAMPLES, 128, 3))
    memory = np.array([0.3, 0.85])[labels][:, None]
    for step in range(1, 128):
        data[:, step] += memory * data[:, step - 1]
    return data / data.std(), labels


def sensors(draw: np.random.Generator) -> Data:
    """Three sines in 24 channels that have no order."""
    labels, time, mix = draw.integers(0, 3, SAMPLES), np.arange(128), draw.normal(size=(3, 24))

    def sample(label: int) -> np.ndarray:
        sources = [
            np.sin(6.28 * frequency * time + draw.uniform(0, 6.28)) * (1.5 if place == label else 0.5)
            for place, frequency in enumerate((0.03, 0.06, 0.1))
        ]
        return np.stack(sources, 1) @ mix + draw.normal(0, 0.5, (128, 24))

    return np.array([sample(label) for label in labels]), labels


def spectra(draw: np.random.Generator) -> Data:
    """Peaks on a slow background; the class is where they are."""
    labels, places, grid = draw.integers(0, 3, SAMPLES), draw.uniform(20, 180, (3, 3)), np.arange(200)

    def sample(label: int) -> np.ndarray:
        peaks = sum(draw.uniform(0.5, 1.5) * np.exp(-(((grid - place) / 6) ** 2)) for place in places[label])
        return peaks + 0.3 * np.sin(grid / 60 + draw.normal()) + draw.normal(0, 0.1, 200)

    return np.array([sample(label) for label in labels])[..., None], labels


def table(draw: np.random.Generator) -> Data:
    """Forty columns that have no order, some of them related."""
    labels, means, loads = draw.integers(0, 3, SAMPLES), draw.normal(size=(3, 40)), draw.normal(size=(5, 40))
    data = draw.normal(size=(SAMPLES, 5)) @ loads * 0.5 + draw.normal(size=(SAMPLES, 40))
    return (data + 0.5 * means[labels])[..., None], labels


def sonagrams(draw: np.random.Generator) -> Data:
    """Frames by bands: both axes have an order, in the right layout too."""
    labels, frame, band = draw.integers(0, 3, SAMPLES), np.arange(40)[:, None], np.arange(32)[None]

    def sample(label: int) -> np.ndarray:
        middle, slope = draw.uniform(8, 24), (-0.3, 0, 0.3)[label]
        line = np.exp(-(((band - middle - slope * (frame - 20)) / 2.5) ** 2))
        return line + draw.normal(0, 0.3, (40, 32))

    return np.array([sample(label) for label in labels]), labels


def dna(draw: np.random.Generator) -> Data:
    """Letters in any order; the class is the motif of eight that is somewhere among the hundred."""
    labels, motifs = draw.integers(0, 2, SAMPLES), draw.integers(0, 4, (2, 8))
    letters = draw.integers(0, 4, (SAMPLES, 100))
    for sample, label in enumerate(labels):
        place = draw.integers(0, 90)
        letters[sample, place : place + 8] = motifs[label]
    return np.eye(4)[letters], labels


def images(draw: np.random.Generator) -> Data:
    """Stripes in colour; the class is their direction."""
    labels = draw.integers(0, 3, SAMPLES)
    row, column = np.mgrid[:16, :16]

    def sample(label: int) -> np.ndarray:
        angle = label * 1.05 + draw.normal(0, 0.1)
        phase = draw.uniform(0, 6.28)
        stripes = np.sin(0.9 * (row * np.cos(angle) + column * np.sin(angle)) + phase)
        return stripes[..., None] * draw.uniform(0.4, 1, 3) + draw.normal(0, 0.4, (16, 16, 3))

    return np.array([sample(label) for label in labels]), labels


LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "right": lambda data: data,
    "swapped": lambda data: np.moveaxis(data, -1, 1),
    "single": lambda data: data[:, :, 0][:, None],
}
PLANS = (
    *(
        (kind, ("right", "swapped"), ("conv", "lstm"))
        for kind in (beats, waves, walks, sensors, sonagrams, dna)
    ),
    *((kind, ("single",), ("conv", "lstm")) for kind in (beats, waves, walks, spectra, table)),
    *((kind, ("right",), ("conv",)) for kind in (spectra, table)),
    (images, ("right", "swapped"), ("conv2d",)),
)


def train(folder: Path) -> None:
    """Train what is not there yet."""
    for kind, layouts, names in PLANS:
        for layout, layer, seed in itertools.product(layouts, names, range(SEEDS)):
            path = folder / f"{kind.__name__}-{layout}-{layer}-{seed}.keras"
            if not path.exists():
                data, labels = kind(np.random.default_rng(seed + 100))
                model = trained(LAYOUTS[layout](data).astype("float32"), labels, layer, layout, seed)
                model.save(path)


def trained(data: np.ndarray, labels: np.ndarray, layer: str, layout: str, seed: int) -> Any:
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    first = {
        "conv": lambda: layers.Conv1D(16, 5, padding="same", activation="relu"),
        "conv2d": lambda: layers.Conv2D(16, 3, padding="same", activation="relu"),
        "lstm": lambda: layers.LSTM(16),
    }[layer]()
    pooled = {"conv": layers.GlobalAveragePooling1D, "conv2d": layers.GlobalAveragePooling2D}.get(layer)
    between = [] if pooled is None else [layers.Flatten() if layout == "single" else pooled()]
    ends = [layers.Dense(16, activation="relu"), layers.Dense(int(labels.max()) + 1, activation="softmax")]
    model = keras.Sequential([layers.Input(data.shape[1:]), first, *between, *ends])
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
    model.fit(data[:SEEN], labels[:SEEN], epochs=8 if layer == "lstm" else 15, batch_size=64, verbose=0)
    return model


def correlation(kernel: np.ndarray, axis: int) -> float | None:
    """Return how alike neighbours along an axis of a kernel are: lag-1 correlation of its top singular
    vectors.
    """
    flat = np.moveaxis(kernel, axis, 0).reshape(kernel.shape[axis], -1)
    if len(flat) < FEWEST:
        return None
    vectors, weights, _ = np.linalg.svd(flat - flat.mean(0), full_matrices=False)
    found = []
    for vector in vectors.T[:VECTORS]:
        centred = vector - vector.mean()
        found.append(float((centred[1:] * centred[:-1]).sum() / (centred**2).sum()))
    return float(np.average(found, weights=weights[: len(found)]))


def measured(folder: Path) -> Iterator[tuple[str, str, str, float, bool]]:
    """Yield of each model: kind, layout, layer, the figure, and whether a rule finds something without it."""
    import keras

    from layoutlint.engine.judge import judge
    from layoutlint.readers.formats import read_model
    from layoutlint.run.configuration import Configuration
    from layoutlint.run.rule_choice import chosen_rules

    rules = chosen_rules(Configuration())
    for path in sorted(folder.glob("*.keras")):
        kind, layout, layer, _ = path.stem.split("-")
        first = next(held for held in keras.models.load_model(path).layers if held.weights)
        kernel = keras.ops.convert_to_numpy(first.weights[0])
        found = correlation(kernel, 0 if layer == "lstm" else kernel.ndim - 2)
        if found is not None:
            yield kind, layout, layer, found, bool(judge(read_model(path), rules))


def area(wrong: list[float], right: list[float]) -> float:
    pairs = [(one > other) + 0.5 * (one == other) for one in wrong for other in right]
    return round(float(np.mean(pairs)), 2)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    train(folder)
    rows = list(measured(folder))
    of = {
        "wrong": [row for row in rows if row[1] != "right" and row[0] != "table"],
        "right": [row for row in rows if row[1] == "right"],
        "single": [row for row in rows if row[1] == "single" and row[0] != "table"],
        "table": [row for row in rows if row[0] == "table"],
    }
    figures = {name: [row[3] for row in found] for name, found in of.items()}
    print(
        f"{len(of['wrong'])} wrong, {len(of['right'])} right: area", area(figures["wrong"], figures["right"])
    )
    plain = {name: [row[3] for row in of[name] if row[0] != "sonagrams"] for name in ("wrong", "right")}
    print("without sonagrams: area", area(plain["wrong"], plain["right"]))
    print("one step, signals against tables: area", area(figures["single"], figures["table"]))
    for threshold in THRESHOLDS:
        hits = [row for row in of["wrong"] if row[3] >= threshold]
        alarms = sum(row[3] >= threshold for row in of["right"])
        new = sum(not row[4] for row in hits)
        print(f"| {threshold} | {len(hits)} of {len(of['wrong'])} | {new} | {alarms} of {len(of['right'])} |")
    for key, group in itertools.groupby(rows, key=lambda row: row[:3]):
        print(*key, *(f"{row[3]:.2f}" for row in group))


if __name__ == "__main__":
    if len(sys.argv) != 2 or re.match("-", sys.argv[1]):
        sys.exit(__doc__)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    main(Path(sys.argv[1]))
