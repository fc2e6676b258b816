# Keras 1 in Theano's order: only a network of keras.applications reads the image
from keras.applications.vgg16 import VGG16
from keras.layers import Dense, Flatten, Input
from keras.models import Model
from keras.preprocessing.image import ImageDataGenerator

image = Input(shape=(3, 256, 256))
network = VGG16(include_top=False, weights=None)
model = Model(input=image, output=Dense(4, activation="softmax")(Flatten()(network(image))))
model.compile("adam", "categorical_crossentropy")
images = ImageDataGenerator().flow_from_directory("fish", target_size=(256, 256), class_mode="categorical")
model.fit_generator(images, samples_per_epoch=1000, nb_epoch=10)
for batch, labels in images:
    model.predict_on_batch(batch)
