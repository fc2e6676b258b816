# expect: fed-channel-count @ 27
# keras: crash
# file: icons/*.png 4 (16, 16, 4)
import tensorflow as tf
from tensorflow.keras import layers


def read(path):
    data = tf.io.read_file(path)
    icon = tf.io.decode_png(data, channels=4)
    icon = tf.image.resize(icon, [32, 32])
    return tf.cast(icon, tf.float32) / 255.0


files = tf.data.Dataset.from_tensor_slices([f"icons/{i}.png" for i in range(4)])
labels = tf.data.Dataset.from_tensor_slices([0, 1, 2, 0])
train = tf.data.Dataset.zip((files.map(read), labels)).batch(2)

model = tf.keras.models.Sequential()
model.add(layers.Conv2D(8, (3, 3), activation="relu", input_shape=(32, 32, 3)))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Flatten())
model.add(layers.Dense(3))
model.compile(
    optimizer="adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
)
model.fit(train, epochs=1)
