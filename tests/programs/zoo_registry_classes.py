#!/usr/bin/env python
"""Trains what zoo_runs.json asks for; the classes register themselves in the package zoo."""
import json
import os

from keras import layers, models

from zoo import Zoo

HERE = os.path.dirname(os.path.abspath(__file__))


def load(name="zoo_runs.json"):
    with open(os.path.join(HERE, name), encoding="utf-8") as handle:
        return json.load(handle)


@Zoo.register("dense", depth=2)
class DenseTower:
    def __init__(self, depth, width=16):
        self.layers = [layers.Dense(width * 2**i, activation="relu") for i in range(depth)]

    def build(self, input_shape):
        return models.Sequential([layers.Input(tuple(input_shape)), layers.Flatten(), *self.layers])


class Run:
    def __init__(self, tower, input_shape, options=None):
        self.tower = Zoo.create(tower, **(options or {}))
        self.input_shape = tuple(input_shape)

    def model(self, classes):
        encoder = self.tower.build(self.input_shape)
        outputs = layers.Dense(classes, activation="softmax")(encoder.outputs[0])
        return models.Model(encoder.inputs, outputs)


if __name__ == "__main__":
    settings = load()
    for entry in settings["runs"]:
        net = Run(**entry).model(settings["classes"])
        net.compile("adam", "categorical_crossentropy")
        net.summary()
    plain = Run("dense", (7, 3), {"depth": 3}).model(settings["classes"])
    for name in Zoo.names():
        print(name)
