"""Weights in half precision: half the bytes to load; a Cast before each use makes them whole again."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def halve(path):
    """Rewrites an ONNX file."""
    model = onnx.load(path)
    graph = model.graph
    casts = []
    for weights in graph.initializer:
        if weights.data_type != TensorProto.FLOAT:
            continue
        name = weights.name
        half = numpy_helper.from_array(numpy_helper.to_array(weights).astype(np.float16), f"{name}.half")
        weights.CopyFrom(half)
        casts.append(helper.make_node("Cast", [half.name], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)
