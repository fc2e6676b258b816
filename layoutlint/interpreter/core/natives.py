"""What Keras's own layers and models do when a program uses them, for the rooms that do not know Keras."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import ClassValue, Instance, LayerValue, ModelValue, Native, Value


class Natives(Struct, frozen=True):
    """The behaviour of Keras objects; the room ``keras`` provides it.

    ``is_base`` says whether a qualified name is a Keras class that a program's class can descend from.
    ``make`` gives an object of such a class its Keras side, ``initialize`` does what the Keras class's own
    ``__init__`` does. ``instance_method`` gets the class that the search for the method starts behind, if it
    was called through ``super()``.
    """

    call_layer: Callable[[Site, LayerValue, Arguments], Value]
    layer_attribute: Callable[[Site, LayerValue, str], Value]
    layer_method: Callable[[Site, LayerValue, str, Arguments], Value]
    call_model: Callable[[Site, ModelValue, Arguments], Value]
    model_attribute: Callable[[Site, ModelValue, str], Value]
    model_method: Callable[[Site, ModelValue, str, Arguments], Value]
    is_base: Callable[[str], bool]
    make: Callable[[Site, Instance, Arguments], None]
    initialize: Callable[[Site, Instance, Arguments], None]
    call_instance: Callable[[Site, Instance, Arguments], Value]
    instance_method: Callable[[Site, Instance, ClassValue | None, str, Arguments], Value]
    class_attribute: Callable[[ClassValue, str], Native | None]
