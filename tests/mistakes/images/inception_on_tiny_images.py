# expect: impossible-backbone-input @ 9
# keras: crash
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.applications import InceptionV3

IMG_SIZE = 64

base_model = InceptionV3(
    include_top=False,
    weights=None,
    input_shape=(IMG_SIZE, IMG_SIZE, 3),
)
base_model.trainable = False

model = tf.keras.Sequential([
    base_model,
    layers.GlobalAveragePooling2D(),
    layers.Dropout(0.2),
    layers.Dense(5, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy")
