"""Writes models/mrz/finder.onnx, reader.onnx, print.onnx and their card: python export.py --finder RUN --reader RUN --print RUN."""

import argparse
import hashlib
import json
import re
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from net import NONE, STRIP, Finder, Reader
from train import TASKS, TEST_SEED, TEST_SEEDS, Stream

from averaged import average  # noqa: E402
from halved import halve  # noqa: E402
from shipped import begin, runs, toml  # noqa: E402

HEAD = """\
# Written by models/train/mrz/export.py.
licence = "Apache-2.0"
never_seen = "photographs of real documents"
backgrounds = "CC0 textures and rooms, and procedural ones"
"""

PART = """
[{name}]
file = "{name}.onnx"
sha256 = "{digest}"
bytes = {bytes}
parameters = {parameters}
input = "{input}"
output = "{output}"
generator = "crates/specimen, `specimen {command}`"
recipe = "models/train/mrz/train.py {name}"
runs = {runs}
# Of {test} seeds of the generator from {test_seed}. What the engine reads in photographs, {measured}.
metrics = {metrics}
"""

MEASURED = {"print": "crates/specimen/tests/print.rs measures"}

MEANING = {
    "finder": (
        Finder,
        (1, 1, 256, 256),
        "luma [1, 1, H, W], H and W multiples of 32: luminance / 255 - 0.5",
        "line [1, 1, H/4, W/4]: logit that a cell shows a line of a zone",
    ),
    "reader": (
        Reader,
        (1, 1, *STRIP),
        f"strip [1, 1, {STRIP[0]}, {STRIP[1]}]: a line cut out as crates/vision/src/mrz/strip.rs does it",
        f"signs [1, {NONE + 1}, 4, {STRIP[1] // 8}]: logits of A-Z, 0-9, <, or none, at every eighth pixel; the mean of the rows counts",
    ),
    "print": (
        Reader,
        (1, 1, *STRIP),
        f"strip [1, 1, {STRIP[0]}, {STRIP[1]}]: a strip across a document, cut out as crates/vision/src/print.rs does it",
        f"signs [1, {NONE + 1}, 4, {STRIP[1] // 8}]: as the reader's; small letters as capitals, without marks; other signs as <",
    ),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--finder", type=Path, help="folder of a run; without it the network stays as it is")
    parser.add_argument("--reader", type=Path, help="the same")
    parser.add_argument("--print", type=Path, help="the same")
    parser.add_argument("--share", type=float, default=1.0, help="of the runs; the rest is of the networks they began with")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[2] / "mrz")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / "card.toml"
    kept = dict(re.findall(r"^(?=\[(\w+)\]\n)(.*?)(?=^\[|\Z)", file.read_text(), re.M | re.S)) if file.exists() else {}
    runs = {name: getattr(options, name) for name in MEANING}
    card = HEAD + "".join(part(name, run, options) if run else f"\n{kept[name].strip()}\n" for name, run in runs.items())
    file.write_text(card)
    print(card)


def part(name, run, options):
    """Writes one network; its part of the card."""
    kind, shape, takes, gives = MEANING[name]
    state = torch.load(run / "checkpoint.pt", map_location="cpu")
    recipe = json.loads((run / "options.json").read_text())
    net = kind()
    net.load_state_dict(state["calm"])
    net.eval()
    start = (run / "start.onnx").read_bytes() if options.share < 1 else None
    model = options.out / f"{name}.onnx"
    example = torch.randn(shape)
    names = {"input_names": ["luma" if kind is Finder else "strip"], "output_names": ["line" if kind is Finder else "signs"]}
    torch.onnx.export(net, example, str(model), opset_version=13, dynamo=False, **names)
    task = TASKS[name]
    stream = Stream(recipe["generator"], task.command, task.record, TEST_SEED, TEST_SEEDS, recipe["backgrounds"], 1, task.per_seed)
    test = stream.read(TEST_SEEDS)
    if start:
        average(model, start, options.share)
        begin(net, model, task.taken(test[:256]))
        net.eval()
    halve(model)
    session = onnxruntime.InferenceSession(str(model))
    with torch.no_grad():
        told = session.run(None, {names["input_names"][0]: example.numpy()})[0]
        np.testing.assert_allclose(told, net(example).numpy(), rtol=1e-2, atol=2e-2)
    metrics = task.scores(net, test)
    data = model.read_bytes()
    return PART.format(
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        parameters=sum(weights.numel() for weights in net.parameters()),
        input=takes,
        output=gives,
        command=" ".join(task.command),
        runs=toml(runs(recipe, state, options.share)),
        measured=MEASURED.get(name, "`cargo xtask bench mrz` measures"),
        test=TEST_SEEDS,
        test_seed=TEST_SEED,
        metrics=toml({key: round(value, 4) for key, value in metrics.items()}),
    )


if __name__ == "__main__":
    main()
