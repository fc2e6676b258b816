# expect: images-unlike-training @ 44
# reported: round 4
# keras: silent
# file: dataset/training_set/a/*.png 3 (70, 80, 3)
# file: dataset/training_set/b/*.png 3 (70, 80, 3)
# file: dataset/validation_set/a/*.png 3 (70, 80, 3)
# file: dataset/validation_set/b/*.png 3 (70, 80, 3)
import os

import cv2
import numpy as np
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

WIDTH, HEIGHT = 64, 64


def load_data():
    path = os.path.join(os.getcwd(), "dataset", "validation_set")
    data, pred = [], []
    for i, folder in enumerate(sorted(os.listdir(path))):
        for name in os.listdir(os.path.join(path, folder)):
            pic = cv2.imread(os.path.join(path, folder, name))
            pic = cv2.cvtColor(pic, cv2.COLOR_BGR2RGB)
            pic = cv2.resize(pic, (HEIGHT, WIDTH))
            data.append(pic)
            pred.append(i)
    return np.asarray(data), np.asarray(pred)


train_datagen = ImageDataGenerator(rescale=1.0 / 255)
training_set = train_datagen.flow_from_directory("dataset/training_set", target_size=(HEIGHT, WIDTH), batch_size=2, class_mode="sparse")

model = Sequential()
model.add(Conv2D(16, (3, 3), input_shape=(HEIGHT, WIDTH, 3), activation="relu"))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(2, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(training_set, epochs=1)

data, pred = load_data()
print(model.evaluate(data, pred))
