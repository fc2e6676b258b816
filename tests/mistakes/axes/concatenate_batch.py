# expect: works-along-batch @ 7
# keras: silent
from tensorflow.keras import Model
from tensorflow.keras.layers import Concatenate, Dense, Input

left, right = Input((4,)), Input((4,))
merged = Concatenate(axis=0)([Dense(8)(left), Dense(8)(right)])
model = Model([left, right], Dense(1)(merged))
