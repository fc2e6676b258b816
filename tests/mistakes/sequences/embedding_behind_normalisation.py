# expect: floats-into-embedding @ 9
# keras: silent
import numpy as np
import keras

x_in = keras.layers.Input(shape=(30,))
y = keras.layers.BatchNormalization()(x_in)
y = keras.layers.Dropout(0.3)(y)
y = keras.layers.Embedding(input_dim=500, output_dim=8)(y)
y = keras.layers.GlobalAveragePooling1D()(y)
model = keras.Model(x_in, keras.layers.Dense(1)(y))
model.predict(np.ones((2, 30)), verbose=0)
