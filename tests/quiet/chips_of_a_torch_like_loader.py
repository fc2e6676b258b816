"""A port of our PyTorch trainer: same Dataset and collate, Keras model."""
import glob
import random

import cv2
import keras
import numpy as np


class ChipDataset:
    def __init__(self, paths, labels, transform=None):
        self.paths, self.labels, self.transform = paths, labels, transform

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, idx):
        image = cv2.cvtColor(cv2.imread(self.paths[idx]), cv2.COLOR_BGR2RGB)
        image = cv2.resize(image, (64, 64)).astype(np.float32)
        if self.transform:
            image = self.transform(image)
        return image, self.labels[idx]


def to_tensor(image):
    return np.ascontiguousarray(image) / 255.0


def loader(dataset, batch_size, shuffle=True):
    order = list(range(len(dataset)))
    if shuffle:
        random.shuffle(order)
    for start in range(0, len(order), batch_size):
        images, labels = zip(*(dataset[i] for i in order[start:start + batch_size]))
        yield np.stack(images), np.array(labels)


def network(num_classes=2):
    return keras.Sequential([
        keras.layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
        keras.layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(num_classes, activation="softmax"),
    ])


paths = sorted(glob.glob("chips/*.png"))
train_set = ChipDataset(paths, [i % 2 for i in range(len(paths))], transform=to_tensor)
net = network()
net.compile(keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy")
for epoch in range(2):
    for images, labels in loader(train_set, 2):
        loss = net.train_on_batch(images, labels)
    print(epoch, loss)
