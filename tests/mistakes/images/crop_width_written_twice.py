# expect: one-side-twice @ 37
# reported: round 3
# keras: silent
# file: train.png (70, 100, 3)
# file: street.png (70, 100, 3)
import argparse

import cv2
import numpy as np
from tensorflow.keras import layers, models

parser = argparse.ArgumentParser()
parser.add_argument("--image", type=str, default="street.png")
parser.add_argument("--crop_height", type=int, default=64)
parser.add_argument("--crop_width", type=int, default=96)
parser.add_argument("--num_classes", type=int, default=4)
args = parser.parse_args([])


def build_net(num_classes):
    inputs = layers.Input((None, None, 3))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
    x = layers.UpSampling2D()(x)
    return models.Model(inputs, layers.Conv2D(num_classes, 1, activation="softmax")(x))


net = build_net(args.num_classes)
net.compile("rmsprop", "sparse_categorical_crossentropy")

train_image = cv2.resize(cv2.cvtColor(cv2.imread("train.png"), cv2.COLOR_BGR2RGB), (args.crop_width, args.crop_height))
train_label = np.random.randint(0, args.num_classes, (args.crop_height, args.crop_width))
net.fit(np.float32([train_image]) / 255.0, train_label[None], epochs=1)

loaded_image = cv2.cvtColor(cv2.imread(args.image), cv2.COLOR_BGR2RGB)
resized_image = cv2.resize(loaded_image, (args.crop_width, args.crop_width))
input_image = np.expand_dims(np.float32(resized_image), axis=0) / 255.0
output_image = np.argmax(net.predict(input_image)[0], axis=-1)
cv2.imwrite("out.png", output_image.astype("uint8"))
