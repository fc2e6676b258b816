# expect: images-unlike-training @ 46
# expect: means-of-other-colours @ 17
# expect: means-of-other-colours @ 19
# reported: round 7
# keras: silent
# file: data/train/a/*.png 2 (70, 80, 3)
# file: data/train/b/*.png 2 (70, 80, 3)
# file: frame.png (60, 90, 3)
import cv2
import numpy as np
from tensorflow.keras.layers import Activation, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator


def preprocess_input(x):
    x[:, :, :, 0] -= 103.939
    x[:, :, :, 1] -= 116.779
    x[:, :, :, 2] -= 123.68
    return x[:, :, :, ::-1]


def build(input_shape=(64, 64, 3)):
    model = Sequential()
    model.add(Conv2D(32, (3, 3), input_shape=input_shape))
    model.add(Activation("relu"))
    model.add(MaxPooling2D(pool_size=(2, 2)))
    model.add(Flatten())
    model.add(Dense(64, activation="relu"))
    model.add(Dropout(0.5))
    model.add(Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
    return model


train_datagen = ImageDataGenerator(rescale=1. / 255, shear_range=0.2, zoom_range=0.2, horizontal_flip=True)
train_generator = train_datagen.flow_from_directory("data/train", target_size=(64, 64), batch_size=2, class_mode="binary")
model = build()
model.fit(train_generator, epochs=1)

im = cv2.imread("frame.png")
im = cv2.cvtColor(im, cv2.COLOR_BGR2RGB)
im = cv2.resize(im, (64, 64)).astype("float32")
im = np.expand_dims(im, axis=0)
im = preprocess_input(im)
print(model.predict(im))
