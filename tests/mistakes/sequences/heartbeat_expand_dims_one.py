# expect: conv-single-step @ 19
# keras: crash
# file: mitbih.npz signals=(60, 187) labels=(60,)<5
# %%
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Conv1D, MaxPooling1D, Flatten, Dense, Input
from tensorflow.keras.models import Model
# %%
data = np.load("mitbih.npz")
X = data["signals"]
y = data["labels"]
X = X.reshape(len(X), 1, 187)
print(X.shape, y.shape)
# %%
def network(X_train, n_classes):
    im_shape = (X_train.shape[1], X_train.shape[2])
    inputs_cnn = Input(shape=im_shape, name='inputs_cnn')
    conv1 = Conv1D(64, 6, activation='relu')(inputs_cnn)
    pool1 = MaxPooling1D(pool_size=3, strides=2, padding="same")(conv1)
    conv2 = Conv1D(64, 3, activation='relu')(pool1)
    flatten = Flatten()(conv2)
    dense_end1 = Dense(64, activation='relu')(flatten)
    main_output = Dense(n_classes, activation='softmax', name='main_output')(dense_end1)
    model = Model(inputs=inputs_cnn, outputs=main_output)
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    return model
# %%
model = network(X, 5)
model.fit(X, y, epochs=1, batch_size=32)
