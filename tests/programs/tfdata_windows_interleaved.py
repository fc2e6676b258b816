# series into windows with tf.data: window, flat_map, interleave, zip, padded_batch, from_generator
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

WINDOW, BATCH = 20, 16
series = np.random.rand(500).astype("float32")


def windowed_dataset(series, window_size, batch_size, shuffle_buffer):
    dataset = tf.data.Dataset.from_tensor_slices(series)
    dataset = dataset.window(window_size + 1, shift=1, drop_remainder=True)
    dataset = dataset.flat_map(lambda window: window.batch(window_size + 1))
    dataset = dataset.shuffle(shuffle_buffer).map(lambda window: (window[:-1], window[-1]))
    return dataset.batch(batch_size, drop_remainder=True).prefetch(1)


train = windowed_dataset(series, WINDOW, BATCH, 100)
for x, y in train.take(1):
    layers.Dense(3)(x)
    layers.LSTM(4)(tf.expand_dims(x, -1))

table = tf.data.Dataset.from_tensor_slices(np.random.rand(300, 5).astype("float32"))
rows = table.window(12, shift=6, stride=1, drop_remainder=True).flat_map(lambda w: w.batch(12, drop_remainder=True))
second = keras.Sequential([keras.Input(rows.element_spec.shape), layers.Conv1D(6, 3), layers.Flatten()])
for window in rows.batch(8, drop_remainder=True).take(1):
    layers.GRU(5)(window)

numbers = tf.data.Dataset.range(6)
mixed = numbers.interleave(lambda i: tf.data.Dataset.from_tensors(tf.ones((7, 3))).repeat(2), cycle_length=2)
layers.Dense(4)(next(iter(mixed)))
both = tf.data.Dataset.zip((mixed, numbers)).batch(5, drop_remainder=True)
layers.Conv1D(2, 2)(both.element_spec[0].shape and next(iter(both))[0])


def sentences():
    for length in (3, 5, 4):
        yield np.arange(length), np.ones((length, 8), "float32"), 1.0


ragged = tf.data.Dataset.from_generator(
    sentences,
    output_signature=(
        tf.TensorSpec(shape=(None,), dtype=tf.int32),
        tf.TensorSpec(shape=(None, 8), dtype=tf.float32),
        tf.TensorSpec(shape=(), dtype=tf.float32),
    ),
)
padded = ragged.padded_batch(3, padded_shapes=([10], [10, 8], []), drop_remainder=True)
tokens, vectors, weights = next(iter(padded))
layers.Embedding(50, 6)(tokens)
layers.LSTM(9)(vectors)
loose = ragged.map(lambda t, v, w: v).padded_batch(2)
spec = loose.element_spec
third = keras.Sequential([keras.Input(spec.shape[1:]), layers.Bidirectional(layers.LSTM(4)), layers.Dense(2)])
listed = [(np.zeros((4, 4, 1), "float32"), label) for label in range(6)]
old = tf.data.Dataset.from_generator(lambda: iter(listed), (tf.float32, tf.int32), ((4, 4, 1), ()))
pictures = old.batch(3, drop_remainder=True).map(lambda image, label: (tf.image.resize(image, [8, 6]), tf.one_hot(label, 6)))
image, label = next(iter(pictures))
layers.Conv2D(5, 3)(image)
layers.Dense(6)(label)
chained = old.concatenate(old).map(lambda image, label: image).batch(2, drop_remainder=True)
layers.Conv2D(7, 2)(next(iter(chained)))
halves = tf.data.Dataset.from_tensor_slices({"a": np.zeros((6, 3)), "b": np.zeros((6, 2))}).batch(3).unbatch().batch(2, True)
first = next(iter(halves))
layers.Dense(8)(layers.concatenate([first["a"], first["b"]]))
