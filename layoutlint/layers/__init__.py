"""What each Keras layer does to a shape and how it reads its input.

One family a module, each a table ``LAYERS`` of :class:`~layoutlint.layers.spec.LayerSpec`; what differs
between the layers of a family is data in the table. Layers know shapes and nothing of formats, graphs or
rules.
"""
