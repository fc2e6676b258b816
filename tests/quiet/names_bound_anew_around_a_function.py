# a function in a function that nothing calls is not judged with what a name around it holds at the end
import numpy as np
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Input, Lambda


def trained(kind="squares"):
    seen = Input((16,))
    code = Dense(4)(seen)

    def by_projection():
        line = K.dot(code, K.random_normal((4, 1)))
        return K.mean(K.square(K.reshape(line, (64,))))

    further = by_projection if kind == "projection" else None
    shown = Dense(16)(code)
    model = keras.Model(seen, shown)
    model.add_loss(K.mean(K.square(code)) if further is None else further())
    model.compile("adam", "mse")
    encoder = keras.Model(seen, code)
    for _ in range(3):
        rows = np.random.rand(3000, 16)
        model.fit(rows, rows, batch_size=64)
        code = encoder.predict(rows)
    return code


trained()
