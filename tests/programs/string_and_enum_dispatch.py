from collections import namedtuple, OrderedDict
from enum import Enum

import keras
from keras import layers as L

BlockArgs = namedtuple('BlockArgs', ['kernel_size', 'num_repeat', 'filters', 'strides'])

BLOCKS = [
    BlockArgs(kernel_size=3, num_repeat=1, filters=16, strides=[1, 1]),
    BlockArgs(kernel_size=5, num_repeat=2, filters=24, strides=[2, 2]),
]


class Pool(Enum):
    MAX = "max"
    AVG = "avg"
    NONE = None


def pooling(kind, x):
    if kind is Pool.MAX:
        return L.GlobalMaxPooling2D()(x)
    elif kind is Pool.AVG:
        return L.GlobalAveragePooling2D()(x)
    return L.Flatten()(x)


def get_layer(name, *args, **kwargs):
    return getattr(L, name)(*args, **kwargs)


spec = OrderedDict([
    ("Conv2D", dict(filters=8, kernel_size=3, strides=2)),
    ("BatchNormalization", {}),
    ("ReLU", {}),
])

inp = keras.Input((33, 33, 3))
x = inp
for name, kw in spec.items():
    x = get_layer(name, **kw)(x)
for args in BLOCKS:
    for r in range(args.num_repeat):
        s = args.strides if r == 0 else (1, 1)
        x = L.DepthwiseConv2D(args.kernel_size, strides=s, padding="same")(x)
        x = L.Conv2D(args.filters, 1)(x)
outs = [pooling(p, x) for p in Pool]
out = L.Concatenate()(outs)
model = keras.Model(inp, out)

arch = "conv:16,pool,conv:32,pool,flatten,dense:10"
seq = keras.Sequential([keras.Input((20, 20, 1))])
for token in arch.split(","):
    kind, _, n = token.partition(":")
    match kind:
        case "conv":
            seq.add(L.Conv2D(int(n), 3, activation="relu"))
        case "pool":
            seq.add(L.MaxPooling2D())
        case "flatten":
            seq.add(L.Flatten())
        case _:
            seq.add(L.Dense(int(n)))
