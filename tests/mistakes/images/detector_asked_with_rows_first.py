# expect: swapped-image-size @ 32
# reported: round 5
# keras: silent
# file: street.png (70, 100, 3)
import json

import cv2
import numpy as np
from tensorflow.keras.layers import BatchNormalization, Conv2D, Input, LeakyReLU, MaxPooling2D
from tensorflow.keras.models import Model

CONFIG = json.loads('{"input_h": 96, "input_w": 160, "labels": ["raccoon", "fox"], "anchors": [0.57, 0.67, 1.87, 2.06]}')


class YOLO:
    def __init__(self, input_h, input_w, labels, anchors):
        self.input_h = input_h
        self.input_w = input_w
        self.nb_box = len(anchors) // 2
        image = Input(shape=(None, None, 3))
        x = image
        for filters in (16, 32, 64):
            x = Conv2D(filters, (3, 3), padding="same", use_bias=False)(x)
            x = BatchNormalization()(x)
            x = LeakyReLU(0.1)(x)
            x = MaxPooling2D((2, 2))(x)
        x = Conv2D(self.nb_box * (4 + 1 + len(labels)), (1, 1), padding="same")(x)
        self.model = Model(image, x)

    def predict(self, image):
        image_h, image_w, _ = image.shape
        image = cv2.resize(image, (self.input_h, self.input_w))
        image = image[:, :, ::-1] / 255.0
        input_image = np.expand_dims(image, 0)
        return self.model.predict(input_image)[0]


yolo = YOLO(CONFIG["input_h"], CONFIG["input_w"], CONFIG["labels"], CONFIG["anchors"])
image = cv2.imread("street.png")
print(yolo.predict(image).shape)
