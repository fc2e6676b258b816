# a dictionary of settings whose keys are read as attributes: what they hold is not known, and no method is
from keras.layers import Conv1D, Dense, Dropout, Embedding, Input, Reshape
from keras.models import Model


def tagger(settings, names):
    words = Input((settings.longest,))
    x = Embedding(settings.vocabulary, settings.width)(words)
    for _ in range(2):
        x = Conv1D(settings.filters, getattr(settings, "window", 3), padding="same")(x)
        x = Dropout(settings.dropout)(x)
    x = Reshape((settings.longest, settings.filters))(x)
    return Model(words, Dense(names.size, activation="softmax")(x))


plan = {"longest": 60, "vocabulary": 9000, "width": 48, "filters": 64, "window": 5, "dropout": 0.2}
tagger(plan, ["person", "place", "other"])
