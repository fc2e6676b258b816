# expect: fed-channel-count @ 25
# keras: crash
# file: train/a/*.png 4 (48, 64, 3)
# file: train/b/*.png 4 (48, 64, 3)
from tensorflow.keras.preprocessing import image_dataset_from_directory
from tensorflow.keras import layers, models

train_ds = image_dataset_from_directory(
    'train',
    label_mode='binary',
    color_mode='grayscale',
    image_size=(180, 180),
    batch_size=4)

model = models.Sequential([
    layers.Input(shape=(180, 180, 3)),
    layers.Rescaling(1. / 255),
    layers.Conv2D(16, 3, activation='relu'),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation='relu'),
    layers.GlobalMaxPooling2D(),
    layers.Dense(1, activation='sigmoid'),
])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(train_ds, epochs=1)
