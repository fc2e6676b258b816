"""A GAN whose training step is its own, with builders as static methods and labels as conditions."""
import tensorflow as tf
import keras
from keras import layers


class ConditionalGAN(keras.Model):
    latent_dim = 64

    def __init__(self, image_shape=(28, 28, 1), num_classes=10, **kwargs):
        super().__init__(**kwargs)
        self.image_shape = image_shape
        self.num_classes = num_classes
        self.generator = self.build_generator(self.latent_dim, num_classes, image_shape)
        self.discriminator = self.build_discriminator(image_shape, num_classes)

    @staticmethod
    def build_generator(latent_dim, num_classes, image_shape):
        height, width, channels = image_shape
        noise = layers.Input((latent_dim,))
        label = layers.Input((1,), dtype="int32")
        embedded = layers.Flatten()(layers.Embedding(num_classes, latent_dim)(label))
        x = layers.multiply([noise, embedded])
        x = layers.Dense(height // 4 * (width // 4) * 32)(x)
        x = layers.Reshape((height // 4, width // 4, 32))(x)
        for filters in (32, 16):
            x = layers.Conv2DTranspose(filters, 4, strides=2, padding="same")(x)
            x = layers.LeakyReLU(0.2)(x)
        return keras.Model([noise, label], layers.Conv2D(channels, 3, padding="same", activation="tanh")(x))

    @classmethod
    def build_discriminator(cls, image_shape, num_classes):
        model = keras.Sequential(name="discriminator")
        for index, filters in enumerate([16, 32, 64]):
            extra = {"input_shape": image_shape} if index == 0 else {}
            model.add(layers.Conv2D(filters, 3, strides=2, padding="same", **extra))
            model.add(layers.LeakyReLU(0.2))
            model.add(layers.Dropout(0.3))
        model.add(layers.Flatten())
        image = layers.Input(image_shape)
        features = model(image)
        return keras.Model(image, [layers.Dense(1)(features), layers.Dense(num_classes)(features)])

    def compile(self, d_optimizer, g_optimizer, **kwargs):
        super().compile(**kwargs)
        self.d_optimizer, self.g_optimizer = d_optimizer, g_optimizer

    def call(self, inputs):
        return self.discriminator(self.generator(inputs))

    def train_step(self, data):
        images, labels = data
        batch = tf.shape(images)[0]
        noise = tf.random.normal((batch, self.latent_dim))
        with tf.GradientTape() as tape:
            fake = self.generator([noise, labels], training=True)
            validity, classes = self.discriminator(tf.concat([images, fake], axis=0))
            loss = self.compute_loss(y=labels, y_pred=classes)
        gradients = tape.gradient(loss, self.discriminator.trainable_variables)
        self.d_optimizer.apply_gradients(zip(gradients, self.discriminator.trainable_variables))
        return {"loss": loss}


gan = ConditionalGAN()
gan.compile(keras.optimizers.Adam(2e-4), g_optimizer=keras.optimizers.Adam(1e-4))
(x_train, y_train), _ = (tf.zeros((600, 28, 28, 1)), tf.zeros((600, 1), tf.int32)), None
gan.fit(tf.data.Dataset.from_tensor_slices((x_train, y_train)).batch(60), epochs=1)
validity, classes = gan([keras.Input((64,)), keras.Input((1,), dtype="int32")])
wide = ConditionalGAN((32, 48, 3), num_classes=4)
picture = wide.generator([tf.random.normal((5, wide.latent_dim)), tf.zeros((5, 1), tf.int32)])
