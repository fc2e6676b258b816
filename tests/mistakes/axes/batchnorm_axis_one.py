# expect: normalization-axis @ 8
# keras: silent
from tensorflow.keras.layers import Activation, BatchNormalization, Conv2D, Input
from tensorflow.keras.models import Model

def conv_block(x, filters):
    x = Conv2D(filters, (3, 3), padding="same")(x)
    x = BatchNormalization(axis=1)(x)
    return Activation("relu")(x)

img = Input(shape=(32, 48, 3))
net = conv_block(img, 8)
net = conv_block(net, 16)
model = Model(img, net)
