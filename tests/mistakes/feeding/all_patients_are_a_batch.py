# expect: stateful-batch @ 20
# expect: stateful-batch @ 21
# keras: crash
import numpy as np
import keras
from keras import layers

patients = np.random.rand(75, 48, 17)  # vitals of 48 hours
died = np.random.randint(0, 2, 75)

holdout = patients[50:], died[50:]
patients, died = patients[:50], died[:50]

i = keras.Input(batch_shape=patients.shape)
x = layers.Masking(0.0)(i)
x = layers.GRU(16, stateful=True)(x)
o = layers.Dense(1, activation="sigmoid")(x)
icu = keras.Model(i, o)
icu.compile("adam", "binary_crossentropy", metrics=[keras.metrics.AUC()])
icu.fit(patients, died, epochs=1, batch_size=25)
print(icu.predict(holdout[0], batch_size=25).shape)
