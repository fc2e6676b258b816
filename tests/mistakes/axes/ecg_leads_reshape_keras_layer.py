# expect: reshape-as-transpose @ 9
# keras: silent
from keras import Input, Model
from keras.layers import Reshape, Conv1D, MaxPooling1D, Flatten, Dense

N_LEADS, N_SAMPLES = 12, 500

ecg = Input(shape=(N_LEADS, N_SAMPLES), name="ecg")
x = Reshape((N_SAMPLES, N_LEADS))(ecg)
x = Conv1D(32, 9, activation="relu")(x)
x = MaxPooling1D(4)(x)
x = Conv1D(64, 9, activation="relu")(x)
x = MaxPooling1D(4)(x)
x = Flatten()(x)
model = Model(ecg, Dense(5, activation="sigmoid")(x))
model.compile("adam", "binary_crossentropy")
