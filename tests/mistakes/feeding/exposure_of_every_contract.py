# expect: samples-against-samples @ 19
# keras: silent
# file: claims.csv 300 age,power,region<9,exposure,cost
import pandas as pd
import tensorflow as tf
from tensorflow import keras

COLUMNS = ["age", "power", "region"]


class WeightedModel(keras.Model):
    """Regression with an exposure for each contract."""

    def train_step(self, data):
        x, y, w = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            error = tf.square(tf.expand_dims(y, -1) - y_pred)
            loss = tf.reduce_mean(error * w)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        return {"loss": loss}


frame = pd.read_csv("claims.csv")
x = frame[COLUMNS].values.astype("float32")
y = frame["cost"].values.astype("float32")
w = frame["exposure"].values.astype("float32")

inp = keras.layers.Input(shape=(len(COLUMNS),))
hid = keras.layers.Dense(16, activation="relu")(inp)
out = keras.layers.Dense(1)(hid)
model = WeightedModel(inp, out)
model.compile(optimizer=keras.optimizers.Adam(1e-3))
ds = tf.data.Dataset.from_tensor_slices((x, y, w)).batch(50).prefetch(tf.data.AUTOTUNE)
model.fit(ds, epochs=1)
