from keras import backend as K
from keras.layers import Conv2D, Flatten, Input, MaxPooling2D
from keras.models import Model
from settings import data_format, order


def base(image):
    x = Conv2D(8, (3, 3), padding="same", activation="relu")(image)
    return MaxPooling2D((2, 2))(x)


if K.common.image_dim_ordering() == "th":
    shape = (3, None, None)
else:
    shape = (None, None, 3)
Model(Input(shape), base(Input(shape)))

if order.image_dim_ordering == "th":
    image = Input((3, None, None))
    base(image)
else:
    image = Input((None, None, 3))
    base(image)


def build(wanted):
    if data_format(wanted) == "channels_first":
        return Flatten()(MaxPooling2D()(MaxPooling2D()(base(Input((3, 64, 64))))))
    return Flatten()(base(Input((64, 64, 3))))
