import cv2
import numpy as np
from keras import Input, Sequential
from keras.layers import Conv2D, Dense, Flatten


class Small:
    def __init__(self, frame, scale=0.5):
        self.small = (int(frame.shape[0] * scale), int(frame.shape[1] * scale))

    def __call__(self, frame):
        return cv2.resize(frame, (self.small[1], self.small[0])) / 255.0


frames = np.random.randint(0, 256, (6, 96, 64, 3), "uint8")
shrink = Small(frames[0])
player = Sequential([Input((*shrink.small, 3)), Conv2D(4, 3), Flatten(), Dense(2)])
print(player.predict(np.array([shrink(frame) for frame in frames]), verbose=0))
