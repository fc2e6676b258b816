# expect: softmax-over-one @ 17
# expect: units-unlike-target @ 21
# keras: crash
import keras
from keras.datasets import fashion_mnist
from keras.layers import Dense, Flatten, Input
from keras.models import Model

(train_x, train_y), _ = fashion_mnist.load_data()
train_x = train_x.reshape(-1, 28, 28, 1) / 255.
train_y = keras.utils.to_categorical(train_y)

inp = Input(shape=(28, 28, 1))
x = Flatten()(inp)
x = Dense(128, activation='relu')(x)
x = Dense(64, activation='relu')(x)
out = Dense(1, activation='softmax')(x)

model = Model(inp, out)
model.compile(loss='categorical_crossentropy', optimizer='sgd', metrics=['accuracy'])
model.fit(train_x, train_y, batch_size=64, epochs=1)
