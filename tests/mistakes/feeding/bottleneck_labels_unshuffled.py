# expect: shuffled-predictions @ 27
# reported: round 7
# keras: silent
# file: data/train/a/*.png 2 (70, 80, 3)
# file: data/train/b/*.png 2 (70, 80, 3)
import numpy as np
from tensorflow.keras.applications import MobileNet
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras.utils import to_categorical

img_width, img_height = 64, 64
train_data_dir = "data/train"
batch_size = 2
seed = 7

datagen = ImageDataGenerator(rescale=1. / 255)
base = MobileNet(include_top=False, weights=None, input_shape=(img_height, img_width, 3))
generator = datagen.flow_from_directory(
    train_data_dir,
    target_size=(img_height, img_width),
    batch_size=batch_size,
    class_mode=None,
    shuffle=True,
    seed=seed)
bottleneck_features_train = base.predict(generator, steps=len(generator))
bottleneck_labels_train = to_categorical(generator.classes)

top = Sequential()
top.add(Flatten(input_shape=bottleneck_features_train.shape[1:]))
top.add(Dense(64, activation="relu"))
top.add(Dense(bottleneck_labels_train.shape[1], activation="softmax"))
top.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
top.fit(bottleneck_features_train, bottleneck_labels_train, epochs=1, batch_size=2)
