from random import randint
from keras.optimizers import Adam
from keras.initializers import RandomNormal
from keras.models import Model
from keras.layers import (Input, Conv2D, Conv2DTranspose, LeakyReLU, Activation, Concatenate, Dropout,
                          BatchNormalization)


# define the discriminator model
def define_discriminator(image_shape):
	# weight initialization
	init = RandomNormal(stddev=0.02)
	in_src_image = Input(shape=image_shape)
	in_target_image = Input(shape=image_shape)
	merged = Concatenate()([in_src_image, in_target_image])
	d = Conv2D(8, (4,4), strides=(2,2), padding='same', kernel_initializer=init)(merged)
	d = LeakyReLU(0.2)(d)
	for n in (16, 32, 64):
		d = Conv2D(n, (4,4), strides=(2,2), padding='same', kernel_initializer=init)(d)
		d = BatchNormalization()(d)
		d = LeakyReLU(0.2)(d)
	# patch output
	d = Conv2D(1, (4,4), padding='same', kernel_initializer=init)(d)
	patch_out = Activation('sigmoid')(d)
	model = Model([in_src_image, in_target_image], patch_out)
	model.compile(loss='binary_crossentropy', optimizer=Adam(learning_rate=0.0002, beta_1=0.5), loss_weights=[0.5])
	return model


def define_encoder_block(layer_in, n_filters, batchnorm=True):
	g = Conv2D(n_filters, (4,4), strides=(2,2), padding='same')(layer_in)
	if batchnorm:
		g = BatchNormalization()(g, training=True)
	g = LeakyReLU(0.2)(g)
	return g


def decoder_block(layer_in, skip_in, n_filters, dropout=True):
	g = Conv2DTranspose(n_filters, (4,4), strides=(2,2), padding='same')(layer_in)
	g = BatchNormalization()(g, training=True)
	if dropout:
		g = Dropout(0.5)(g, training=True)
	g = Concatenate()([g, skip_in])
	g = Activation('relu')(g)
	return g


def define_generator(image_shape=(64,64,3)):
	in_image = Input(shape=image_shape)
	e1 = define_encoder_block(in_image, 8, batchnorm=False)
	e2 = define_encoder_block(e1, 16)
	e3 = define_encoder_block(e2, 32)
	e4 = define_encoder_block(e3, 64)
	b = Conv2D(64, (4,4), strides=(2,2), padding='same')(e4)
	b = Activation('relu')(b)
	d1 = decoder_block(b, e4, 64)
	d2 = decoder_block(d1, e3, 32)
	d3 = decoder_block(d2, e2, 16, dropout=False)
	d4 = decoder_block(d3, e1, 8, dropout=False)
	g = Conv2DTranspose(3, (4,4), strides=(2,2), padding='same')(d4)
	out_image = Activation('tanh')(g)
	return Model(in_image, out_image)


# combined generator and discriminator
def define_gan(g_model, d_model, image_shape):
	for layer in d_model.layers:
		if not isinstance(layer, BatchNormalization):
			layer.trainable = False
	in_src = Input(shape=image_shape)
	gen_out = g_model(in_src)
	dis_out = d_model([in_src, gen_out])
	model = Model(in_src, [dis_out, gen_out])
	model.compile(loss=['binary_crossentropy', 'mae'], optimizer=Adam(learning_rate=0.0002, beta_1=0.5), loss_weights=[1,100])
	return model


image_shape = (64, 96, 3)
d_model = define_discriminator(image_shape)
g_model = define_generator(image_shape)
gan_model = define_gan(g_model, d_model, image_shape)
n_patch = d_model.output_shape[1]
