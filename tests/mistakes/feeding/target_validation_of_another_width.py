# expect: units-unlike-target @ 18
# keras: crash
import numpy as np
import keras

rng = np.random.default_rng(11)
x_train, x_val = rng.random((100, 20)), rng.random((30, 20))
y_train = keras.utils.to_categorical(rng.integers(0, 6, 100), num_classes=6)
# one class never occurs in the validation set
y_val = keras.utils.to_categorical(rng.integers(0, 5, 30), num_classes=5)

model = keras.Sequential([
    keras.Input((20,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(6, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=1, verbose=0)
