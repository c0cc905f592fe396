"""Writes crates/vision/tests/fixtures/small.{onnx,json}: a network with every operator that ours use, and onnxruntime's answers."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn

from halved import halve

OUT = Path(__file__).parents[2] / "crates/vision/tests/fixtures"


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 6, 3, 2, 1)
        self.deep = nn.Conv2d(6, 6, 5, 1, 2, groups=6)
        self.down = nn.Conv2d(6, 6, 3, 2, 1, groups=6)
        self.mix = nn.Conv2d(6, 6, 1)
        self.judge = nn.Linear(6, 7)
        self.judge_peak = nn.Linear(6, 7)

    def forward(self, x):
        x = torch.relu(self.stem(x))
        x = x + self.deep(x)
        y = torch.relu(torch.relu(x) + nn.functional.interpolate(self.mix(self.down(x)), scale_factor=2.0, mode="nearest"))
        judged = self.judge(y.mean(dim=(2, 3))) + self.judge_peak(y.amax(dim=(2, 3)))
        return y[:, :2], y[:, 2:], judged[:, :3], judged[:, 3:]


def main():
    torch.manual_seed(7)
    OUT.mkdir(parents=True, exist_ok=True)
    path = str(OUT / "small.onnx")
    torch.onnx.export(Small().eval(), torch.zeros(1, 1, 32, 32), path, opset_version=13, input_names=["x"], dynamo=False)
    halve(path)
    numbers = (np.arange(1024, dtype=np.float32) / 1024).reshape(1, 1, 32, 32)
    answers = onnxruntime.InferenceSession(path).run(None, {"x": numbers})
    (OUT / "small.json").write_text(json.dumps([[round(float(v), 6) for v in answer.flatten()] for answer in answers]))


if __name__ == "__main__":
    main()
