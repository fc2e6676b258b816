# expect: fed-structure @ 33
# keras: crash
import numpy as np
from keras.layers import Input, Embedding, LSTM, Dense
from keras.models import Model

n_in, n_out, latent = 20, 15, 16

encoder_inputs = Input(shape=(None,))
_, h, c = LSTM(latent, return_state=True)(Embedding(n_in, latent)(encoder_inputs))
decoder_inputs = Input(shape=(None,))
x = Embedding(n_out, latent)(decoder_inputs)
x = LSTM(latent, return_sequences=True)(x, initial_state=[h, c])
decoder_outputs = Dense(n_out, activation='softmax')(x)
model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer='rmsprop', loss='categorical_crossentropy')


def generate(pairs, batch_size=8, length=6):
    while True:
        for i in range(0, pairs, batch_size):
            source = np.zeros((batch_size, length), dtype='int32')
            shifted = np.zeros((batch_size, length), dtype='int32')
            target = np.zeros((batch_size, length, n_out))
            for j in range(batch_size):
                for t in range(length):
                    source[j, t] = (i + j + t) % n_in
                    shifted[j, t] = (i + j) % n_out
                    target[j, t, (i + t) % n_out] = 1.0
            yield source, shifted, target


model.fit(generate(32), steps_per_epoch=2, epochs=1, verbose=0)
