# constructors that are not followed set what a class has as defaults: of pydantic, of attrs; replaced fields
from dataclasses import dataclass, replace

import attr
import options
import pydantic
from keras import Sequential, layers


def head(units):
    return Sequential([layers.Input((5,)), layers.Dense(units, activation="softmax")])


class Checked(pydantic.BaseModel):
    units: int = 1


@attr.s(auto_attribs=True)
class Short:
    units: int = 1


@dataclass
class Record:
    units: int = 1


head(Checked(**options.GIVEN).units)
head(Checked(units=4).units)
head(Checked.parse_file("settings.json").units)
head(Short(*options.LISTED).units)
head(Short(7).units)
head(replace(Record(), **options.GIVEN).units)
head(Record(**options.GIVEN).units)
