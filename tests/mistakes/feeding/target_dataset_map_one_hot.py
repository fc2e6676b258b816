# expect: one-hot-with-sparse-loss @ 27
# keras: crash
import tensorflow as tf

AUTOTUNE = tf.data.AUTOTUNE
N_CLASSES = 7


def prepare(image, label):
    image = tf.cast(image, tf.float32) / 255.0
    return image, tf.one_hot(label, depth=N_CLASSES)


images = tf.zeros((64, 24, 24, 3), tf.uint8)
labels = tf.random.uniform((64,), 0, N_CLASSES, tf.int32)
ds = tf.data.Dataset.from_tensor_slices((images, labels))
ds = ds.shuffle(64).map(prepare, num_parallel_calls=AUTOTUNE).batch(16).prefetch(AUTOTUNE)

model = tf.keras.Sequential([
    tf.keras.layers.Input((24, 24, 3)),
    tf.keras.layers.Conv2D(8, 3, activation="relu"),
    tf.keras.layers.GlobalMaxPooling2D(),
    tf.keras.layers.Dense(N_CLASSES),
])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer="adam", loss=loss_fn)
model.fit(ds, epochs=1, verbose=0)
