"""Programs that stop in Keras, of the kinds that people ask about in public, and what becomes of them.

``first`` was collected before the fixes for it were written, ``second`` afterwards: it was fixed once before
anything was mended. ``python -m tests.fixes.crashes`` prints the figures of both; real Keras is the judge.
"""
