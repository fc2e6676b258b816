# expect: labels-with-categorical-loss @ 21
# keras: crash
import numpy as np
import keras
from keras import layers
from sklearn.model_selection import train_test_split

X = np.random.rand(200, 40)
y = np.random.randint(0, 6, 200)
X_tr, X_val, y_tr, y_val = train_test_split(X, y, test_size=0.25, stratify=None)
y_tr = keras.utils.to_categorical(y_tr, 6)

es = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
inp = layers.Input((40,))
h = layers.Dense(64, activation="gelu")(inp)
h = layers.Dense(64, activation="gelu")(h)
model = keras.Model(inp, layers.Dense(6, activation="softmax")(h))
model.compile(keras.optimizers.AdamW(1e-3), "categorical_crossentropy", metrics=["accuracy"])
hist = model.fit(
    X_tr, y_tr,
    validation_data=(X_val, y_val),
    epochs=1, verbose=0, callbacks=[es],
)
