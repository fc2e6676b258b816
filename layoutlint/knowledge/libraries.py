"""Libraries whose behaviour is known by name: their own code is never followed."""

KNOWN_BY_NAME = ("keras", "tensorflow", "tf_keras", "numpy", "pandas", "sklearn", "torch", "scipy")
