# expect: stored-in-other-shape @ 13
# keras: crash
import keras
import numpy as np
from keras import layers

frames = [np.random.randint(0, 255, (210, 160, 3)) for _ in range(4)]
observations = np.zeros((len(frames), 84, 110, 3), dtype="float32")


for i in range(len(frames)):
    small = keras.ops.image.resize(np.array(frames[i], dtype="float32"), (110, 84))
    observations[i] = np.array(small)

q = keras.Sequential([
    layers.Input((84, 110, 3)),
    layers.Conv2D(16, 8, strides=4, activation="relu"),
    layers.Conv2D(32, 4, strides=2, activation="relu"),
    layers.Flatten(),
    layers.Dense(4),
])
print(q.predict(observations))
