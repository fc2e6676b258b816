# expect: size-mismatch @ 24
# keras: crash
import keras
from keras import layers


class ResNetBuilder:
    """A small ResNet for CIFAR-10."""

    def __init__(self, num_classes=10, depth=(2, 2, 2)):
        self.num_classes = num_classes
        self.depth = depth

    def _block(self, x, filters, stride=1):
        shortcut = x
        x = layers.Conv2D(filters, 3, strides=stride, padding='same', use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
        x = layers.Conv2D(filters, 3, padding='same', use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        if stride != 1:
            shortcut = layers.Conv2D(filters // 2, 1, strides=stride, use_bias=False)(shortcut)
            shortcut = layers.BatchNormalization()(shortcut)
        x = layers.Add()([x, shortcut])
        return layers.ReLU()(x)

    def build(self, input_shape=(32, 32, 3)):
        inputs = keras.Input(shape=input_shape)
        x = layers.Conv2D(16, 3, padding='same')(inputs)
        filters = 16
        for stage, n in enumerate(self.depth):
            for i in range(n):
                stride = 2 if stage > 0 and i == 0 else 1
                x = self._block(x, filters, stride)
            filters *= 2
        x = layers.GlobalAveragePooling2D()(x)
        return keras.Model(inputs, layers.Dense(self.num_classes, activation='softmax')(x))


if __name__ == '__main__':
    model = ResNetBuilder().build()
    model.summary()
