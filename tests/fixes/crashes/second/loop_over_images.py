import numpy as np
import keras
from keras import layers

model = keras.Sequential([
    layers.Input((40, 40, 1)),
    layers.Conv2D(4, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(3, activation="softmax"),
])
frames = np.random.rand(5, 40, 40, 1)
answers = []
for frame in frames:
    answers.append(np.argmax(model.predict(frame, verbose=0)))
print(answers)
