import numpy as np
from keras import Input, Model
from keras.layers import Dense

joints = np.random.rand(100, 22)
sensors = np.random.rand(100, 12)
i = Input(shape=(12,))
h = Dense(64, activation="tanh")(i)
o = Dense(3)(h)
m = Model(i, o)
m.compile(optimizer="sgd", loss="mse")
m.fit(sensors, joints, epochs=1, batch_size=10)
