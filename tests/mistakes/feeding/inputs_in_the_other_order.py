# expect: fed-shape @ 24
# keras: crash
import numpy as np
import keras
from keras import layers


def two_branch_model(img_size=32, n_meta=7):
    image_in = keras.Input((img_size, img_size, 3), name="image")
    meta_in = keras.Input((n_meta,), name="meta")
    x = layers.Conv2D(8, 3, activation="relu")(image_in)
    x = layers.GlobalAveragePooling2D()(x)
    m = layers.Dense(8, activation="relu")(meta_in)
    z = layers.Concatenate()([x, m])
    return keras.Model([image_in, meta_in], layers.Dense(1, activation="sigmoid")(z))


images = np.random.rand(20, 32, 32, 3)
metadata = np.random.rand(20, 7)
malignant = np.random.randint(0, 2, 20)

model = two_branch_model()
model.compile("adam", "binary_crossentropy")
model.fit([metadata, images], malignant, epochs=1, verbose=0)
