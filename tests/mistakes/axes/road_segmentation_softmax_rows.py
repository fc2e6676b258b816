# expect: softmax-over-positions @ 23
# keras: silent
import keras
from keras import layers

N_CLASSES = 4
IMG = (64, 96)


def conv(x, n):
    x = layers.Conv2D(n, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation("relu")(x)


def fcn():
    img = keras.Input(IMG + (3,))
    e1 = conv(img, 16)
    e2 = conv(layers.MaxPooling2D()(e1), 32)
    d1 = conv(layers.UpSampling2D()(e2), 16)
    x = layers.Concatenate()([e1, d1])
    logits = layers.Conv2D(N_CLASSES, 1)(x)
    probs = layers.Softmax(axis=1)(logits)
    return keras.Model(img, probs)


fcn().compile("adam", "sparse_categorical_crossentropy")
