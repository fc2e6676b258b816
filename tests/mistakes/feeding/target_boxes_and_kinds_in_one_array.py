# expect: targets-unlike-outputs @ 21
# keras: crash
import numpy as np
import keras
from keras import layers

images = np.random.rand(12, 48, 48, 3)
annotations = np.random.rand(12, 5)      # x, y, w, h, kind

backbone = keras.Sequential([
    keras.Input((48, 48, 3)),
    layers.Conv2D(8, 3, strides=2, activation="relu"),
    layers.GlobalAveragePooling2D(),
])
inp = keras.Input((48, 48, 3))
feat = backbone(inp)
boxes = layers.Dense(4, name="boxes")(feat)
kind = layers.Dense(1, activation="sigmoid", name="kind")(feat)
detector = keras.Model(inp, outputs=[boxes, kind])
detector.compile("adam", loss=["mse", "binary_crossentropy"])
detector.fit(images, annotations, epochs=1, verbose=0)
