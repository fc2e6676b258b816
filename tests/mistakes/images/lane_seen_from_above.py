# expect: swapped-image-size @ 18
# keras: silent
# file: cam/*.png 4 (60, 100, 3)
"""Bird's-eye view of the lane, then the offset of the car from its centre."""
import glob
import cv2
import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, GlobalAveragePooling2D
from tensorflow.keras.models import Sequential

BEV_HEIGHT, BEV_WIDTH = 96, 48
SRC = np.float32([[20, 55], [80, 55], [60, 20], [40, 20]])
DST = np.float32([[10, 96], [38, 96], [38, 0], [10, 0]])


def to_bev(image):
    warp = cv2.getPerspectiveTransform(SRC, DST)
    return cv2.warpPerspective(image, warp, (BEV_HEIGHT, BEV_WIDTH), flags=cv2.INTER_LINEAR)


def load_all(pattern):
    views = []
    for name in sorted(glob.glob(pattern)):
        view = to_bev(cv2.imread(name, cv2.IMREAD_COLOR))
        views.append(cv2.cvtColor(view, cv2.COLOR_BGR2GRAY))
    return np.expand_dims(np.stack(views), -1).astype("float32") / 255


views = load_all("cam/*.png")
offsets = np.linspace(-1, 1, len(views))
model = Sequential([
    Conv2D(8, 3, padding="same", activation="relu"),
    Conv2D(16, 3, strides=2, padding="same", activation="relu"),
    GlobalAveragePooling2D(),
    Dense(1),
])
model.compile("adam", "mae")
model.fit(views, offsets, epochs=1)
