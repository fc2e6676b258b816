# expect: class-weights-unlike-labels @ 40
# keras: silent
# file: lesions.npz images=(90, 28, 28, 3) labels=(90,)<3
import numpy as np
import keras
from keras import layers

CLASSES = ["melanoma", "nevus", "keratosis"]


def balanced(labels, names):
    """Weight each class by the inverse of its frequency."""
    weights = {}
    for code, name in enumerate(names):
        share = np.mean(labels == code)
        weights[name] = 1.0 / (len(names) * share)
        print(f"{name}: {share:.0%}")
    return weights


def backbone(x):
    for filters, stride in ((16, 1), (32, 2), (64, 2)):
        x = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
    return layers.GlobalAveragePooling2D()(x)


def build():
    image = keras.Input((28, 28, 3))
    out = layers.Dense(len(CLASSES), activation="softmax")(backbone(image))
    model = keras.Model(image, out)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


data = np.load("lesions.npz")
images, labels = data["images"], data["labels"]
model = build()
model.fit(images, labels, class_weight=balanced(labels, CLASSES), epochs=1, batch_size=16, verbose=0)
