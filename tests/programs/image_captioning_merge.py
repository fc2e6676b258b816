from numpy import zeros
from keras.models import Model
from keras.layers import Input, Dense, LSTM, Embedding, Dropout, add, concatenate, RepeatVector, TimeDistributed

descriptions = {
    'img1': ['startseq dog runs on grass endseq', 'startseq a dog endseq'],
    'img2': ['startseq two people walk endseq'],
}


def to_lines(descriptions):
    all_desc = list()
    for key in descriptions.keys():
        [all_desc.append(d) for d in descriptions[key]]
    return all_desc


def max_len(descriptions):
    lines = to_lines(descriptions)
    return max(len(d.split()) for d in lines)


words = sorted(set(' '.join(to_lines(descriptions)).split()))
wordtoix = {w: i + 1 for i, w in enumerate(words)}
vocab_size = len(wordtoix) + 1
max_length = max_len(descriptions)
embedding_dim = 20
embedding_matrix = zeros((vocab_size, embedding_dim))
for word, i in wordtoix.items():
    embedding_matrix[i] = i

# feature extractor model
inputs1 = Input(shape=(64,))
fe1 = Dropout(0.5)(inputs1)
fe2 = Dense(32, activation='relu')(fe1)
# sequence model
inputs2 = Input(shape=(max_length,))
se1 = Embedding(vocab_size, embedding_dim, mask_zero=True)(inputs2)
se2 = Dropout(0.5)(se1)
se3 = LSTM(32)(se2)
# decoder model
decoder1 = add([fe2, se3])
decoder2 = Dense(32, activation='relu')(decoder1)
outputs = Dense(vocab_size, activation='softmax')(decoder2)
model = Model(inputs=[inputs1, inputs2], outputs=outputs)

# second variant: image repeated at each step
img = RepeatVector(max_length)(fe2)
lang = TimeDistributed(Dense(32))(se2)
both = concatenate([img, lang], axis=-1)
x = LSTM(16, return_sequences=False)(both)
variant = Model([inputs1, inputs2], Dense(vocab_size)(x))
