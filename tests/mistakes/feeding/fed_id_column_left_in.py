# expect: fed-shape @ 24
# keras: crash
import numpy as np
import keras


def columns(table, names):
    return np.stack([table[name] for name in names], axis=1)


train = {name: np.random.rand(80) for name in ("id", "age", "fare", "sex", "pclass", "survived")}
test = {name: np.random.rand(20) for name in ("id", "age", "fare", "sex", "pclass")}

model = keras.Sequential([
    keras.layers.BatchNormalization(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
X = columns(train, ["age", "fare", "sex", "pclass"])
model.fit(X, train["survived"] > 0.5, epochs=1, verbose=0)

# the whole table this time
submission = model.predict(columns(test, ["id", "age", "fare", "sex", "pclass"]), verbose=0)
