import numpy as np
from keras.layers import Dense, Input
from keras.models import Model
from other_package import encoder_of, head_of

encoder = encoder_of("base")
core = Model(encoder.input, encoder.output)
core.compile(loss=["mse", "mae"], loss_weights=[1, 2], metrics=[["mae"], ["mse"]])
core.compile(loss={"a": "mse", "b": "mae"})
core.fit(np.zeros((4, 3)), {"a": np.zeros((4, 1)), "b": np.zeros((4, 1))})
two = Model(core.input, [core.output, Dense(3)(core.outputs[1])])
two.compile(loss=["mse", "mae", "mse"])
two.fit([np.zeros((4, 3))] * 3, [np.zeros((4, 1))] * 3)
a, b = core.inputs
Model([a, b], core.outputs[0]).predict([np.zeros((4, 3)), np.zeros((4, 3))])
y = core([a, b])
z = core(Input((3,)))
w = core([Input((3,)), Input((4,))])
given, out = head_of(core)
net = Model(given, out)
net.train_on_batch([np.zeros((4, 3)), np.zeros((4, 3))], [np.zeros((4, 3)), np.zeros((4, 3))])
net.fit(((np.zeros((4, 3)), np.zeros((4, 3))), np.zeros((4, 1))) for _ in range(3))
first, second = net.predict(np.zeros((4, 3)))
print(len(core.inputs), core.input_shape[1], core.inputs[0].shape)
if isinstance(core.input, list):
    Dense(3)(core.input[0])
x = Dense(3)(core.layers[-2].output)
Model(core.layers[0].input, x).predict([np.zeros((4, 3)), np.zeros((4, 3))])
Model(core.get_layer("x").input, x).predict([np.zeros((4, 3)), np.zeros((4, 3))])
