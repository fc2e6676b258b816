# expect: batch-merged @ 13
# keras: silent
import numpy as np
import keras
from keras import layers, ops

CLIP = 8
classes = ["run", "walk", "sit"]


def clip_model():
    clip = keras.Input((CLIP, 32, 32, 3), name="clip")
    frames = layers.Lambda(lambda t: ops.reshape(t, (-1, 32, 32, 3)))(clip)
    x = layers.Conv2D(8, 3, activation="relu")(frames)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(len(classes), activation="softmax")(x)
    return keras.Model(clip, x)


model = clip_model()
print(model.predict(np.zeros((2, CLIP, 32, 32, 3)), verbose=0).shape)
