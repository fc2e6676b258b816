# expect: missing-return-sequences @ 14
# keras: crash
from keras.models import Model
from keras.layers import Input, Embedding, Dropout, Bidirectional, LSTM, TimeDistributed, Dense

n_words = 3500
n_tags = 17
max_len = 75

inp = Input(shape=(max_len,))
model = Embedding(input_dim=n_words, output_dim=50)(inp)
model = Dropout(0.1)(model)
model = Bidirectional(LSTM(units=100, recurrent_dropout=0.1))(model)
out = TimeDistributed(Dense(n_tags, activation="softmax"))(model)

model = Model(inp, out)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
