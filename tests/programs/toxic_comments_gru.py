import numpy as np
from keras.models import Model
from keras.layers import Input, Embedding, Dense, Bidirectional, GRU, SpatialDropout1D
from keras.layers import GlobalMaxPooling1D, GlobalAveragePooling1D, concatenate, Conv1D
from keras.utils import pad_sequences

EMBEDDING_FILES = ['crawl', 'glove']
NUM_MODELS = 2
LSTM_UNITS = 16
DENSE_HIDDEN_UNITS = 4 * LSTM_UNITS
MAX_LEN = 22


def build_matrix(word_index, n):
    embedding_matrix = np.zeros((len(word_index) + 1, n))
    return embedding_matrix


def build_model(embedding_matrix, num_aux_targets):
    words = Input(shape=(MAX_LEN,))
    x = Embedding(*embedding_matrix.shape, trainable=False)(words)
    x = SpatialDropout1D(0.3)(x)
    x = Bidirectional(GRU(LSTM_UNITS, return_sequences=True))(x)
    x = Conv1D(8, kernel_size=2, padding="valid", kernel_initializer="he_uniform")(x)

    hidden = concatenate([
        GlobalMaxPooling1D()(x),
        GlobalAveragePooling1D()(x),
    ])
    hidden = Dense(DENSE_HIDDEN_UNITS, activation='relu')(hidden)
    result = Dense(1, activation='sigmoid')(hidden)
    aux_result = Dense(num_aux_targets, activation='sigmoid')(hidden)

    model = Model(inputs=words, outputs=[result, aux_result])
    model.compile(loss='binary_crossentropy', optimizer='adam')
    return model


word_index = {w: i + 1 for i, w in enumerate("the quick brown fox jumps over a lazy dog".split())}
x_train = pad_sequences([[1, 2, 3], [4, 5]], maxlen=MAX_LEN)
y_aux_train = np.zeros((2, 6))
embedding_matrix = np.concatenate([build_matrix(word_index, 30) for f in EMBEDDING_FILES], axis=-1)

checkpoint_predictions = []
for model_idx in range(NUM_MODELS):
    model = build_model(embedding_matrix, y_aux_train.shape[-1])
    for global_epoch in range(4):
        model.fit(x_train, [y_aux_train[:, 0], y_aux_train], batch_size=2, epochs=1, verbose=2)
