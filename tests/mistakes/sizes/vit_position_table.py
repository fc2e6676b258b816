# expect: size-mismatch @ 33
# keras: crash
import keras
from keras import layers, ops

image_size = 72
patch_size = 6
num_patches = (224 // 16) ** 2
projection_dim = 64


class Patches(layers.Layer):
    def __init__(self, patch_size):
        super().__init__()
        self.patch_size = patch_size

    def call(self, images):
        shape = ops.shape(images)
        patches = ops.image.extract_patches(images, size=self.patch_size)
        return ops.reshape(patches, (shape[0], (image_size // self.patch_size) ** 2, self.patch_size ** 2 * 3))


class PatchEncoder(layers.Layer):
    def __init__(self, num_patches, projection_dim):
        super().__init__()
        self.num_patches = num_patches
        self.projection = layers.Dense(units=projection_dim)
        self.position_embedding = layers.Embedding(input_dim=num_patches, output_dim=projection_dim)

    def call(self, patch):
        positions = ops.expand_dims(ops.arange(start=0, stop=self.num_patches, step=1), axis=0)
        projected_patches = self.projection(patch)
        return projected_patches + self.position_embedding(positions)


inputs = keras.Input(shape=(image_size, image_size, 3))
patches = Patches(patch_size)(inputs)
encoded = PatchEncoder(num_patches, projection_dim)(patches)
for _ in range(2):
    x1 = layers.LayerNormalization(epsilon=1e-6)(encoded)
    att = layers.MultiHeadAttention(num_heads=4, key_dim=projection_dim)(x1, x1)
    encoded = layers.Add()([att, encoded])
model = keras.Model(inputs, layers.GlobalAveragePooling1D()(encoded))
