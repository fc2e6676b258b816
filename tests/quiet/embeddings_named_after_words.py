import keras
from keras import layers


def tagger(vocab_size, char_count, word_dim=100, char_dim=25, vocab_dim=50, tag_vec=10):
    words = keras.Input((None,), dtype="int32")
    characters = keras.Input((None, 30), dtype="int32")
    x = layers.Embedding(vocab_size + 1, word_dim)(words)
    n_symbols = vocab_size + 1
    v = layers.Embedding(n_symbols, vocab_dim)(words)
    w = layers.Embedding(n_symbols + 2, output_dim=word_dim)(words)
    t = layers.Embedding(input_dim=char_count + 2, output_dim=tag_vec)(words)
    c = layers.TimeDistributed(layers.Embedding(char_count, char_dim))(characters)
    return keras.Model([words, characters], [layers.Concatenate()([x, v, w, t]), c])


tagger(500, 80)
