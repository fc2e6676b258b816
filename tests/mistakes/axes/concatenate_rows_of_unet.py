# expect: concatenate-axis @ 10
# keras: silent
from keras.layers import Conv2D, Input, MaxPooling2D, UpSampling2D, concatenate
from keras.models import Model

inputs = Input((32, 32, 1))
conv1 = Conv2D(8, (3, 3), activation="relu", padding="same")(inputs)
pool1 = MaxPooling2D(pool_size=(2, 2))(conv1)
conv2 = Conv2D(8, (3, 3), activation="relu", padding="same")(pool1)
up1 = concatenate([UpSampling2D(size=(2, 2))(conv2), conv1], axis=1)
conv3 = Conv2D(8, (3, 3), activation="relu", padding="same")(up1)
model = Model(inputs, conv3)
