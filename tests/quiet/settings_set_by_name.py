# a setting is another one once something that is not known was set under names that are not known
import argparse
import json

import options
from keras import Sequential, layers


def head(units):
    return Sequential([layers.Input((5,)), layers.Dense(units, activation="softmax")])


class Setup:
    units = 1

    def __init__(self, **given):
        for name, value in given.items():
            setattr(self, name, value)


head(Setup(**options.GIVEN).units)


class Stored:
    units = 1

    def __init__(self, given):
        self.more = 1
        self.__dict__.update(given)


stored = Stored(options.GIVEN)
head(stored.units)
head(stored.more)


class Opened:
    def __init__(self, **given):
        self.units = 1
        vars(self).update(given)


head(Opened(**options.GIVEN).units)


class Defaults:
    units = 1


class Derived(Defaults):
    pass


for key, value in vars(options).items():
    if key.isupper():
        setattr(Derived, key, value)
head(Derived.units)

merged = {"units": 1, **json.load(open("settings.json"))}
head(merged["units"])

parser = argparse.ArgumentParser()
parser.add_argument("--units", type=int, default=1)
parser.set_defaults(**options.GIVEN)
head(parser.parse_args().units)

units = 1
globals().update(json.load(open("settings.json")))
head(units)
wide = 1
for key, value in options.GIVEN.items():
    globals()[key] = value
head(wide)
deep = 1
exec(open("configurator.py").read())
head(deep)


class Filled:
    units = 1

    def __init__(self, path):
        options.fill(self, path)


head(Filled("settings.json").units)
options.update(Defaults)
head(Defaults.units)
sizes = {"units": 1, "depth": 2}
options.override(sizes)
head(sizes["units"])


def said(value):
    print(value)
    return value


heights = {"units": 1}
options.override(said(heights))
head(heights["units"])

widths = {"units": 1}
widths.update({"depth": 2}, **options.GIVEN)
head(widths["units"])
