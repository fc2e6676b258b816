#!/usr/bin/env python
import click
import keras
from keras import layers


def residual(x, filters, stride, activation):
    shortcut = x
    x = layers.Conv1D(filters, 7, strides=stride, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation(activation)(x)
    x = layers.Conv1D(filters, 7, padding="same")(x)
    if stride != 1 or shortcut.shape[-1] != filters:
        shortcut = layers.Conv1D(filters, 1, strides=stride)(shortcut)
    return layers.add([x, shortcut])


@click.command()
@click.option("--length", default=512, show_default=True, help="samples per window")
@click.option("--leads", type=int, default=12)
@click.option("--width", default=16)
@click.option("--blocks", default=3)
@click.option("--activation", type=click.Choice(["relu", "elu"]), default="relu")
@click.option("--bidirectional/--no-bidirectional", default=True)
def main(length, leads, width, blocks, activation, bidirectional):
    ecg = layers.Input((length, leads), name="ecg")
    x = layers.Conv1D(width, 15, strides=2, padding="same")(ecg)
    for b in range(blocks):
        x = residual(x, width * (b + 1), 2 if b else 1, activation)
    rnn = layers.LSTM(width)
    if bidirectional:
        rnn = layers.Bidirectional(rnn)
    x = rnn(x)
    out = layers.Dense(5, activation="softmax")(x)
    keras.Model(ecg, out).summary()


if __name__ == "__main__":
    main(standalone_mode=False, args=[])
