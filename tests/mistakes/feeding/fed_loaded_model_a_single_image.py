# expect: missing-sample-axis @ 12
# keras: crash
import numpy as np
import keras
from keras import layers

model = keras.Sequential([keras.Input((16, 16, 3)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(2)])
model.compile("adam", "mse")
model.save("plants.keras")

judge = keras.models.load_model("plants.keras")
judge.predict(np.zeros((16, 16, 3)), verbose=0)
