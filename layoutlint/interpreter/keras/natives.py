"""The behaviour of Keras objects, as the registry is given it."""

from layoutlint.interpreter.core.natives import Natives
from layoutlint.interpreter.keras import get_config, keras_layers, keras_models, subclasses
from layoutlint.interpreter.keras.layer_methods import layer_method
from layoutlint.interpreter.keras.model_methods import model_method

NATIVES = Natives(
    call_layer=keras_layers.call_layer,
    layer_attribute=keras_layers.layer_attribute,
    layer_method=layer_method,
    call_model=keras_models.call_model,
    model_attribute=keras_models.model_attribute,
    model_method=model_method,
    is_base=subclasses.is_base,
    make=subclasses.make_native,
    initialize=subclasses.initialize_native,
    call_instance=subclasses.call_instance,
    instance_method=subclasses.instance_method,
    class_attribute=get_config.class_attribute,
)
