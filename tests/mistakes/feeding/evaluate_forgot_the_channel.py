# expect: fed-channel-count @ 19
# keras: crash
import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(1)
train = rng.random((64, 96, 96, 3)).astype("float32")
test = rng.random((16, 96, 96)).astype("float32")       # grey test pictures
train_y, test_y = rng.integers(0, 4, 64), rng.integers(0, 4, 16)

model = keras.Sequential(name="texture_net")
model.add(layers.Input(shape=(96, 96, 3)))
model.add(layers.Conv2D(8, 5, strides=2, activation="relu"))
model.add(layers.GlobalMaxPooling2D())
model.add(layers.Dense(4, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, train_y, epochs=1, batch_size=16, verbose=0)
loss, acc = model.evaluate(test, test_y, verbose=0)
