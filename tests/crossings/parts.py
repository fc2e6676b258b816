"""The parts that programs are put together of: ways to load data, styles, and what is done with the data."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent, indent
from typing import Final

HEAD: Final = """\
import argparse
import os
import pickle

import cv2
import h5py
import numpy as np
import pandas as pd
import scipy.io as sio
from PIL import Image
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.preprocessing.text import Tokenizer
"""
SETTINGS: Final = "IMG_HEIGHT = 120\nIMG_WIDTH = 160\n"

FIT: Final = "model.fit(X, y, epochs=3, batch_size=32)"


def _code(**texts: str) -> dict[str, str]:
    return {name: dedent(text).strip() for name, text in texts.items()}


RECORDINGS: Final = _code(
    npy="""
        X = np.load("x.npy")
        y = np.load("y.npy")
    """,
    npz="""
        data = np.load("all.npz")
        X, y = data["X"], data["y"]
    """,
    mat="""
        mat = sio.loadmat("subject.mat")
        X = mat["eeg"]
        y = mat["labels"].squeeze()
    """,
    pickle="""
        with open("data.pkl", "rb") as file:
            X, y = pickle.load(file)
    """,
    hdf5="""
        with h5py.File("data.h5", "r") as file:
            X = file["x"][:]
            y = file["y"][:]
    """,
    files="""
        X, y = [], []
        for name in os.listdir("recordings"):
            X.append(np.load(os.path.join("recordings", name)))
            y.append(int(name[0]))
        X = np.array(X)
        y = np.array(y)
    """,
)
"""(recordings, channels, samples) of a size that nobody knows, with a class for each."""

TABLES: Final = _code(
    csv="""
        table = pd.read_csv("table.csv")
        X = table.drop("target", axis=1).values
        y = table["target"].values
    """,
    places="""
        table = pd.read_csv("table.csv")
        X = table.iloc[:, :-1].values
        y = table.iloc[:, -1].values
    """,
    columns="""
        table = pd.read_csv("table.csv")
        names = ["a", "b", "c", "d", "e", "f", "g", "h"]
        X = table[names].to_numpy()
        y = table["target"].to_numpy()
    """,
    loadtxt="""
        data = np.loadtxt("table.txt", delimiter=",")
        X, y = data[:, :-1], data[:, -1]
    """,
    npy=RECORDINGS["npy"],
)
"""(rows, columns), with a number for each row."""

WINDOWS: Final = _code(
    loop="""
        series = pd.read_csv("prices.csv")["close"].values.reshape(-1, 1)
        X, y = [], []
        for end in range(60, len(series)):
            X.append(series[end - 60 : end, 0])
            y.append(series[end, 0])
        X, y = np.array(X), np.array(y)
    """,
    comprehension="""
        series = np.load("prices.npy")
        X = np.array([series[start : start + 60] for start in range(len(series) - 60)])
        y = series[60:]
    """,
    view="""
        series = np.genfromtxt("prices.csv")
        X = np.lib.stride_tricks.sliding_window_view(series, 60)[:-1]
        y = series[60:]
    """,
)
"""(windows, steps) of one series, with the value that follows each."""


def _images(size: str) -> dict[str, str]:
    return _code(
        listed=f"""
            names = sorted(os.listdir("images"))
            X = np.array([cv2.resize(cv2.imread("images/" + name), {size}) for name in names])
            y = np.array([0 if "cat" in name else 1 for name in names])
        """,
        appended=f"""
            X, y = [], []
            for label, folder in enumerate(sorted(os.listdir("images"))):
                for name in os.listdir(os.path.join("images", folder)):
                    X.append(cv2.resize(cv2.imread(os.path.join("images", folder, name)), {size}))
                    y.append(label)
            X, y = np.array(X), np.array(y)
        """,
    )


SQUARES: Final = {
    **_images("(64, 64)"),
    **_code(
        pillow="""
            X, y = [], []
            for label, folder in enumerate(sorted(os.listdir("images"))):
                for name in os.listdir(os.path.join("images", folder)):
                    image = Image.open(os.path.join("images", folder, name)).convert("RGB")
                    X.append(np.array(image.resize((64, 64))))
                    y.append(label)
            X, y = np.array(X), np.array(y)
        """,
        npy=RECORDINGS["npy"],
    ),
}
WIDE: Final = _images("(IMG_WIDTH, IMG_HEIGHT)")
TURNED: Final = _images("(IMG_HEIGHT, IMG_WIDTH)")

_TOKENS: Final = """
tokenizer = Tokenizer()
tokenizer.fit_on_texts(texts)
X = pad_sequences(tokenizer.texts_to_sequences(texts), maxlen=100)
"""
TEXTS: Final = {
    name: text + _TOKENS
    for name, text in _code(
        csv="""
            table = pd.read_csv("texts.csv")
            texts, y = table["text"].tolist(), table["label"].values
        """,
        files="""
            texts, y = [], []
            for name in os.listdir("texts"):
                texts.append(open(os.path.join("texts", name)).read())
                y.append(int("good" in name))
            y = np.array(y)
        """,
    ).items()
}


@dataclass(frozen=True)
class Case:
    """What a program does with its data.

    ``prepare`` changes X, ``build`` makes the model of it, ``use`` comes last. ``rules`` name what is wrong,
    any of them; a correct program has none. ``missed`` are the ways to load of which too little is known.
    """

    name: str
    loaders: dict[str, str]
    prepare: str
    build: str
    use: str = FIT
    rules: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Pieces:
    load: str
    prepare: str
    build: str
    use: str


def _script(pieces: _Pieces) -> dict[str, str]:
    return {
        "main.py": "\n".join((HEAD + SETTINGS, pieces.load, pieces.prepare, pieces.build, pieces.use)) + "\n"
    }


def _split(pieces: _Pieces) -> dict[str, str]:
    halves = "X, X_test, y, y_test = train_test_split(X, y, test_size=0.2)"
    return _script(_Pieces(pieces.load, pieces.prepare, pieces.build, f"{halves}\n{pieces.use}"))


def _main(pieces: _Pieces) -> dict[str, str]:
    body = "\n".join((pieces.load, pieces.prepare, pieces.build, pieces.use))
    return {"main.py": f"{HEAD}{SETTINGS}\ndef main():\n{indent(body, '    ')}\n\nmain()\n"}


def _arguments(pieces: _Pieces) -> dict[str, str]:
    use = pieces.use.replace("epochs=3", "epochs=options.epochs")
    body = "\n".join((pieces.load, pieces.prepare, pieces.build, use))
    return {
        "main.py": f"{HEAD}{SETTINGS}\ndef run(options):\n{indent(body, '    ')}\n\n"
        "parser = argparse.ArgumentParser()\n"
        'parser.add_argument("--epochs", type=int, default=3)\n'
        "run(parser.parse_args())\n"
    }


def _functions(pieces: _Pieces) -> dict[str, str]:
    parts = (
        f"def load():\n{indent(pieces.load, '    ')}\n    return X, y",
        f"def prepare(X):\n{indent(pieces.prepare, '    ')}\n    return X",
        f"def build(X):\n{indent(pieces.build, '    ')}\n    return model",
        f"def train(model, X, y):\n{indent(pieces.use, '    ')}",
        "X, y = load()\nX = prepare(X)\nmodel = build(X)\ntrain(model, X, y)",
    )
    return {"main.py": HEAD + SETTINGS + "\n\n".join(parts) + "\n"}


def _class(pieces: _Pieces) -> dict[str, str]:
    bodies = {
        "load": f"{pieces.load}\nself.X, self.y = X, y",
        "prepare": f"X = self.X\n{pieces.prepare}\nself.X = X",
        "build": f"X = self.X\n{pieces.build}\nself.model = model",
        "run": f"model, X, y = self.model, self.X, self.y\n{pieces.use}",
    }
    start = "    def __init__(self):\n        self.load()\n        self.prepare()\n        self.build()\n"
    methods = [f"    def {name}(self):\n{indent(body, '        ')}\n" for name, body in bodies.items()]
    return {
        "main.py": HEAD
        + SETTINGS
        + "\nclass Experiment:\n"
        + "\n".join([start, *methods])
        + "\nExperiment().run()\n"
    }


def _files(pieces: _Pieces) -> dict[str, str]:
    data = indent(f"{pieces.load}\n{pieces.prepare}", "    ")
    build = indent(pieces.build, "    ")
    return {
        "settings.py": SETTINGS,
        "data.py": f"{HEAD}from settings import *\n\ndef load():\n{data}\n    return X, y\n",
        "network.py": f"{HEAD}from settings import *\n\ndef build(X):\n{build}\n    return model\n",
        "train.py": f"{HEAD}from data import load\nfrom network import build\nfrom settings import *\n\n"
        f"X, y = load()\nmodel = build(X)\n{pieces.use}\n",
    }


STYLES: Final = {
    "script": _script,
    "split": _split,
    "main": _main,
    "arguments": _arguments,
    "functions": _functions,
    "class": _class,
    "files": _files,
}


def program(case: Case, loader: str, style: str) -> dict[str, str]:
    """Return the files of one program, by their names."""
    return STYLES[style](_Pieces(case.loaders[loader], case.prepare, case.build, case.use))
