"""WGAN-GP style conditional GAN with functional models in plain functions."""
import math
import keras
from keras import layers

IMG_SHAPE = (28, 28, 1)
noise_dim = 64
NUM_CLASSES = 10


def conv_block(x, filters, activation, kernel_size=(3, 3), strides=(1, 1), padding="same",
               use_bias=True, use_bn=False, use_dropout=False, drop_value=0.5):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding=padding, use_bias=use_bias)(x)
    if use_bn:
        x = layers.BatchNormalization()(x)
    x = activation(x)
    if use_dropout:
        x = layers.Dropout(drop_value)(x)
    return x


def get_discriminator_model():
    img_input = layers.Input(shape=IMG_SHAPE)
    label = layers.Input(shape=(1,), dtype="int32")
    emb = layers.Embedding(NUM_CLASSES, 50)(label)
    emb = layers.Dense(math.prod(IMG_SHAPE))(emb)
    emb = layers.Reshape(IMG_SHAPE)(emb)
    x = layers.Concatenate()([img_input, emb])
    # Zero pad the input to make the input images size to (32, 32, 1).
    x = layers.ZeroPadding2D((2, 2))(x)
    x = conv_block(x, 16, kernel_size=(5, 5), strides=(2, 2), use_bn=False, use_bias=True,
                   activation=layers.LeakyReLU(0.2), use_dropout=False, drop_value=0.3)
    for mult in (2, 4):
        x = conv_block(x, 16 * mult, kernel_size=(5, 5), strides=(2, 2), use_bn=False,
                       activation=layers.LeakyReLU(0.2), use_bias=True, use_dropout=True, drop_value=0.3)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(1)(x)
    return keras.models.Model([img_input, label], x, name="discriminator")


def upsample_block(x, filters, activation, kernel_size=(3, 3), strides=(1, 1), up_size=(2, 2), padding="same",
                   use_bn=False, use_bias=True, use_dropout=False, drop_value=0.3):
    x = layers.UpSampling2D(up_size)(x)
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding=padding, use_bias=use_bias)(x)
    if use_bn:
        x = layers.BatchNormalization()(x)
    if activation:
        x = activation(x)
    if use_dropout:
        x = layers.Dropout(drop_value)(x)
    return x


def get_generator_model():
    noise = layers.Input(shape=(noise_dim,))
    label = layers.Input(shape=(1,))
    li = layers.Embedding(NUM_CLASSES, noise_dim)(label)
    li = layers.Flatten()(li)
    x = layers.multiply([noise, li])
    x = layers.Dense(4 * 4 * 64, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Reshape((4, 4, 64))(x)
    x = upsample_block(x, 32, layers.LeakyReLU(0.2), use_bn=True, use_bias=False)
    x = upsample_block(x, 16, layers.LeakyReLU(0.2), use_bn=True, use_bias=False)
    x = upsample_block(x, 1, layers.Activation("tanh"), use_bias=False, use_bn=True)
    # At this point, we have an output which has the same shape as the input, (32, 32, 1).
    x = layers.Cropping2D((2, 2))(x)
    return keras.models.Model([noise, label], x, name="generator")


class WGAN(keras.Model):
    def __init__(self, discriminator, generator, latent_dim, discriminator_extra_steps=3, gp_weight=10.0):
        super().__init__()
        self.discriminator = discriminator
        self.generator = generator
        self.latent_dim = latent_dim
        self.d_steps = discriminator_extra_steps
        self.gp_weight = gp_weight

    def compile(self, d_optimizer, g_optimizer):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer


d_model = get_discriminator_model()
g_model = get_generator_model()
z, c = keras.Input((noise_dim,)), keras.Input((1,))
critic = d_model([g_model([z, c]), c])
gan = keras.Model([z, c], critic)
wgan = WGAN(d_model, g_model, noise_dim)
