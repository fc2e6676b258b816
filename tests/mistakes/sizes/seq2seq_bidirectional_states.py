# expect: size-mismatch @ 23
# keras: crash
from keras.layers import Input, LSTM, Bidirectional, Embedding, Dense
from keras.models import Model

latent_dim = 256
num_encoder_tokens = 71
num_decoder_tokens = 93

# encoder
encoder_inputs = Input(shape=(None,))
enc_emb = Embedding(num_encoder_tokens, latent_dim, mask_zero=True)(encoder_inputs)
encoder = Bidirectional(LSTM(latent_dim, return_state=True), merge_mode='concat')
encoder_outputs, fh, fc, bh, bc = encoder(enc_emb)
from keras.layers import Concatenate
state_h = Concatenate()([fh, bh])
state_c = Concatenate()([fc, bc])
encoder_states = [state_h, state_c]

# decoder
decoder_inputs = Input(shape=(None,))
dec_emb = Embedding(num_decoder_tokens, latent_dim, mask_zero=True)(decoder_inputs)
decoder_lstm = LSTM(latent_dim, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(dec_emb, initial_state=encoder_states)
decoder_dense = Dense(num_decoder_tokens, activation='softmax')
decoder_outputs = decoder_dense(decoder_outputs)

model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer='rmsprop', loss='sparse_categorical_crossentropy')
import numpy as np
model.fit([np.ones((8, 12)), np.ones((8, 9))], np.ones((8, 9)), verbose=0)
