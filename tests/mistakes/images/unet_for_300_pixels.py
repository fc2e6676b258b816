# expect: skip-connection-size @ 29
# keras: crash
import tensorflow as tf
from tensorflow.keras.layers import *
from tensorflow.keras.models import Model

IMG_HEIGHT = 300
IMG_WIDTH = 300
IMG_CHANNELS = 3


def double_conv(x, n):
    for _ in range(2):
        x = Conv2D(n, (3, 3), activation='elu', kernel_initializer='he_normal', padding='same')(x)
    return x


inputs = Input((IMG_HEIGHT, IMG_WIDTH, IMG_CHANNELS))
s = Lambda(lambda x: x / 255)(inputs)
skips = []
x = s
for n in [16, 32, 64, 128]:
    x = double_conv(x, n)
    skips.append(x)
    x = MaxPooling2D((2, 2))(x)
x = double_conv(x, 256)
for n, skip in zip([128, 64, 32, 16], reversed(skips)):
    x = Conv2DTranspose(n, (2, 2), strides=(2, 2), padding='same')(x)
    x = concatenate([x, skip])
    x = double_conv(x, n)
outputs = Conv2D(1, (1, 1), activation='sigmoid')(x)
model = Model(inputs=[inputs], outputs=[outputs])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
