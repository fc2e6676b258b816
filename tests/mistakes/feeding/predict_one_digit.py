# expect: missing-sample-axis @ 23
# keras: crash
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

(x_train, y_train), (x_test, y_test) = tf.keras.datasets.mnist.load_data()
x_train = x_train[:256, ..., np.newaxis] / 255.0
y_train = y_train[:256]
x_test = x_test[..., np.newaxis] / 255.0

model = tf.keras.Sequential([
    layers.Input((28, 28, 1)),
    layers.Conv2D(8, 3, activation='relu'),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(10, activation='softmax'),
])
model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=1, verbose=0)

index = 17
prediction = model.predict(x_test[index])
print('this is a', np.argmax(prediction))
