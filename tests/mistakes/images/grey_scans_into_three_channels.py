# expect: fed-channel-count @ 24
# keras: crash
import glob

import cv2
import numpy as np
from tensorflow.keras import layers, models

for i in range(4):
    cv2.imwrite(f"scan{i}.png", np.random.randint(0, 255, (70, 90), dtype=np.uint8))

images = []
for name in sorted(glob.glob("scan*.png")):
    img = cv2.imread(name, cv2.IMREAD_GRAYSCALE)
    img = cv2.resize(img, (64, 64))
    images.append(img)
X = np.array(images) / 255.0
y = np.array([0, 0, 1, 1])

model = models.Sequential()
model.add(layers.Conv2D(8, 3, activation="relu", input_shape=(64, 64, 3)))
model.add(layers.GlobalAveragePooling2D())
model.add(layers.Dense(1, activation="sigmoid"))
model.compile("adam", "binary_crossentropy"); model.fit(X, y, epochs=1)
