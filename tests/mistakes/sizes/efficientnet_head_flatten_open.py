# expect: undefined-axis @ 14
# keras: crash
import keras
from keras import layers
from keras.applications import EfficientNetB0


def classifier(num_classes, dropout=0.3, size=None):
    base = EfficientNetB0(include_top=False, weights=None, input_shape=(size, size, 3))
    base.trainable = False
    x = base.output
    x = layers.Flatten()(x)
    x = layers.Dropout(dropout)(x)
    out = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(base.input, out)


model = classifier(5)
model.compile("adam", "categorical_crossentropy")
