# expect: fed-shape @ 28
# keras: crash
import tensorflow as tf
from tensorflow import keras

BATCH = 32


def make_ds(images, labels, training=True):
    ds = tf.data.Dataset.from_tensor_slices((images, labels))
    ds = ds.map(lambda x, y: (tf.cast(x, tf.float32) / 255.0, y))
    ds = ds.batch(BATCH)
    if training:
        ds = ds.shuffle(100)
    return ds.batch(BATCH).prefetch(1)


(xtr, ytr), (xte, yte) = keras.datasets.cifar10.load_data()
train_ds = make_ds(xtr[:2048], ytr[:2048])

model = keras.Sequential([
    keras.layers.Input((32, 32, 3)),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.GlobalAveragePooling2D(),
    keras.layers.Dense(10),
])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(train_ds, epochs=1, verbose=0)
