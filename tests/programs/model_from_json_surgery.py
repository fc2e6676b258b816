# an architecture as JSON, round trips through configurations, and surgery on what comes out
import json
import os

from tensorflow.keras.layers import *
from tensorflow.keras.models import Model, Sequential, clone_model, model_from_json

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "model_json_layers.json")) as f:
    stored = model_from_json(f.read())

head = Dense(4)(stored.outputs[0])
whole = Model(stored.inputs, GlobalMaxPooling1D()(head))
middle = Model(stored.inputs, stored.get_layer("pool").output)
on_middle = GRU(5)(middle(Input((300, 2))))

net = Sequential([Input((16, 16, 3)), Conv2D(8, 3), Conv2D(16, 3, strides=2), Flatten()])
twin = model_from_json(net.to_json())
twin.add(Dense(10))
again = Sequential.from_config(net.get_config())
again.pop()
again.add(GlobalAveragePooling2D())
again.add(Dense(3))
third = clone_model(twin)
x = third(Input((16, 16, 3)))
Dense(2)(x)

functional = Model.from_config(whole.get_config())
out = Reshape((2, 2))(functional(Input((300, 2))))

layer = Conv2D(6, (5, 3), name="wide")
other = Conv2D.from_config(layer.get_config())
config = layer.get_config()
config["filters"] = 11
config["name"] = "wider"
third_layer = layer.__class__.from_config(config)
y = third_layer(other(layer(Input((30, 30, 1)))))


class Scale(Layer):
    def __init__(self, units=3, factor=2.0, **kwargs):
        super().__init__(**kwargs)
        self.units, self.factor = units, factor
        self.dense = Dense(units)

    def call(self, inputs):
        return self.dense(inputs) * self.factor

    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units, "factor": self.factor})
        return config


first = Scale(13)
second = Scale.from_config(first.get_config())
z = second(Input((6,)))
Dense(1)(z)
text = json.dumps({"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 4]}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d", "units": 21}}]}})
small = model_from_json(text)
last = Dense(2)(small.outputs[0])
