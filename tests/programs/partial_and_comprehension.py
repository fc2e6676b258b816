from functools import partial, reduce

import keras
from keras.layers import Conv1D, Dense, MaxPooling1D, GlobalMaxPooling1D, Concatenate, Embedding, Dropout, Input

DefaultConv1D = partial(Conv1D, kernel_size=3, activation="relu", padding="SAME".lower())
FILTER_SIZES = [2, 3, 5]


def compose(*funcs):
    """Compose functions left to right."""
    if funcs:
        return reduce(lambda f, g: lambda *a, **kw: g(f(*a, **kw)), funcs)
    raise ValueError('Composition of empty sequence not supported.')


def text_cnn(maxlen=40, vocab=500, dim=16, n_filters=12, n_classes=3):
    inp = Input((maxlen,))
    emb = Embedding(vocab, dim)(inp)
    branches = [GlobalMaxPooling1D()(Conv1D(n_filters, k, activation="relu")(emb)) for k in FILTER_SIZES]
    pooled = [MaxPooling1D(maxlen - k + 1)(Conv1D(n_filters, k)(emb)) for k in FILTER_SIZES]
    x = Concatenate()(branches)
    y = Concatenate(axis=1)(pooled)
    y = keras.layers.Flatten()(y)
    x = Concatenate()([x, y])
    x = compose(Dropout(0.5), Dense(20, activation="relu"), Dense(n_classes))(x)
    return keras.Model(inp, x)


deep = keras.Sequential(
    [Input((64, 4)), DefaultConv1D(filters=16, kernel_size=7)]
    + [DefaultConv1D(filters=f) for f in (16, 16, 32)]
    + [layer for f in (32, 64) for layer in (DefaultConv1D(f, strides=2), Dropout(0.1))]
    + [GlobalMaxPooling1D(), Dense(2)]
)
model = text_cnn()
