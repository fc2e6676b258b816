# each round of a loop makes another layer, however many rounds there are
from keras import Input
from keras.layers import LSTM, Dense
from settings import WIDTHS


def recurrent(widths):
    made = []
    for width in widths:
        made.append(LSTM(width))
    return made


short, long = Input((10, 32)), Input((10, 64))
states = [layer(signal) for layer, signal in zip(recurrent(WIDTHS), [short, long])]
others = [LSTM(width) for width in WIDTHS]
first, second = others[0](short), others[1](long)
heads = iter([Dense(width) for width in WIDTHS])
near, far = next(heads)(short), next(heads)(long)

shared = LSTM(16)
one = shared(short)
two = shared(long)  # expect: size-mismatch
