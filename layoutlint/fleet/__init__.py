"""Fleets: many models and programs, examined into one row of results each.

A row is a pure function of an input and its configuration, wherever it is worked out: by the pool of this
machine or by a cluster. May import the run, and what is below it.
"""
