# expect: unequal-sample-counts @ 32
# expect: unequal-sample-counts @ 33
# keras: crash
import numpy as np
from keras.models import Sequential, Model
from keras.layers import Input, Dense, Reshape, Flatten, LeakyReLU

latent_dim = 100
img_shape = (28, 28, 1)


def build_generator():
    model = Sequential([Input((latent_dim,)), Dense(256), LeakyReLU(0.2), Dense(784, activation='tanh'), Reshape(img_shape)])
    return model


def build_discriminator():
    model = Sequential([Input(img_shape), Flatten(), Dense(256), LeakyReLU(0.2), Dense(1, activation='sigmoid')])
    model.compile(loss='binary_crossentropy', optimizer='adam')
    return model


def train(X_train, epochs=1, batch_size=32):
    half_batch = int(batch_size / 2)
    discriminator = build_discriminator()
    generator = build_generator()
    for epoch in range(epochs):
        idx = np.random.randint(0, X_train.shape[0], half_batch)
        imgs = X_train[idx]
        noise = np.random.normal(0, 1, (half_batch, latent_dim))
        gen_imgs = generator.predict(noise, verbose=0)
        d_loss_real = discriminator.train_on_batch(imgs, np.ones((batch_size, 1)))
        d_loss_fake = discriminator.train_on_batch(gen_imgs, np.zeros((batch_size, 1)))


train(np.random.rand(200, 28, 28, 1))
