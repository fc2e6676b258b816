# expect: fed-width-before-height @ 33
# expect: swapped-image-size @ 15
# keras: crash
# file: scans/*.png 6 (50, 30, 3)
import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPool2D

WIDTH, HEIGHT = 24, 40


def load(path, label):
    raw = tf.io.read_file(path)
    img = tf.image.decode_png(raw, channels=3)
    img = tf.image.resize(img, (WIDTH, HEIGHT))
    return img / 255.0, label


paths = [f"scans/{i}.png" for i in range(6)]
totals = [12.5, 3.0, 8.2, 40.0, 7.7, 19.9]
ds = tf.data.Dataset.from_tensor_slices((paths, totals))
ds = ds.map(load, num_parallel_calls=tf.data.AUTOTUNE).batch(2)

inp = Input((HEIGHT, WIDTH, 3))
x = Conv2D(8, 3, activation="relu")(inp)
x = MaxPool2D()(x)
x = Flatten()(x)
x = Dense(16, activation="relu")(x)
out = Dense(1)(x)
model = Model(inp, out)
model.compile(optimizer="adam", loss="mse")
model.summary()
model.fit(ds, epochs=1)
