"""Damaged inputs of every kind at random: ``python -m tests.fuzz --count N --seed S``.

Whatever an input, a setting or a cache entry holds, it is read, refused in one line or cut short: no internal
error, no overrun, no more memory than a worker is granted, and the exit code says what happened.
"""
