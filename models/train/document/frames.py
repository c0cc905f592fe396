"""Labelled frames from the generator, in a memory from which batches are drawn.

A record of `specimen frames` is 32 numbers (crates/specimen/src/scene: what each one is), the luma of the frame and the share of each
cell that shows the document.
"""

from dataclasses import dataclass

import numpy as np
import torch

from net import CELL, SIDE
from stream import Memory, Stream

RECORD = np.dtype(
    [
        ("label", "<f4", 32),
        ("luma", "u1", (SIDE, SIDE)),
        ("surface", "u1", (SIDE // CELL, SIDE // CELL)),
    ]
)


def stream(generator, seed, count, backgrounds=None, threads=1):
    return Stream(generator, ["frames", "--size", str(SIDE)], RECORD, seed, count, backgrounds, threads)


@dataclass
class Batch:
    luma: torch.Tensor  # [N, 1, S, S], as the network takes it
    surface: torch.Tensor  # [N, S/4, S/4], 0 to 1
    quad: torch.Tensor  # [N, 4, 2], shares of the frame
    kind: torch.Tensor  # [N], class number
    inside: torch.Tensor  # [N, 4], 0 or 1


class Frames(Memory):
    def draw(self, count, side=SIDE):
        return augmented(batch(super().draw(count), side), self.random)


def batch(records, side=SIDE):
    """The network's input and what it should say, at `side` pixels (a divisor of SIDE)."""
    luma = torch.from_numpy(records["luma"].astype(np.float32))[:, None] / 255 - 0.5
    surface = torch.from_numpy(records["surface"].astype(np.float32))[:, None] / 255
    if side != SIDE:
        luma = torch.nn.functional.avg_pool2d(luma, SIDE // side)
        surface = torch.nn.functional.avg_pool2d(surface, SIDE // side)
    label = torch.from_numpy(records["label"].copy())
    return Batch(luma, surface[:, 0], label[:, 1:9].reshape(-1, 4, 2), label[:, 0].long(), label[:, 9:13])


def augmented(batch, random):
    """Turned by quarters now and then, in other light, with other noise: what costs the generator time is used more than once."""
    count = len(batch.luma)
    for index in range(count):
        quarters = int(random.integers(1, 4)) if random.random() < 0.3 else 0
        if quarters:
            batch.luma[index] = torch.rot90(batch.luma[index], quarters, (1, 2))
            batch.surface[index] = torch.rot90(batch.surface[index], quarters, (0, 1))
            for _ in range(quarters):
                # torch turns anticlockwise: (x, y) comes to lie at (y, 1 - x).
                x, y = batch.quad[index].unbind(-1)
                batch.quad[index] = torch.stack([y, 1 - x], -1)
    contrast = torch.from_numpy(random.uniform(0.6, 1.3, (count, 1, 1, 1)).astype(np.float32))
    brightness = torch.from_numpy(random.uniform(-0.15, 0.15, (count, 1, 1, 1)).astype(np.float32))
    grain = torch.from_numpy(random.uniform(0, 0.02, (count, 1, 1, 1)).astype(np.float32))
    noise = torch.from_numpy(random.standard_normal(batch.luma.shape, dtype=np.float32))
    batch.luma = (batch.luma * contrast + brightness + grain * noise).clamp(-0.5, 0.5)
    return batch
