# expect: scaled-for-training-only @ 16
# keras: silent
import numpy as np
from keras import layers, models

readings = np.random.randint(0, 4096, (300, 50, 2))
kinds = np.random.randint(0, 3, 300)
past, recent = readings[:250], readings[250:]
largest = past.max()

model = models.Sequential([layers.Input((50, 2)), layers.Conv1D(8, 5), layers.Flatten(), layers.Dense(3, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
scaled = past.astype("float32") / 4095.0
model.fit(scaled, kinds[:250], verbose=0)

loss = model.evaluate(recent.astype("float32"), kinds[250:], verbose=0)
