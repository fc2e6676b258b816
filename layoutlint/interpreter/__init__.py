"""The abstract interpreter: evaluates the source of a program without running it, to learn its layers'
shapes.

``program`` evaluates one file into a graph; ``evaluator`` gives every statement and expression its meaning
over ``values``; ``memory`` undoes and joins what the sides of an unknown branch did; ``calls`` enters
functions and classes; ``builtins`` knows Python, ``keras_api`` what Keras exports (``keras_inputs``,
``keras_layers``, ``keras_models`` and ``keras_classes`` what is done with it), ``feeding`` what models are
given, ``data`` the libraries that make arrays. Nothing here knows of rules.
"""
