"""Models from a config dict."""
import keras
from keras import layers

CONFIG = {
    "input": {"shape": (128, 9)},
    "backbone": [
        {"type": "conv", "filters": 32, "kernel_size": 5, "pool": 2},
        {"type": "conv", "filters": 64, "kernel_size": 3, "pool": 2, "dropout": 0.2},
        {"type": "lstm", "units": 48, "return_sequences": True},
        {"type": "gru", "units": 24},
    ],
    "head": {"hidden": [64, 32], "classes": 6, "activation": "softmax"},
}


def make_conv(x, filters, kernel_size, pool=None, dropout=0.0, **_):
    x = layers.Conv1D(filters, kernel_size, padding="same", activation="relu")(x)
    if pool:
        x = layers.MaxPooling1D(pool)(x)
    if dropout:
        x = layers.Dropout(dropout)(x)
    return x


def make_rnn(kind):
    cls = {"lstm": layers.LSTM, "gru": layers.GRU}[kind]

    def make(x, units, return_sequences=False):
        return cls(units, return_sequences=return_sequences)(x)

    return make


BUILDERS = {"conv": make_conv, "lstm": make_rnn("lstm"), "gru": make_rnn("gru")}


def build(cfg):
    inp = keras.Input(**cfg["input"])
    x = inp
    for spec in cfg["backbone"]:
        spec = dict(spec)
        builder = BUILDERS[spec.pop("type")]
        x = builder(x, **spec)
    head = cfg.get("head", {})
    for i, units in enumerate(head.get("hidden", []), start=1):
        x = layers.Dense(units, activation="relu", name="fc%d" % i)(x)
    out = layers.Dense(head["classes"], activation=head.get("activation", "linear"))(x)
    return keras.Model(inp, out)


model = build(CONFIG)
variant = build({**CONFIG, "head": {"hidden": (10,), "classes": 2}, "backbone": CONFIG["backbone"][:2] + [
    {"type": "lstm", "units": 5}]})
