"""Writes models/document/model.onnx and its card from a run: python export.py --run FOLDER [--out models/document]."""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from evaluate import scores
from frames import batch, stream
from net import CELL, CLASSES, SIDE, DocumentNet
from train import TEST_FRAMES, TEST_SEED

from averaged import average  # noqa: E402
from halved import halve  # noqa: E402
from shipped import begin, runs, toml  # noqa: E402

OUTPUTS = ["corners", "surface", "kind", "inside"]

CARD = """\
# Written by models/train/document/export.py.
file = "model.onnx"
sha256 = "{digest}"
bytes = {bytes}
parameters = {parameters}
licence = "Apache-2.0"

[input]
name = "luma"
shape = [1, 1, {side}, {side}]
meaning = "luminance / 255 - 0.5 of the whole camera frame, of a window of it squeezed to a square, or of a quad seen square-on"

[outputs]
corners = "[1, 4, {cells}, {cells}] logits of a distribution over cells for each corner, in document order"
surface = "[1, 1, {cells}, {cells}] logit that a cell shows the document"
kind = "[1, {kinds}] logits of {classes}"
inside = "[1, 4] logit that a corner is in the picture and not covered"

[data]
generator = "crates/specimen, `specimen frames`"
backgrounds = "{backgrounds}"
never_seen = "photographs of real documents"

[training]
recipe = "models/train/document/train.py"
runs = {runs}

# Of {test} frames of the generator, seeds from {test_seed}; before edges are refined. What the engine scores, by condition and on
# photographs, `cargo xtask bench engine` measures.
[metrics]
{metrics}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[2] / "document")
    parser.add_argument("--side", type=int, default=SIDE, help="of the input; the network takes any multiple of 32")
    parser.add_argument("--share", type=float, default=1.0, help="of the run; the rest is of the network it began with")
    options = parser.parse_args()
    state = torch.load(options.run / "checkpoint.pt", map_location="cpu")
    recipe = json.loads((options.run / "options.json").read_text())
    net = DocumentNet()
    net.load_state_dict(state["calm"])
    net.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    model = options.out / "model.onnx"
    frames = stream(recipe["generator"], TEST_SEED, TEST_FRAMES, recipe["backgrounds"]).read(TEST_FRAMES)
    test = batch(frames, options.side)
    write(net, model, options.side)
    if options.share < 1:
        # The network that the run began with, as deep as this one: what it had new came from the same chance.
        torch.manual_seed(recipe["seed"])
        start = DocumentNet()
        begin(start, options.run / "start.onnx", test.luma[:256])
        write(start.eval(), options.run / "began.onnx", options.side)
        average(model, (options.run / "began.onnx").read_bytes(), options.share)
        begin(net, model, test.luma[:256])
        net.eval()
    halve(model)
    agrees(net, model, test.luma[:4])
    data = model.read_bytes()
    metrics = "\n".join(f"{name.replace(' ', '_').replace('.', '_')} = {value}" for name, value in scores(net, test).items())
    card = CARD.format(
        digest=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        parameters=sum(weights.numel() for weights in net.parameters()),
        side=options.side,
        cells=options.side // CELL,
        kinds=len(CLASSES),
        classes=", ".join(CLASSES),
        backgrounds="CC0 textures and rooms, and procedural ones" if recipe["backgrounds"] else "procedural",
        runs=toml(runs(recipe, state, options.share)),
        test=TEST_FRAMES,
        test_seed=TEST_SEED,
        metrics=metrics,
    )
    (options.out / "card.toml").write_text(card)
    print(card)


def write(net, path, side):
    example = torch.zeros(1, 1, side, side)
    torch.onnx.export(net, example, str(path), opset_version=13, input_names=["luma"], output_names=OUTPUTS, dynamo=False)


def agrees(net, model, luma):
    """The file answers as the network does: half precision moves its logits by hundredths."""
    session = onnxruntime.InferenceSession(str(model))
    for index in range(len(luma)):
        with torch.no_grad():
            expected = net(luma[index : index + 1])
        told = session.run(None, {"luma": luma[index : index + 1].numpy()})
        for ours, theirs in zip(expected, told, strict=True):
            off = np.abs(theirs - ours.numpy())
            np.testing.assert_array_less([off.mean(), off.max()], [0.05, 0.5])


if __name__ == "__main__":
    main()
