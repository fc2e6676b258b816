# Keras 1 takes (top, bottom, left, right), and a dict of the sides
from keras.layers import Convolution2D, Input, MaxPooling2D, ZeroPadding1D, ZeroPadding2D
from keras.models import Model

image = Input((3, 224, 224))
x = Convolution2D(96, 7, 7, subsample=(2, 2), dim_ordering="th")(image)
x = ZeroPadding2D((0, 2, 0, 2), dim_ordering="th")(x)
x = MaxPooling2D((3, 3), strides=(3, 3), dim_ordering="th")(x)
x = ZeroPadding2D(padding=(1, 0, 1, 0), dim_ordering="th")(x)
x = ZeroPadding2D(padding={"top_pad": 1, "left_pad": 1}, dim_ordering="th")(x)
Model(input=[image], output=[x])
signal = Input((100, 4))
y = ZeroPadding1D((2, 5))(ZeroPadding1D({"right_pad": 3})(signal))
Model(input=[signal], output=[y])
z = ZeroPadding2D((1, 2, 3), dim_ordering="th")(image)  # expect: refused-call
