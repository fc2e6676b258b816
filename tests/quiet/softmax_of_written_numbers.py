import numpy as np
from keras import backend as K


def softmax(x):
    return np.exp(x) / np.sum(np.exp(x), axis=0)


def test_loss():
    expected = -np.log(softmax([0.8, 0.1])[0]) - np.log(softmax([0.8, 0.1, 0.1])[1]) + np.log(softmax(3.0))
    powers = np.exp([0.8, 0.1])
    rest = powers / np.sum(np.exp([1.0, 2.0]), axis=0)
    assert K.eval(K.variable(np.array([[1.2], [0.1]]))).sum() < expected + rest.sum()
