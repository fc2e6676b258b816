# expect: concatenate-axis @ 7
# keras: crash
from keras.layers import Concatenate, Conv2D, Input

x = Input((28, 28, 3))
towers = [Conv2D(n, k, padding="same")(x) for n, k in ((8, 1), (16, 3), (4, 5))]
out = Concatenate(axis=1)(towers)
