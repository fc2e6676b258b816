"""Networks of keras.applications with their own classifier, which ends with a softmax of its own accord."""

import keras
from keras import layers

CLASSES = 7

own = keras.applications.ResNet50(weights=None, classes=CLASSES)
own.compile("adam", "categorical_crossentropy")

whole = keras.applications.VGG16()
whole.compile("sgd", loss="sparse_categorical_crossentropy")

inside = keras.Sequential(
    [
        keras.Input((224, 224, 3)),
        layers.Rescaling(1 / 127.5, offset=-1),
        keras.applications.MobileNetV2(weights=None, classes=CLASSES),
    ]
)
inside.compile("adam", keras.losses.CategoricalCrossentropy())

logits = keras.applications.EfficientNetB0(weights=None, classes=CLASSES, classifier_activation=None)
logits.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
