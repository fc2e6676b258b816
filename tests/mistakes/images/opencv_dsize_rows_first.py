# expect: swapped-image-size @ 14
# keras: silent
import cv2
import numpy as np
from keras import Sequential, Input
from keras.layers import Conv2D, MaxPooling2D, GlobalAveragePooling2D, Dense

IMG_HEIGHT = 120
IMG_WIDTH = 160


def preprocess(frame):
    frame = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
    frame = cv2.resize(frame, (IMG_HEIGHT, IMG_WIDTH))
    return frame.astype("float32") / 255.0


frames = [np.random.randint(0, 255, (480, 640, 3), dtype=np.uint8) for _ in range(4)]
X = np.stack([preprocess(f) for f in frames])
y = np.array([0, 1, 0, 1])

model = Sequential([
    Input((IMG_WIDTH, IMG_HEIGHT, 3)),
    Conv2D(8, 3, activation="relu"),
    MaxPooling2D(),
    GlobalAveragePooling2D(),
    Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
model.fit(X, y, epochs=1, verbose=0)
