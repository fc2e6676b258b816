# expect: labels-with-categorical-loss @ 16
# keras: silent
import numpy as np
import keras

texts = np.random.rand(70, 50)
topics = ["sport", "politics", "science", "arts", "money"]
y = np.random.randint(0, len(topics), 70).reshape(-1, 1)

model = keras.Sequential([
    keras.layers.Input((50,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(5, activation="softmax"),
])
model.compile("adam", keras.losses.CategoricalFocalCrossentropy(gamma=2.0))
model.fit(texts, y, epochs=1, verbose=0)
