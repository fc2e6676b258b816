import glob
from collections import Counter, defaultdict

import keras
import numpy as np
from keras.layers import Dense

model = keras.Sequential([keras.Input((160, 64, 1)), keras.layers.Flatten(), Dense(512)])
row = keras.Input((3,))
paths = glob.glob("*.npy")


def images(groups):
    return np.array([image for group in groups for image in groups[group]])


lists = defaultdict(list)
for path in paths:
    lists[path.split("_")[0]].append(np.load(path))
model.predict(images(lists))
model.predict(np.array(lists["a"]))
Dense(len(lists))(row)

extended = defaultdict(list)
for path in paths:
    extended[path.split("_")[0]] += [np.load(path)]
model.predict(np.array([image for group in extended.values() for image in group]))

dicts = defaultdict(dict)
for path in paths:
    group, name = path.split("_")
    dicts[group][name] = path
model.predict(np.array([np.load(path) for group in dicts for path in dicts[group].values()]))

deep = defaultdict(lambda: defaultdict(list))
for path in paths:
    group, name = path.split("_")
    deep[group][name].append(np.load(path))
found = []
for group in sorted(deep):
    for name in deep[group]:
        found.extend(deep[group][name])
model.predict(np.array(found))

begun = defaultdict(list)
begun["a"] = []
for path in paths:
    begun[path[0]].append(np.load(path))
model.predict(np.array(begun["a"]))

numbers = defaultdict(int)
for path in paths:
    numbers[path[0]] += 1
Dense(len(numbers))(row)
Dense(numbers["a"])(row)

counted = Counter()
for path in paths:
    counted[path[0]] += 1
Dense(len(counted))(row)

plain = {}
for path in paths:
    plain.setdefault(path[0], []).append(np.load(path))
model.predict(images(plain))
Dense(len(plain))(row)

named = {"a": [], "b": []}
for path in paths:
    named[path[0]].append(np.load(path))
    named.get(path[1]).append(np.load(path))
    named.setdefault(path[2], []).append(np.load(path))
model.predict(np.array(named["b"]))

gotten = {"a": [], "b": []}
for path in paths:
    gotten.get(path[0]).append(path)
model.predict(np.array(gotten["b"]))

numbered = [[] for _ in range(12)]
for path in paths:
    numbered[int(path[0])].append(np.load(path))
model.predict(np.array(numbered[0]))
model.predict(np.array(numbered[11]))

chosen = {"a": [], "b": []}
for path in paths:
    key = "a" if path[0] == "t" else "b"
    chosen[key].append(path)
model.predict(np.array(chosen["a"]))
model.predict(np.array(chosen["b"]))

train, test = [], []
for path in paths:
    (train if path[0] == "t" else test).append(path)
model.predict(np.array(train))
model.predict(np.array(test))

left, right = [], []
for path in paths:
    side = left if path[0] == "t" else right
    side.append(path)
model.predict(np.array(left))
model.predict(np.array(right))

nested = {"a": {"x": []}, "b": {"x": []}}
for path in paths:
    nested[path[0]]["x"].append(path)
model.predict(np.array(nested["a"]["x"]))
model.predict(np.array(nested["b"]["x"]))

tables = {"a": {}, "b": {}}
for path in paths:
    tables[path[0]][path[1]] = path
model.predict(np.array(list(tables["a"].values())))
model.predict(np.array(list(tables["b"].values())))
