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


MAPS = ("square", "wide")
SQUARE = "square"
MAKERS = {"square": Conv2D, "wide": Conv2D}


class Kinds:
    maps = ["square", "wide"]

    def network(self, kind):
        data = Input((ROWS, COLUMNS, 1) if kind in self.maps else (ROWS, COLUMNS))
        return Model(data, GRU(16)(data) if kind == "steps" else data)


def of_named_kinds(kind):
    if kind in MAPS:
        data = Input((ROWS, COLUMNS, 1))
    else:
        data = Input((ROWS, COLUMNS))
    if kind == SQUARE:
        return Model(data, Flatten()(Conv2D(8, 3)(data)))
    return Model(data, GRU(16)(data) if kind == "steps" else data)


def of_the_class(kind):
    data = Input((ROWS, COLUMNS)) if kind not in Kinds.maps else Input((ROWS, COLUMNS, 1))
    return Model(data, Conv2D(8, 3)(data) if kind == SQUARE else data)


def of_a_table(kind):
    if kind in MAKERS:
        data = Input((ROWS, COLUMNS, 1))
    else:
        data = Input((ROWS, COLUMNS))
    return Model(data, GRU(16)(data) if kind == "steps" else data)


def of_its_keys(kind):
    if kind not in MAKERS.keys():
        data = Input((ROWS, COLUMNS))
    else:
        data = Input((ROWS, COLUMNS, 1))
    return Model(data, GRU(16)(data) if kind == "steps" else data)


def wrong(kind):
    if kind in ["square", "wide"]:
        data = Input((ROWS, COLUMNS, 1))  # expect: batch-axis-in-shape
    else:
        data = Input((ROWS, COLUMNS))
    if kind == "wide":
        return Model(data, GRU(16)(data))
    return Model(data, data)
