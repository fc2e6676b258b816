# coding: utf-8
# # Digit recognizer
# In[1]:
import numpy as np
import os
import warnings
warnings.filterwarnings('ignore')

# In[2]:
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import *
from tensorflow.keras.callbacks import ReduceLROnPlateau

# In[3]:
rng = np.random.default_rng(2)
train = rng.integers(0, 255, size=(200, 785))
test = rng.integers(0, 255, size=(50, 784))
Y_train = train[:, 0] % 10
X_train = train[:, 1:]
del train

# In[4]: normalize + reshape
X_train = X_train / 255.0
test = test / 255.0
X_train = X_train.reshape(-1, 28, 28, 1)
test = test.reshape(-1, 28, 28, 1)
Y_train = tf.keras.utils.to_categorical(Y_train, num_classes=10)

# In[5]: split by hand
idx = np.random.permutation(len(X_train))
n_val = int(0.1 * len(idx))
X_val, Y_val = X_train[idx[:n_val]], Y_train[idx[:n_val]]
X_train, Y_train = X_train[idx[n_val:]], Y_train[idx[n_val:]]
print(X_train.shape, X_val.shape)

# In[6]:
model = Sequential()
model.add(Conv2D(filters=32, kernel_size=(5, 5), padding='Same'.lower(),
                 activation='relu', input_shape=X_train.shape[1:]))
model.add(Conv2D(filters=32, kernel_size=(5, 5), padding='same', activation='relu'))
model.add(MaxPool2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(Conv2D(filters=64, kernel_size=(3, 3), padding='same', activation='relu'))
model.add(Conv2D(filters=64, kernel_size=(3, 3), padding='same', activation='relu'))
model.add(MaxPool2D(pool_size=(2, 2), strides=(2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(256, activation="relu"))
model.add(Dropout(0.5))
model.add(Dense(Y_train.shape[1], activation="softmax"))

# In[7]:
learning_rate_reduction = ReduceLROnPlateau(monitor='val_acc', patience=3, verbose=1, factor=0.5, min_lr=0.00001)
epochs = 1
batch_size = 86
history = model.fit(X_train, Y_train, epochs=epochs, validation_data=(X_val, Y_val), callbacks=[learning_rate_reduction])

# In[8]: ensembles
nets = 3
models = [0] * nets
for j in range(nets):
    models[j] = Sequential()
    models[j].add(Conv2D(32 + 8 * j, kernel_size=3, activation='relu', input_shape=(28, 28, 1)))
    models[j].add(BatchNormalization())
    models[j].add(Conv2D(32, kernel_size=5, strides=2, padding='same', activation='relu'))
    models[j].add(Flatten())
    models[j].add(Dense(10, activation='softmax'))
results = model.predict(test)
results = np.argmax(results, axis=1)
