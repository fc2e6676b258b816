# expect: skip-connection-size @ 8
# keras: crash
from keras.layers import Add, Conv2D, Input, MaxPooling2D, UpSampling2D

image = Input((75, 75, 1))
a = Conv2D(8, 3, padding="same")(image)
b = Conv2D(8, 3, padding="same")(MaxPooling2D()(a))
out = Add()([UpSampling2D()(b), a])
