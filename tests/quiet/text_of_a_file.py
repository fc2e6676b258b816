"""What is read from a file is a text that nobody knows, and no wrong argument."""

from keras import Sequential, layers

model = Sequential([layers.Input((28, 28, 1)), layers.Conv2D(32, 3, padding=open("padding.txt").read())])
