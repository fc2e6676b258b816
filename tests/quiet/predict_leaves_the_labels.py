# without class_mode the batches bring labels of ten classes; predict never looks at them
import tensorflow as tf

test = tf.keras.preprocessing.image.ImageDataGenerator().flow_from_directory(
    "test", shuffle=False, target_size=(64, 64), classes=["test"]
)
model = tf.keras.Sequential(
    [
        tf.keras.layers.Input((64, 64, 3)),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile("adam", tf.keras.losses.CategoricalCrossentropy())
model.predict(test)
