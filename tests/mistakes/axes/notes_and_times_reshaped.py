# expect: reshape-as-transpose @ 23
# reported: round 7
# keras: silent
import numpy as np
from keras.layers import LSTM, Dense, Input, Dropout
from keras.models import Sequential

NUM_NOTES, NUM_TIMESTEPS, NUM_FEATURES, BATCH_SIZE, HIDDEN = 12, 20, 8, 6, 16

time_model = Sequential([Input((NUM_TIMESTEPS, NUM_FEATURES)), LSTM(HIDDEN, return_sequences=True), Dropout(0.5)])
note_model = Sequential([Input((NUM_NOTES, HIDDEN)), LSTM(HIDDEN, return_sequences=True), Dense(2, activation="sigmoid")])


def get_time_model_output(segments):
    batch_size, num_timesteps, num_notes, num_features = segments.shape
    per_note = segments.transpose((0, 2, 1, 3)).reshape((batch_size * num_notes, num_timesteps, num_features))
    output = time_model.predict(per_note, verbose=0)
    return output.reshape((batch_size, num_notes, num_timesteps, HIDDEN)).transpose((0, 2, 1, 3))


def get_note_model_input(time_model_output):
    batch_size, num_timesteps, num_notes, num_hidden = time_model_output.shape
    reshaped = time_model_output.reshape((num_timesteps, batch_size, num_notes, num_hidden))
    return reshaped.transpose((1, 0, 2, 3)).reshape((batch_size * num_timesteps, num_notes, num_hidden))


segments = np.random.rand(BATCH_SIZE, NUM_TIMESTEPS, NUM_NOTES, NUM_FEATURES)
labels = np.random.randint(0, 2, (BATCH_SIZE, NUM_TIMESTEPS, NUM_NOTES, 2))
note_model.compile(loss="binary_crossentropy", optimizer="adadelta")
notes = get_note_model_input(get_time_model_output(segments))
note_model.fit(notes, labels.reshape((-1, NUM_NOTES, 2)), epochs=1, verbose=0)
