# expect: strides-by-position @ 10
# expect: strides-by-position @ 11
# expect: strides-by-position @ 12
# expect: strides-by-position @ 13
# keras: crash
from tensorflow.keras import layers, models

model = models.Sequential()
model.add(layers.Input((28, 28, 1)))
model.add(layers.Conv2D(32, 3, 3, activation="relu"))
model.add(layers.Conv2D(32, 3, 3, activation="relu"))
model.add(layers.Conv2D(64, 3, 3, activation="relu"))
model.add(layers.Conv2D(64, 3, 3, activation="relu"))
model.add(layers.Flatten())
