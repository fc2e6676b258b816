# expect: images-unlike-training @ 12
# keras: silent
import tensorflow as tf

(x_train, y_train), (x_test, y_test) = tf.keras.datasets.fashion_mnist.load_data()
train = tf.data.Dataset.from_tensor_slices((x_train[:64], y_train[:64]))
train = train.map(lambda image, label: (tf.cast(image, tf.float32) / 255.0, label)).batch(32)
test = tf.data.Dataset.from_tensor_slices((x_test[:64], y_test[:64])).batch(32)

model = tf.keras.Sequential([tf.keras.layers.Flatten(input_shape=(28, 28)), tf.keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=test, verbose=0)
