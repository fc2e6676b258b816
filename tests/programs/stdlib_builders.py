"""Networks out of combinations, reductions and records of the standard library."""
import functools
import itertools
import operator
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import asdict, dataclass, field, replace
from itertools import accumulate, chain, combinations, cycle, islice, permutations, product, repeat, starmap, zip_longest

import numpy as np
from keras import Input, Model, layers


@dataclass(frozen=True)
class Block:
    filters: int = 8
    kernel: int = 3
    strides: int = 1
    dilations: tuple = (1,)
    extra: dict = field(default_factory=dict)

    def wider(self, times=2):
        return replace(self, filters=self.filters * times)


def apply(block, x):
    for rate in block.dilations:
        x = layers.Conv1D(block.filters, block.kernel, strides=block.strides, padding="same", dilation_rate=rate)(x)
    return x


base = Block(dilations=(1, 2))
blocks = [base, base.wider(), replace(base.wider(3), strides=2, dilations=(1,)), Block(**{**asdict(base), "kernel": 5})]
inputs = Input((64, 4))
x = functools.reduce(lambda tensor, block: apply(block, tensor), blocks, inputs)
sides = [layers.Dense(units)(x) for units in (3, 5, 7)]
pairs = [layers.Concatenate()(list(pair)) for pair in combinations(sides, 2)]
ordered = [layers.Dense(a + 2 * b)(pair) for pair, (a, b) in zip(pairs, permutations([1, 2, 3], 2))]
same = [layers.Dense(6)(s) for s in sides]
total = functools.reduce(operator.add, same)
scaled = functools.reduce(operator.mul, same[1:], total)
grid = OrderedDict()
for units, rate in product([4, 8], repeat=2):
    grid[f"{units}x{rate}"] = layers.Dense(units * rate)(scaled)
merged = layers.concatenate(list(grid.values()))
for width, kernel in islice(zip(cycle([6, 12]), accumulate([3, 2, 2])), 3):
    merged = layers.Conv1D(width, kernel)(merged)
for width in chain.from_iterable([[5], repeat(9, 2)]):
    merged = layers.Dense(width)(merged)
heads = list(starmap(lambda units, act: layers.Dense(units, activation=act)(merged), [(2, "relu"), (4, None)]))
counted = Counter("abracadabra")
heads.append(layers.Dense(counted["a"])(merged))
by_name = defaultdict(list)
for index, head in enumerate(heads):
    by_name["even" if index % 2 == 0 else "odd"].append(head)
even = layers.Concatenate()(by_name["even"])
queue = deque([3, 4], maxlen=2)
queue.append(11)
last = layers.Dense(queue[-1])(even)
longest = [layers.Dense(a + b)(last) for a, b in zip_longest([1, 2], [3], fillvalue=10)]
getter = operator.itemgetter("units", "depth")
units, depth = getter({"units": 13, "depth": 2})
for _ in range(depth):
    last = layers.Dense(units)(last)
sizes = sorted({"small": 3, "large": 30}.items(), key=lambda item: item[1], reverse=True)
last = layers.Dense(dict(sizes)["large"])(last)
biggest = max(blocks, key=operator.attrgetter("filters"))
last = layers.Dense(biggest.filters)(last)
windows = np.array([w for w in itertools.pairwise(np.zeros((9, 5)))])
layers.Conv1D(3, 2)(windows)
model = Model(inputs, [last, *longest, *ordered])
