"""What programs do with their data: mistakes, and correct programs that look like them."""

from __future__ import annotations

from typing import Final

from tests.crossings.parts import FIT, RECORDINGS, SQUARES, TABLES, TEXTS, TURNED, WIDE, WINDOWS, Case


def _sequential(*layers: str, loss: str = "sparse_categorical_crossentropy") -> str:
    return f'model = keras.Sequential([{", ".join(layers)}])\nmodel.compile("adam", "{loss}")'


def _rules(*names: str) -> frozenset[str]:
    return frozenset(names)


_LIKE_DATA: Final = "keras.Input(X.shape[1:])"
_ROW: Final = "keras.Input((X.shape[1],))"
_STEPS: Final = "keras.Input((X.shape[1], 1))"
_SOFTMAX: Final = 'layers.Dense(10, activation="softmax")'
_CNN: Final = _sequential(_LIKE_DATA, 'layers.Conv2D(8, 3, activation="relu")', "layers.Flatten()", _SOFTMAX)
_REGRESSION: Final = _sequential(_ROW, 'layers.Dense(8, activation="relu")', "layers.Dense(1)", loss="mse")
_FORECAST: Final = _sequential(_STEPS, "layers.LSTM(50)", "layers.Dense(1)", loss="mse")
_UNKNOWN_RANK: Final = frozenset(["npy", "loadtxt"])
"""Ways to load that leave open how many axes the targets or the images have."""

MISTAKES: Final = (
    Case(
        "reshape for a transpose",
        RECORDINGS,
        "X = X.reshape(X.shape[0], X.shape[2], X.shape[1])",
        _sequential(_LIKE_DATA, "layers.Conv1D(16, 5)", "layers.GlobalAveragePooling1D()", _SOFTMAX),
        rules=_rules("reshape-as-transpose"),
    ),
    Case(
        "a row as one step",
        TABLES,
        "X = X.reshape(X.shape[0], 1, X.shape[1])",
        _sequential("keras.Input((1, X.shape[2]))", "layers.LSTM(32)", "layers.Dense(1)", loss="mse"),
        rules=_rules("rnn-single-step"),
    ),
    Case(
        "a window as one step",
        WINDOWS,
        "X = np.reshape(X, (X.shape[0], 1, X.shape[1]))",
        _sequential("layers.LSTM(50, input_shape=(1, X.shape[2]))", "layers.Dense(1)", loss="mse"),
        rules=_rules("rnn-single-step"),
    ),
    Case(
        "one step to slide along",
        TABLES,
        "X = np.expand_dims(X, 1)",
        _sequential(
            "layers.Conv1D(32, 1, input_shape=(1, X.shape[2]))",
            "layers.Flatten()",
            "layers.Dense(1)",
            loss="mse",
        ),
        rules=_rules("conv-single-step"),
    ),
    Case(
        "every step against one target",
        WINDOWS,
        "X = X[..., np.newaxis]",
        _sequential(_STEPS, "layers.LSTM(50, return_sequences=True)", "layers.Dense(1)", loss="mse"),
        rules=_rules("steps-unlike-target"),
        missed=frozenset(["comprehension", "view"]),
    ),
    Case(
        "softmax over one unit",
        TABLES,
        "X = X / X.max()",
        _sequential(_ROW, 'layers.Dense(1, activation="softmax")', loss="binary_crossentropy"),
        rules=_rules("softmax-over-one"),
    ),
    Case(
        "logits as probabilities",
        TABLES,
        "X = X / X.max()",
        _sequential(
            _ROW, 'layers.Dense(8, activation="relu")', "layers.Dense(1)", loss="binary_crossentropy"
        ),
        rules=_rules("logits-as-probabilities"),
    ),
    Case(
        "errors of all pairs",
        TABLES,
        'X = X.astype("float32")',
        _REGRESSION,
        f"{FIT}\nprint(np.sqrt(np.mean((model.predict(X) - y) ** 2)))",
        rules=_rules("samples-against-samples"),
        missed=_UNKNOWN_RANK,
    ),
    Case(
        "errors of all pairs of windows",
        WINDOWS,
        "X = X[..., np.newaxis]",
        _FORECAST,
        f"{FIT}\nprint(np.mean(np.abs(y - model.predict(X))))",
        rules=_rules("samples-against-samples"),
        missed=frozenset(["comprehension", "view"]),
    ),
    Case(
        "images turned by their size",
        TURNED,
        "X = X / 255.0",
        _sequential(
            "keras.Input((IMG_HEIGHT, IMG_WIDTH, 3))", "layers.Conv2D(8, 3)", "layers.Flatten()", _SOFTMAX
        ),
        rules=_rules("swapped-image-size", "fed-shape", "fed-width-before-height"),
    ),
    Case(
        "scaled for training alone",
        WIDE,
        "X = X / 255.0",
        _sequential(
            "keras.Input((IMG_HEIGHT, IMG_WIDTH, 3))", "layers.Conv2D(8, 3)", "layers.Flatten()", _SOFTMAX
        ),
        f'{FIT}\nimage = cv2.resize(cv2.imread("new.jpg"), (IMG_WIDTH, IMG_HEIGHT))\n'
        "print(model.predict(image.reshape(1, IMG_HEIGHT, IMG_WIDTH, 3)))",
        rules=_rules("images-unlike-training", "scaled-for-training-only"),
    ),
    Case(
        "the best sample of each class",
        SQUARES,
        "X = X / 255.0",
        _CNN,
        f"{FIT}\nprint(np.argmax(model.predict(X), axis=0))",
        rules=_rules("argmax-over-samples"),
    ),
    Case(
        "one image for a batch",
        SQUARES,
        "X = X / 255.0",
        _CNN,
        f"{FIT}\nprint(model.predict(X[0]))",
        rules=_rules("missing-sample-axis", "fed-shape"),
        missed=frozenset(["npy"]),
    ),
    Case(
        "no Flatten before the classes",
        SQUARES,
        "X = X / 255.0",
        _sequential(
            _LIKE_DATA,
            "layers.Conv2D(8, 3)",
            'layers.Dense(1, activation="sigmoid")',
            loss="binary_crossentropy",
        ),
        rules=_rules("missing-flatten", "steps-unlike-target"),
        missed=frozenset(["npy"]),
    ),
    Case(
        "rows normalised for channels",
        SQUARES,
        "X = X / 255.0",
        _sequential(
            _LIKE_DATA,
            "layers.Conv2D(8, 3)",
            "layers.BatchNormalization(axis=1)",
            "layers.Flatten()",
            _SOFTMAX,
        ),
        rules=_rules("normalization-axis"),
    ),
    Case(
        "one-hot labels for a sparse loss",
        SQUARES,
        "X = X / 255.0",
        _CNN,
        f"y = keras.utils.to_categorical(y, 10)\n{FIT}",
        rules=_rules("one-hot-with-sparse-loss"),
        missed=frozenset(["npy"]),
    ),
    Case(
        "channels to the front and back by reshape",
        SQUARES,
        "X = X.reshape(X.shape[0], 3, 64, 64)",
        _sequential("keras.Input((64, 64, 3))", "layers.Conv2D(8, 3)", "layers.Flatten()", _SOFTMAX),
        f"X = X.reshape(X.shape[0], 64, 64, 3)\n{FIT}",
        rules=_rules("reshape-as-transpose"),
    ),
    Case(
        "images scaled twice",
        SQUARES,
        'X = X.astype("float32") / 255.0',
        _sequential(
            _LIKE_DATA,
            "layers.Rescaling(1.0 / 255)",
            "layers.Conv2D(8, 3)",
            "layers.Flatten()",
            _SOFTMAX,
        ),
        rules=_rules("images-scaled-twice", "rescaling-twice"),
        missed=frozenset(["npy"]),
    ),
    Case(
        "one word too few",
        TEXTS,
        "X = np.asarray(X)",
        _sequential(
            "layers.Embedding(X.max(), 32)",
            "layers.LSTM(32)",
            'layers.Dense(1, activation="sigmoid")',
            loss="binary_crossentropy",
        ),
        rules=_rules("embedding-contradiction", "ids-beyond-embedding"),
    ),
    Case(
        "numbers of words as values",
        TEXTS,
        "X = np.asarray(X)",
        _sequential(
            "keras.Input((100,))",
            "layers.Reshape((100, 1))",
            "layers.LSTM(32)",
            'layers.Dense(1, activation="sigmoid")',
            loss="binary_crossentropy",
        ),
        rules=_rules("tokens-without-embedding"),
    ),
)

CORRECT: Final = (
    Case(
        "transposed recordings",
        RECORDINGS,
        "X = X.transpose(0, 2, 1)",
        _sequential(_LIKE_DATA, "layers.Conv1D(16, 5)", "layers.GlobalAveragePooling1D()", _SOFTMAX),
        f"{FIT}\nprint(np.mean(np.argmax(model.predict(X), axis=1) == y))",
    ),
    Case(
        "recordings scaled channel by channel",
        RECORDINGS,
        "n, c, t = X.shape\nX = X.transpose(0, 2, 1).reshape(-1, c)\n"
        "X = StandardScaler().fit_transform(X).reshape(n, t, c)",
        _sequential(
            "keras.Input((X.shape[1], X.shape[2]))", "layers.Bidirectional(layers.GRU(16))", _SOFTMAX
        ),
    ),
    Case(
        "recordings cut into pieces",
        RECORDINGS,
        "n, c, t = X.shape\nX = X[:, :, : t // 50 * 50].reshape(n, c, -1, 50).transpose(0, 2, 3, 1)",
        _sequential(
            _LIKE_DATA,
            "layers.TimeDistributed(layers.Conv1D(8, 3))",
            "layers.TimeDistributed(layers.GlobalMaxPooling1D())",
            "layers.LSTM(16)",
            _SOFTMAX,
        ),
    ),
    Case(
        "windows of one value",
        WINDOWS,
        "X = X[..., None]",
        _FORECAST,
        f"{FIT}\nprint(np.sqrt(np.mean((model.predict(X)[:, 0] - y) ** 2)))",
    ),
    Case(
        "a scaled table",
        TABLES,
        "X = StandardScaler().fit_transform(X)",
        _REGRESSION,
        f"{FIT}\nprint(np.mean(np.abs(model.predict(X).ravel() - y)))",
    ),
    Case(
        "columns along a convolution",
        TABLES,
        "X = X[..., np.newaxis]",
        _sequential(
            _STEPS,
            "layers.Conv1D(32, 3)",
            "layers.Flatten()",
            'layers.Dense(1, activation="sigmoid")',
            loss="binary_crossentropy",
        ),
    ),
    Case(
        "images one by one",
        SQUARES,
        "X = X / 255.0",
        _CNN,
        f"{FIT}\nprint(np.argmax(model.predict(X[:1]), axis=-1))\nmodel.predict(X[0][None])\n"
        "model.predict(np.expand_dims(X[3], axis=0))",
    ),
    Case(
        "masked words",
        TEXTS,
        "X = np.asarray(X)",
        _sequential(
            "layers.Embedding(X.max() + 1, 32, mask_zero=True)",
            "layers.LSTM(32)",
            'layers.Dense(1, activation="sigmoid")',
            loss="binary_crossentropy",
        ),
    ),
)
