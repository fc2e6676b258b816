"""Bounds on what values may hold."""

MAX_ITEMS = 4096
"""The most items of a range or a text that are told apart, and of a list that a loop fills."""

MAX_TEXT = 10_000
"""The most characters of a text, or items of a list, that a computation makes."""

MAX_PARTS = 100_000
"""The most parts of a nested value, each counted as often as it stands there, that Python computes with."""

MAX_NESTING = 200
"""The most containers inside of each other that are walked through."""

MAX_KEY = 256
"""The most parts of a key: a tuple is hashed anew whenever it is looked up."""

MAX_BITS = 512
"""The most binary digits of a whole number; a larger one is not known."""

MAX_SIZE = 2**63 - 1
"""The largest size of an axis."""

MAX_PATH = 2000
"""The most characters in the path of an attribute; what is written longer is like no other value."""

MAX_BOUND = 2**62
"""The bounds of a range are smaller: Python cannot say the length of a longer one."""

MAX_ANCESTORS = 512
"""The most classes that a class descends from, for all of them to be known."""

MAX_FILLED = 64
"""The most lists and dicts of which a program fills one or another, each on its own."""
