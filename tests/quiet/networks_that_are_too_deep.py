# a search says which networks are too deep, and leaves them
import keras
from keras.layers import Conv1D, MaxPooling1D
from keras.models import Sequential


def widest(kernel):
    model = Sequential([keras.Input((20, 1))])
    try:
        model.add(Conv1D(32, kernel))
        model.add(Conv1D(32, kernel))
    except ValueError:
        print("too wide:", kernel)
        return None
    return model


def searched(kernel, depth):
    model = Sequential()
    model.add(Conv1D(32, kernel, input_shape=(9000, 1)))
    model.add(MaxPooling1D(2))
    for number in range(2, depth + 1):
        try:
            if number == depth:
                model.add(Conv1D(32, kernel))
                break
            model.add(Conv1D(32, kernel))
            model.add(MaxPooling1D(2))
        except ValueError:
            print("too deep:", [kernel, depth, number])
            return False
    return model


widest(12)
searched(7, 11)
