# expect: softmax-over-positions @ 13
# keras: silent
import keras
from keras import layers

keras.config.set_image_data_format("channels_first")
ORGANS = 3

scan = keras.Input((1, 8, 16, 16))
x = layers.Conv3D(4, 3, padding="same", activation="relu")(scan)
x = layers.BatchNormalization(axis=1)(x)
logits = layers.Conv3D(ORGANS, 1)(x)
organs = layers.Activation("softmax")(logits)
model = keras.Model(scan, organs)
