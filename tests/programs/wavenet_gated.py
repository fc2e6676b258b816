"""WaveNet-like model for raw audio, gated activations and skip connections."""
import argparse

from keras.models import Model
from keras.layers import Input, Conv1D, Activation, Multiply, Add, Lambda, GlobalAveragePooling1D, Dense


def wavenet_block(n_filters, filter_size, dilation_rate):
    def f(x):
        residual = x
        tanh_out = Conv1D(n_filters, filter_size, dilation_rate=dilation_rate,
                          padding='causal', activation='tanh')(x)
        sigm_out = Conv1D(n_filters, filter_size, dilation_rate=dilation_rate,
                          padding='causal', activation='sigmoid')(x)
        merged = Multiply()([tanh_out, sigm_out])
        skip_out = Conv1D(n_filters, 1, activation='relu', padding='same')(merged)
        out = Add()([skip_out, residual])
        return out, skip_out
    return f


def get_args():
    parser = argparse.ArgumentParser(description='train a wavenet')
    parser.add_argument('--frame-size', type=int, default=1024)
    parser.add_argument('--filters', type=int, default=32, help='number of filters')
    parser.add_argument('-k', '--kernel', type=int, default=2)
    parser.add_argument('--stacks', type=int, default=2)
    parser.add_argument('--dilation_depth', type=int, default=5)
    parser.add_argument('--classes', default=256, type=int)
    parser.add_argument('--verbose', action='store_true')
    return parser.parse_args([])


def get_model(args):
    input_ = Input(shape=(args.frame_size, 1), name='audio')
    A = Conv1D(args.filters, args.kernel, padding='causal')(input_)
    skip_connections = []
    for s in range(args.stacks):
        for i in range(args.dilation_depth):
            A, B = wavenet_block(args.filters, args.kernel, 2 ** i)(A)
            skip_connections.append(B)
    net = Add()(skip_connections)
    net = Activation('relu')(net)
    net = Conv1D(args.filters, 1, activation='relu')(net)
    net = Conv1D(args.classes, 1)(net)
    net = GlobalAveragePooling1D()(net)
    net = Activation('softmax')(net)
    model = Model(inputs=input_, outputs=net)
    model.compile(loss='categorical_crossentropy', optimizer='sgd')
    if args.verbose:
        model.summary()
    return model


if __name__ == '__main__':
    args = get_args()
    model = get_model(args)
