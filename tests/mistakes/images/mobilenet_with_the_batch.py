# expect: impossible-backbone-input @ 9
# keras: crash
import numpy as np
from tensorflow import keras

X_train = np.random.rand(16, 96, 96, 3)
y_train = np.random.randint(0, 4, 16)

base = keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=X_train.shape)
model = keras.Sequential([base, keras.layers.Flatten(), keras.layers.Dense(4, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(X_train, y_train, verbose=0)
