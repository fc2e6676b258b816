# expect: reshape-as-transpose @ 26
# reported: round 7
# keras: silent
# file: digits/0.png (28, 28, 3)
import numpy as np
import tensorflow as tf
from tensorflow.keras.preprocessing import image

mnist = tf.keras.datasets.mnist
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0

model = tf.keras.models.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(100, activation=tf.nn.relu),
    tf.keras.layers.Dropout(0.10),
    tf.keras.layers.Dense(10, activation=tf.nn.softmax),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train[:64], y_train[:64], epochs=1)
model.evaluate(x_test[:64], y_test[:64])

test_image = image.load_img("digits/0.png", target_size=(28, 28))
test_image = image.img_to_array(test_image)
test_image /= 255.
result = model.predict(test_image.reshape(-1, 28, 28))
print("The predicted number is:", np.argmax(result[0]))
