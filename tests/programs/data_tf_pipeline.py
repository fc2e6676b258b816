# tf.data from arrays, and layers that take their shapes from it
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

BATCH = 10
x = np.random.rand(100, 28, 20).astype("float32")
y = np.random.randint(0, 4, size=(100,))

train = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(100).batch(BATCH, drop_remainder=True).prefetch(tf.data.AUTOTUNE)
spec_x, spec_y = train.element_spec

inputs = keras.Input(batch_shape=spec_x.shape)
h = layers.Conv1D(12, 3)(inputs)
h = layers.GlobalMaxPooling1D()(h)
model = keras.Model(inputs, layers.Dense(4)(h))


def add_channel(image, label):
    image = tf.expand_dims(image, -1)
    image = tf.image.resize(image, (32, 32))
    return image, tf.one_hot(label, 4)


pictures = tf.data.Dataset.from_tensor_slices((x, y)).map(add_channel, num_parallel_calls=4).cache().batch(BATCH)
picture_spec, label_spec = pictures.element_spec
second = keras.Sequential([
    keras.Input(shape=picture_spec.shape[1:]),
    layers.Conv2D(8, 3, strides=2, padding="same"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(label_spec.shape[-1], activation="softmax"),
])
second.compile(loss="categorical_crossentropy")
second.fit(pictures, epochs=1)

both = tf.data.Dataset.zip((tf.data.Dataset.from_tensor_slices(x), tf.data.Dataset.from_tensor_slices(y)))
both = both.map(lambda a, b: ({"signal": a, "mean": tf.reduce_mean(a, axis=0)}, b)).batch(4, drop_remainder=True)
named = both.element_spec[0]
signal = keras.Input(shape=named["signal"].shape[1:], name="signal")
mean = keras.Input(shape=named["mean"].shape[1:], name="mean")
merged = layers.concatenate([layers.GRU(6)(signal), layers.Dense(6)(mean)])
third = keras.Model({"signal": signal, "mean": mean}, layers.Dense(1)(merged))

windows = keras.utils.timeseries_dataset_from_array(x[:, 0, :], y, sequence_length=12, batch_size=BATCH)
for samples, targets in windows.take(1):
    fourth = keras.Sequential([keras.Input(samples.shape[1:]), layers.LSTM(9), layers.Dense(1)])


def gen():
    for i in range(8):
        yield np.zeros((15, 3), "float32"), i


from_gen = tf.data.Dataset.from_generator(
    gen,
    output_signature=(tf.TensorSpec(shape=(15, 3), dtype=tf.float32), tf.TensorSpec(shape=(), dtype=tf.int32)),
)
fifth = keras.Sequential([
    keras.Input(from_gen.batch(2).element_spec[0].shape[1:]),
    layers.Conv1D(4, 4),
    layers.Flatten(),
])
