"""Labelled frames from the generator, in a memory from which batches are drawn.

A record of `specimen frames` is 32 numbers (crates/specimen/src/scene: what each one is), the luma of the frame and the share of each
cell that shows the document.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

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
        return augmented(batch(super().draw(count)), side, self.random)


def batch(records, side=SIDE):
    """The network's input and what it should say, at `side` pixels (a divisor of SIDE)."""
    luma = torch.from_numpy(records["luma"].astype(np.float32))[:, None] / 255 - 0.5
    surface = torch.from_numpy(records["surface"].astype(np.float32))[:, None] / 255
    if side != SIDE:
        luma = torch.nn.functional.avg_pool2d(luma, SIDE // side)
        surface = torch.nn.functional.avg_pool2d(surface, SIDE // side)
    label = torch.from_numpy(records["label"].copy())
    return Batch(luma, surface[:, 0], label[:, 1:9].reshape(-1, 4, 2), label[:, 0].long(), label[:, 9:13])


def augmented(batch, side, random):
    """Seen from nearer, turned and slanted, in other light, with other noise: what costs the generator time is used more than once."""
    views = torch.stack([view(quad, int(kind), random) for quad, kind in zip(batch.quad, batch.kind, strict=True)])
    batch.luma = seen(batch.luma, views, side)
    batch.surface = seen(batch.surface[:, None], views, side // CELL)[:, 0]
    batch.quad = moved(batch.quad, views)
    batch.inside = batch.inside * in_frame(batch.quad)
    shape = (len(batch.luma), 1, 1, 1)
    bend = torch.from_numpy(np.exp(random.normal(0, 0.25, shape)).astype(np.float32))
    contrast = torch.from_numpy(random.uniform(0.6, 1.3, shape).astype(np.float32))
    brightness = torch.from_numpy(random.uniform(-0.15, 0.15, shape).astype(np.float32))
    grain = torch.from_numpy(random.uniform(0, 0.02, shape).astype(np.float32))
    noise = torch.from_numpy(random.standard_normal(batch.luma.shape, dtype=np.float32))
    bent = (batch.luma + 0.5).clamp_min(0) ** bend - 0.5
    batch.luma = (bent * contrast + brightness + grain * noise).clamp(-0.5, 0.5)
    return batch


def view(quad, kind, random):
    """Part of a frame, as an affine map [2, 3] from what is seen to the frame, both from -1 to 1; it never leaves the frame, and mostly
    keeps three of the document's corners."""
    quarter = random.integers(4) * np.pi / 2 if random.random() < 0.3 else 0.0
    whole = turn(quarter)
    chosen = random.random()
    if chosen < 0.25:
        return matrix(whole, np.zeros(2))
    if chosen < 0.6:
        return closer(quad, kind, random, whole)
    # Most people lay a document straight; a sheet on a table may lie as it fell.
    angle = random.normal(0, 0.12) if random.random() < 0.7 else random.uniform(-np.pi / 4, np.pi / 4)
    slant = random.normal(0, 0.1)
    map = turn(angle) @ np.array([[np.exp(random.normal(0, 0.08)), slant], [0, 1]]) @ whole
    if kind == 0 and random.random() < 0.5:
        map[:, 0] *= -1
    map *= np.exp(random.uniform(-0.6, 0)) / np.abs(map).sum(1).max()
    part = matrix(map, random.uniform(-1, 1, 2) * (1 - np.abs(map).sum(1)))
    kept = in_frame(moved(quad[None], part[None])).sum()
    return part if kind == 0 or kept >= min(3, in_frame(quad).sum()) else matrix(whole, np.zeros(2))


def closer(quad, kind, random, whole):
    """What the engine sees when it looks again: the document with a little around it; without one, any part."""
    if kind == 0:
        half, middle = np.exp(random.uniform(-1.3, 0)), random.uniform(-1, 1, 2)
    else:
        shown = (quad.numpy() * 2 - 1).clip(-1, 1)
        low, high = shown.min(0), shown.max(0)
        half = max(*(high - low), 0.3) / 2 * random.uniform(1.05, 1.8)
        middle = (low + high) / 2 + random.normal(0, 0.1, 2) * half
    half = min(half, 1)
    return matrix(half * whole, np.clip(middle, half - 1, 1 - half))


def turn(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def matrix(map, middle):
    return torch.from_numpy(np.concatenate([map, middle[:, None]], 1).astype(np.float32))


def seen(pictures, views, side):
    """The parts of the pictures, [N, 1, side, side]; pixels that are left out count in those beside them."""
    grid = F.affine_grid(views, (len(views), 1, side, side), align_corners=False)
    softer = F.avg_pool2d(F.pad(pictures, (0, 1, 0, 1), mode="replicate"), 2, 1) if pictures.shape[-1] > side else pictures
    if softer is not pictures:
        grid = grid - 1 / pictures.shape[-1]
    return F.grid_sample(softer, grid, padding_mode="border", align_corners=False)


def moved(quads, views):
    """Corners [N, 4, 2] in shares of the frame, as shares of what is seen."""
    back = torch.linalg.inv(views[:, :, :2])
    return (torch.einsum("nij,nkj->nki", back, quads * 2 - 1 - views[:, None, :, 2]) + 1) / 2


def in_frame(quad):
    return ((quad >= 0) & (quad <= 1)).all(-1)
