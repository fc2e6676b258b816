# expect: missing-return-sequences @ 23
# keras: crash
import json
from keras import Sequential, layers

CONFIG = json.loads("""
{
  "window": 48, "n_features": 5,
  "rnn": [
    {"units": 64, "return_sequences": true},
    {"units": 32, "return_sequences": false},
    {"units": 16, "return_sequences": false}
  ],
  "dense": [32, 1]
}
""")


def make(config):
    model = Sequential(name="forecaster")
    model.add(layers.Input((config["window"], config["n_features"])))
    for spec in config["rnn"]:
        model.add(layers.GRU(spec["units"], return_sequences=spec["return_sequences"]))
        model.add(layers.Dropout(0.1))
    for units in config["dense"]:
        model.add(layers.Dense(units))
    return model


make(CONFIG).compile("adam", "mse")
