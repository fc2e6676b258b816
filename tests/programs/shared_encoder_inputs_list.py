# Multi-view CNN: one tower, n views, view pooling
import functools
import keras
from keras.layers import *
from keras.models import Model, Sequential

N_VIEWS = 4
view_names = [f'view_{i}' for i in range(N_VIEWS)]


def tower(shape):
    m = Sequential(name='tower')
    m.add(InputLayer(shape=shape))
    for k, n in enumerate((8, 16)):
        m.add(Conv2D(n, 3, padding='same', activation='relu'))
        m.add(MaxPool2D(3 - k))
    m.add(GlobalAvgPool2D())
    return m


views = [Input((36, 36, 3), name=n) for n in view_names]
shared = tower((36, 36, 3))
feats = list(map(shared, views))

view_pool = Maximum()(feats)
view_cat = concatenate(feats)
view_sum = functools.reduce(lambda a, b: a + b, feats)
pairs = [Dot(1, normalize=True)([a, b]) for i, a in enumerate(feats) for b in feats[i + 1:]]
sims = Concatenate()(pairs)
stacked = Lambda(lambda ts: keras.ops.stack(ts, axis=1), output_shape=(N_VIEWS, 16))(feats)
attended = GlobalAveragePooling1D()(MultiHeadAttention(2, 8)(stacked, stacked))

merged = Concatenate()([view_pool, view_cat, view_sum, sims, attended])
h = functools.reduce(lambda t, layer: layer(t), [Dense(32), BatchNormalization(), PReLU(), Dropout(.3)], merged)
model = Model(views, Dense(6, activation='softmax')(h))

# shared dense over a dict of text fields
emb = Embedding(100, 12)
enc = Bidirectional(LSTM(6))
fields = {'title': 8, 'body': 40, 'tags': None}
ins = {k: Input((n,), name=k, dtype='int32') for k, n in fields.items()}
vecs = {k: enc(emb(v)) for k, v in ins.items()}
gates = {k: Dense(12, activation='sigmoid', name='gate_' + k)(v) for k, v in vecs.items()}
mixed = Add()([Multiply()([vecs[k], gates[k]]) for k in sorted(fields)])
text_model = Model(ins, Dense(1)(mixed))

compose = lambda *fs: functools.reduce(lambda f, g: lambda x: g(f(x)), fs)
cbl = lambda n: compose(Conv2D(n, 3, strides=2, use_bias=False), BatchNormalization(), LeakyReLU(0.1))
img = Input((65, 65, 3))
darknet = compose(cbl(8), cbl(16), cbl(32), Flatten(), Dense(4))(img)
