# expect: size-mismatch @ 21
# keras: crash
import numpy as np
import keras
from keras.layers import Input, Dense, Lambda
from keras.models import Model
from keras import ops

# two views of each patient: 64 blood values, 128 gene expressions
view_a = np.random.rand(32, 64)
view_b = np.random.rand(32, 128)
same = np.random.randint(0, 2, size=(32,))

in_a = Input(shape=(64,))
in_b = Input(shape=(128,))

hidden = Dense(50, activation='relu')
embed = Dense(16)

a = embed(hidden(in_a))
b = embed(hidden(in_b))

dist = Lambda(lambda t: ops.sqrt(ops.sum(ops.square(t[0] - t[1]), axis=1, keepdims=True)))([a, b])
model = Model([in_a, in_b], Dense(1, activation='sigmoid')(dist))
model.compile('adam', 'binary_crossentropy')
model.fit([view_a, view_b], same, epochs=1, verbose=0)
