# expect: images-unlike-training @ 42
# reported: round 5
# keras: silent
# file: flowers/a/*.png 2 (70, 80, 3)
# file: flowers/b/*.png 2 (70, 80, 3)
import cv2
import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Dropout, Flatten, Lambda, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

SIZE = (64, 64)
VGG_MEAN = np.array([123.68, 116.779, 103.939], dtype=np.float32).reshape((1, 1, 3))


def vgg_preprocess(x):
    x = x - VGG_MEAN
    return x[:, :, :, ::-1]


def build(classes):
    model = Sequential()
    model.add(Lambda(vgg_preprocess, input_shape=SIZE + (3,), output_shape=SIZE + (3,)))
    model.add(Conv2D(8, (3, 3), padding="same", activation="relu"))
    model.add(MaxPooling2D((2, 2)))
    model.add(Flatten())
    model.add(Dense(32, activation="relu"))
    model.add(Dropout(0.5))
    model.add(Dense(classes, activation="softmax"))
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


def classify(model, path):
    img = cv2.imread(path)
    img = cv2.cvtColor(img, cv2.COLOR_BGR2RGB)
    img = cv2.resize(img, SIZE).astype(np.float32)
    img[:, :, 0] -= 123.68
    img[:, :, 1] -= 116.779
    img[:, :, 2] -= 103.939
    img = np.expand_dims(img, axis=0)
    return model.predict(img)


batches = ImageDataGenerator().flow_from_directory("flowers", target_size=SIZE, batch_size=2, class_mode="categorical")
model = build(2)
model.fit(batches, epochs=1)
print(classify(model, "flowers/a/0.png"))
