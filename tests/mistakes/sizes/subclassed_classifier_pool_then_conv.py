# expect: axes-lost-before-layer @ 14
# keras: silent
import tensorflow as tf
from tensorflow.keras import layers, Model


class SmallNet(Model):
    def __init__(self, n_classes=5):
        super().__init__()
        self.conv1 = layers.Conv2D(32, 3, padding='same', activation='relu')
        self.conv2 = layers.Conv2D(64, 3, padding='same', activation='relu')
        self.gap = layers.GlobalAveragePooling2D()
        self.drop = layers.Dropout(0.4)
        self.reduce = layers.Conv2D(32, 1, activation='relu')
        self.fc = layers.Dense(n_classes, activation='softmax')

    def call(self, x, training=False):
        x = self.conv1(x)
        x = self.conv2(x)
        x = self.gap(x)
        x = self.drop(x, training=training)
        x = self.reduce(x)
        return self.fc(x)


net = SmallNet()
net.build((None, 64, 64, 3))
net.summary()
