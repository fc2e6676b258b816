# expect: results-in-other-order @ 33
# keras: silent
"""After every epoch, show what the model says of a few faces."""
import numpy as np
from tensorflow import keras
from tensorflow.keras import Model, layers


def face_model(side=48):
    inp = layers.Input((side, side, 3), name="face")
    x = inp
    for filters in (8, 16):
        x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.GlobalAveragePooling2D()(x)
    gender = layers.Dense(1, activation="sigmoid", name="gender")(x)
    age = layers.Dense(1, activation="relu", name="age")(x)
    return Model(inp, [gender, age])


faces = np.random.rand(24, 48, 48, 3)
targets = {"gender": np.random.randint(0, 2, 24), "age": np.random.randint(1, 90, 24)}


class Report(keras.callbacks.Callback):
    def __init__(self, faces):
        super().__init__()
        self.faces = faces

    def on_epoch_end(self, epoch, logs=None):
        # what a person reads here is wrong
        sure = 0.5
        age, gender = self.model.predict(self.faces, verbose=0)
        for a, g in zip(age[:, 0], gender[:, 0]):
            print(f"{epoch}: {a:.0f} years, {'woman' if g > sure else 'man'}")


model = face_model()
model.compile("adam", loss={"gender": "binary_crossentropy", "age": "mae"})
model.fit(faces, targets, epochs=1, verbose=0, callbacks=[Report(faces[:3])])
