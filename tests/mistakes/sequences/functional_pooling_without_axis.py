# expect: missing-features-axis @ 8
# keras: crash
from keras.layers import Input, Dropout, GlobalAveragePooling1D, Dense
from keras.models import Model

a = Input(shape=(256,))
b = Dropout(0.1)(a)
b = GlobalAveragePooling1D()(b)
m = Model(a, Dense(1)(b))
