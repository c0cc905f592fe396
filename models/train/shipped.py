"""A network as it ships: taken apart again so that its training goes on, and what its card says of earlier runs.

An export joins each normalisation with the convolution before it, and drops the statistics: they are taken anew, from an example.
"""

import tomllib

import onnx
import torch
from onnx import numpy_helper
from torch import nn


@torch.no_grad()
def begin(net, path, example):
    """Gives `net` the weights of an ONNX file that was exported from its like, or from one with fewer blocks at the end of its stages: the
    blocks that it has more let pass what comes in. `example` is a batch as the net takes it."""
    graph = onnx.load(path).graph
    weights = {one.name.removesuffix(".half"): torch.tensor(numpy_helper.to_array(one)).float() for one in graph.initializer}
    nodes = [[weights[name] for name in node.input[1:]] for node in graph.node if node.op_type in ("Conv", "Gemm")]
    modules = list(net.modules())
    norm_of = {layer: norm for layer, norm in zip(modules, modules[1:]) if isinstance(norm, nn.BatchNorm2d)}
    known = []
    for layer in [module for module in modules if isinstance(module, nn.Conv2d | nn.Linear)]:
        norm = norm_of.get(layer, layer)
        if nodes and nodes[0][0].shape == layer.weight.shape:
            weight, bias = nodes.pop(0)
            layer.weight.copy_(weight)
            norm.bias.copy_(bias)
            known.append(norm)
        elif getattr(layer, "groups", 1) == 1:
            norm.weight.zero_()
            norm.bias.zero_()
    if nodes:
        raise ValueError(f"{path}: nothing here takes its weights of the shape {tuple(nodes[0][0].shape)}")
    known = [norm for norm in known if isinstance(norm, nn.BatchNorm2d)]
    for norm in known:
        passes_through(norm)
    taken = [norm.register_forward_hook(keep_statistics) for norm in known]
    net.eval()(example)
    for hook in taken:
        hook.remove()
    net.train()


def passes_through(norm):
    """Adds its bias and nothing else."""
    norm.running_mean.zero_()
    norm.running_var.fill_(1 - norm.eps)
    norm.weight.fill_(1)


def keep_statistics(norm, inputs, _):
    """Normalises by what comes in, and undoes it: the same function, and the same again when a batch is its own measure."""
    variance, mean = torch.var_mean(inputs[0], (0, 2, 3), correction=0)
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_((variance + norm.eps).sqrt())
    norm.bias.add_(mean)


def earlier_runs(path):
    """The runs that made a network, from the card beside it; none without a network."""
    if path is None:
        return []
    card = tomllib.loads((path.parent / "card.toml").read_text())
    return (card.get(path.stem) or card["training"])["runs"]


def runs(recipe, state, share):
    """The earlier runs and this one, as a card lists them: steps taken of those planned, seeds drawn, options, and how much of it counts
    beside what it began with."""
    options = {name: recipe[name] for name in ("small_steps", "batch", "uses", "memory", "rate", "seed") if name in recipe}
    options |= {"share": share} if share < 1 else {}
    return [*recipe["earlier"], {"steps": state["step"], "planned": recipe["steps"], "seeds": state["seen"]} | options]


def toml(value):
    """Lists and tables of numbers, in line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + "".join(f"  {toml(one)},\n" for one in value) + "]"
    return str(value)
