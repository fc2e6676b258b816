# expect: labels-fed-as-data @ 26
# reported: round 7
# keras: silent
import numpy as np
import tensorflow as tf

X = np.arange(-100.0, 100.0, 4.0)
y = X + 10
X_train, y_train = X[:40], y[:40]
X_test, y_test = X[40:], y[40:]


def mae(y_test, y_pred):
    return tf.reduce_mean(tf.abs(y_test - tf.squeeze(y_pred)))


tf.random.set_seed(42)
model = tf.keras.Sequential([
    tf.keras.Input((1,)),
    tf.keras.layers.Dense(10),
    tf.keras.layers.Dense(1),
])
model.compile(loss="mae", optimizer=tf.keras.optimizers.SGD(), metrics=["mae"])
model.fit(X_train, y_train, epochs=2, verbose=0)
model.evaluate(X_test, y_test)
y_preds = model.predict(y_test)
print(mae(y_test, y_preds))
