import numpy as np
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((32, 32, 3)),
    layers.Conv2D(4, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(2, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(8, 32, 32, 3), np.zeros(8), verbose=0)
image = np.random.rand(32, 32, 3)
scores = model.predict(image)
print("cat" if scores.argmax() == 0 else "dog")
