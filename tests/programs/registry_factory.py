"""Models are registered by name; the config picks one."""
from typing import Callable, Dict
import keras
from keras import layers

MODELS: Dict[str, Callable] = {}


def register(name=None, **defaults):
    def wrap(fn):
        def build(*args, **kwargs):
            merged = dict(defaults)
            merged.update(kwargs)
            return fn(*args, **merged)
        MODELS[name or fn.__name__] = build
        return build
    return wrap


@register("tiny_vgg", widths=(8, 16))
def vgg(input_shape, classes, widths, hidden=16):
    m = keras.Sequential([layers.Input(input_shape)])
    for w in widths:
        m.add(layers.Conv2D(w, 3, padding="same", activation="relu"))
        m.add(layers.Conv2D(w, 3, padding="same", activation="relu"))
        m.add(layers.MaxPooling2D())
    m.add(layers.Flatten())
    m.add(layers.Dense(hidden, activation="relu"))
    m.add(layers.Dense(classes))
    return m


@register()
def lenet(input_shape, classes):
    return keras.Sequential([
        layers.Input(input_shape),
        layers.Conv2D(6, 5, padding="same", activation="tanh"),
        layers.AveragePooling2D(2),
        layers.Conv2D(16, 5, activation="tanh"),
        layers.AveragePooling2D(2),
        layers.Flatten(),
        *[layers.Dense(u, activation="tanh") for u in (120, 84)],
        layers.Dense(classes),
    ])


class ResBlock(layers.Layer):
    def __init__(self, filters, downsample=False, **kw):
        super().__init__(**kw)
        s = 2 if downsample else 1
        self.c1 = layers.Conv2D(filters, 3, s, "same")
        self.c2 = layers.Conv2D(filters, 3, 1, "same")
        self.proj = layers.Conv2D(filters, 1, s) if downsample else (lambda t: t)

    def call(self, x):
        return keras.activations.relu(self.c2(keras.activations.relu(self.c1(x))) + self.proj(x))


class Head(layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.pool = layers.GlobalAveragePooling2D()
        self.fc = layers.Dense(n)

    def call(self, x):
        return self.fc(self.pool(x))


BLOCKS = {"resblock": ResBlock, "head": Head}
experiments = [
    {"model": "tiny_vgg", "input_shape": (32, 32, 3), "classes": 10},
    {"model": "lenet", "input_shape": (28, 28, 1), "classes": 10},
    {"model": "tiny_vgg", "input_shape": (21, 21, 1), "classes": 3, "hidden": 8, "widths": [4, 4]},
]
built = {}
for n, exp in enumerate(experiments):
    exp = exp.copy()
    name = exp.pop("model")
    built[f"{name}_{n}"] = MODELS[name](**exp)

x = inp = keras.Input((30, 30, 8))
for key, args in [("resblock", (8,)), ("resblock", (16, True)), ("resblock", (32, True)), ("head", (5,))]:
    x = BLOCKS[key](*args)(x)
net = keras.Model(inp, x)
probe = layers.Dense(2)(built["lenet_1"](keras.Input((28, 28, 1))))
