# expect: softmax-over-one @ 20
# reported: round 6
# keras: silent
import numpy as np
from tensorflow.keras import Model
from tensorflow.keras.layers import LSTM, Activation, Add, Dense, Dot, Embedding, Flatten, Input, RepeatVector, TimeDistributed

opts = dict(xmaxlen=20, ymaxlen=15, vocab=500, emb=50, lstm_units=32)


def build_model(opts, L=20, k=64):
    premise = Input((opts["xmaxlen"],), dtype="int32")
    hypothesis = Input((opts["ymaxlen"],), dtype="int32")
    embed = Embedding(opts["vocab"], opts["emb"])
    Y = LSTM(k, return_sequences=True)(embed(premise))
    h_n = LSTM(k)(embed(hypothesis))
    WY = TimeDistributed(Dense(k))(Y)
    Wh = RepeatVector(L)(Dense(k)(h_n))
    M = Activation("tanh")(Add()([WY, Wh]))
    alpha = TimeDistributed(Dense(1, activation="softmax"))(M)
    alpha = Flatten()(alpha)
    r = Dot(axes=(1, 1))([Y, alpha])
    h_star = Activation("tanh")(Add()([Dense(k)(r), Dense(k)(h_n)]))
    model = Model([premise, hypothesis], Dense(3, activation="softmax")(h_star))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


model = build_model(opts, L=opts["xmaxlen"])
X = np.random.randint(1, opts["vocab"], (64, opts["xmaxlen"]))
Y = np.random.randint(1, opts["vocab"], (64, opts["ymaxlen"]))
Z = np.eye(3)[np.random.randint(0, 3, 64)]
model.fit([X, Y], Z, batch_size=16, epochs=1)
