"""Models from configuration files that lie next to the program."""
import json
import os
import tomllib
from pathlib import Path

import yaml
from keras import Input, Model, Sequential, layers

HERE = os.path.dirname(os.path.abspath(__file__))

with open(os.path.join(HERE, "data_settings.json")) as f:
    settings = json.load(f)

height, width = settings["image"]["size"]
x = inputs = Input((height, width, settings["image"]["channels"]))
for filters in settings["model"]["filters"]:
    x = layers.Conv2D(filters, settings["model"]["kernel"], padding="same", activation="relu")(x)
    x = layers.MaxPooling2D()(x)
x = layers.Dropout(settings["model"]["dropout"])(x)
x = layers.GlobalAveragePooling2D()(x)
network = Model(inputs, layers.Dense(len(settings["classes"]))(x))


class Config:
    def __init__(self, path):
        with open(path, "r", encoding="utf-8") as stream:
            self.values = yaml.safe_load(stream)

    def __getitem__(self, key):
        return self.values[key]

    def get(self, key, default=None):
        return self.values.get(key, default)


config = Config(Path(__file__).parent / "data_settings.yaml")
model = Sequential([Input((config["window"], config["features"]))])
for entry in config["layers"]:
    if entry["kind"] == "lstm":
        model.add(layers.LSTM(entry["units"]))
    else:
        model.add(layers.Dense(entry["units"]))
model.add(layers.Dense(config.get("spare")["units"]))
model.add(layers.Dense(config.get("missing", 1)))

toml = tomllib.loads((Path(__file__).resolve().parent / "data_settings.toml").read_text())
mlp = Sequential()
mlp.add(Input(shape=(toml["network"]["inputs"],)))
for units in toml["network"]["units"]:
    mlp.add(layers.Dense(units, activation="relu"))
mlp.add(layers.Dense(toml["network"]["output"]["size"], activation=toml["network"]["output"]["activation"]))
