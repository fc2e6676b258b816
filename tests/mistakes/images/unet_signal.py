# expect: skip-connection-size @ 10
# keras: crash
import keras
from keras import layers as L

ecg = keras.Input((250, 2))
c1 = L.Conv1D(8, 9, padding="same")(ecg)
c2 = L.Conv1D(16, 9, padding="same")(L.MaxPooling1D(2)(c1))
c3 = L.Conv1D(32, 9, padding="same")(L.MaxPooling1D(2)(c2))
u2 = L.concatenate([L.UpSampling1D(2)(c3), c2])
