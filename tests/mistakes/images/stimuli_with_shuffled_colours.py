# expect: images-unlike-training @ 39
# reported: round 3
# keras: silent
# file: salicon/images/*.png 3 (60, 90, 3)
# file: salicon/maps/*.png 3 (60, 90, 3)
# file: salicon/test/a.png (60, 90, 3)
import glob

import cv2
import numpy as np
from tensorflow.keras import layers, models

WIDTH, HEIGHT = 96, 64


def load_pairs(folder):
    stimuli, maps = [], []
    for path in sorted(glob.glob(folder + "/images/*.png")):
        img = cv2.imread(path)
        stimuli.append(cv2.resize(img, (WIDTH, HEIGHT)))
        sal = cv2.imread(path.replace("images", "maps"), 0)
        maps.append(cv2.resize(sal, (WIDTH, HEIGHT)))
    return np.array(stimuli, "float32") / 255, np.array(maps, "float32")[..., None] / 255


def generator():
    net = models.Sequential()
    net.add(layers.Input((HEIGHT, WIDTH, 3)))
    net.add(layers.Conv2D(16, 3, padding="same", activation="relu"))
    net.add(layers.MaxPooling2D())
    net.add(layers.Conv2D(16, 3, padding="same", activation="relu"))
    net.add(layers.UpSampling2D())
    net.add(layers.Conv2D(1, 1, activation="sigmoid"))
    return net


def predict(model, image_stimuli):
    blob = cv2.resize(image_stimuli, (WIDTH, HEIGHT)).astype("float32") / 255
    return model.predict(blob[np.newaxis])[0, :, :, 0]


X, Y = load_pairs("salicon")
model = generator()
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(X, Y, batch_size=2, epochs=1)

for path in glob.glob("salicon/test/*.png"):
    img = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB)
    saliency = predict(model, img)
    cv2.imwrite(path.replace(".png", "_map.png"), (255 * saliency).astype("uint8"))
