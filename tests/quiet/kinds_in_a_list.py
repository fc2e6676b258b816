# a test for one of several values decides the tests for each of them
from keras import Input, Model
from keras.layers import GRU, Conv2D, Flatten
from params import COLUMNS, ROWS


def network(kind):
    if kind in ["square", "wide"]:
        data = Input((ROWS, COLUMNS, 1))
    else:
        data = Input((ROWS, COLUMNS))
    if kind == "square":
        x = Flatten()(Conv2D(8, 3)(data))
    elif kind == "wide":
        x = Flatten()(Conv2D(8, (1, 9))(data))
    else:
        x = GRU(16)(data)
    return Model(data, x)


def either(kind):
    data = Input((ROWS, COLUMNS, 1) if kind == "square" or kind == "wide" else (ROWS, COLUMNS))
    return Model(data, GRU(16)(data) if kind == "steps" else data)


def by_its_name(kind):
    data = Input((ROWS, COLUMNS, 1)) if kind.startswith("conv") else Input((ROWS, COLUMNS))
    if kind == "conv_wide":
        return Model(data, Conv2D(8, (1, 9))(data))
    if "rnn" in kind:
        return Model(data, data)
    if kind == "steps":
        return Model(data, GRU(16)(data))
    return None


def wrong(kind):
    if kind in ["square", "wide"]:
        data = Input((ROWS, COLUMNS, 1))  # expect: batch-axis-in-shape
    else:
        data = Input((ROWS, COLUMNS))
    if kind == "wide":
        return Model(data, GRU(16)(data))
    return Model(data, data)
