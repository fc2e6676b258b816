# expect: result-passed-over @ 8
# keras: silent
import keras
from keras import layers

image = keras.Input((16, 16, 8))
gate = layers.GlobalAveragePooling2D(keepdims=True)(image)
gate = layers.Dense(8, activation="sigmoid")(image)
model = keras.Model(image, layers.Multiply()([image, gate]))
