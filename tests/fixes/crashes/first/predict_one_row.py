import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense

model = Sequential([Dense(8, activation="relu", input_shape=(5,)), Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(np.random.rand(20, 5), np.random.randint(0, 2, 20), verbose=0)
sample = np.array([0.3, 1.0, 0.2, 0.9, 0.4])
print(model.predict(sample))
