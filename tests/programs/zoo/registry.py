class Zoo:
    """Classes by name; a class registers itself with a decorator."""

    _classes = {}

    @classmethod
    def register(cls, key, /, **defaults):
        def decorate(builder):
            cls._classes[key] = (builder, defaults)
            return builder

        return decorate

    @classmethod
    def create(cls, key, /, *args, **kwargs):
        if key not in cls._classes:
            raise KeyError(f"{key} is not in the zoo: {sorted(cls._classes)}")
        builder, defaults = cls._classes[key]
        return builder(*args, **{**defaults, **kwargs})

    @classmethod
    def names(cls):
        return sorted(cls._classes)
