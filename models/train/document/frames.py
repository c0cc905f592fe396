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


# Corners of what is seen, and the least area (of 4) of a document that is looked at square-on.
CORNERS = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
LEAST_AREA = 0.12


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
    """Part of a frame, as a homography [3, 3] from what is seen to the frame, both from -1 to 1; unless it is straightened it never leaves
    the frame, and mostly keeps three of the document's corners."""
    quarter = random.integers(4) * np.pi / 2 if random.random() < 0.3 else 0.0
    whole = turn(quarter)
    chosen = random.random()
    if chosen < 0.2:
        return matrix(whole, np.zeros(2))
    if chosen < 0.4:
        return closer(quad, kind, random, whole)
    if chosen < 0.75:
        return straightened(quad, kind, random, whole)
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


def straightened(quad, kind, random, whole):
    """What the engine sees at last: the document square-on, as far as it knows by then where it lies; without one, whatever it took for one."""
    if kind == 0:
        half = np.exp(random.uniform(-1.4, -0.1, 2))
        angle = random.normal(0, 0.15) if random.random() < 0.7 else random.uniform(-np.pi / 4, np.pi / 4)
        corners = (CORNERS * half) @ turn(angle).T + random.uniform(-1, 1, 2) * (1 - half)
        off = 0.12
    elif not in_frame(quad).all():
        return closer(quad, kind, random, whole)
    else:
        corners = quad.numpy() * 2 - 1
        off = np.exp(random.uniform(np.log(0.005), np.log(0.08)))
    corners = corners + random.normal(0, off, (4, 2)) * np.sqrt(max(area(corners), 0))
    if area(corners) < LEAST_AREA or not convex(corners):
        return closer(quad, kind, random, whole)
    straight = homography(CORNERS * (1 - 2 * random.uniform(0.08, 0.22)), corners)
    # So steep that what lies around it is beyond the horizon.
    if (CORNERS @ straight[2, :2] + 1).min() < 0.05:
        return closer(quad, kind, random, whole)
    return torch.from_numpy(straight @ homogeneous(whole, np.zeros(2))).float()


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


def homogeneous(map, middle):
    return np.concatenate([np.concatenate([map, middle[:, None]], 1), [[0, 0, 1]]])


def matrix(map, middle):
    return torch.from_numpy(homogeneous(map, middle)).float()


def homography(here, there):
    """From four places to four others, [3, 3]."""
    (x, y), (u, v) = here.T, there.T
    one, none = np.ones(4), np.zeros(4)
    rows = np.concatenate(
        [np.stack([x, y, one, none, none, none, -u * x, -u * y], 1), np.stack([none, none, none, x, y, one, -v * x, -v * y], 1)]
    )
    return np.append(np.linalg.solve(rows, np.concatenate([u, v])), 1).reshape(3, 3)


def area(quad):
    after = np.roll(quad, -1, 0)
    return (quad[:, 0] * after[:, 1] - quad[:, 1] * after[:, 0]).sum() / 2


def convex(quad):
    side = np.roll(quad, -1, 0) - quad
    after = np.roll(side, -1, 0)
    return (side[:, 0] * after[:, 1] - side[:, 1] * after[:, 0] > 0).all()


def seen(pictures, views, side):
    """The parts of the pictures, [N, 1, side, side]; pixels that are left out count in those beside them."""
    at = (2 * torch.arange(side) + 1) / side - 1
    places = torch.stack([at.repeat(side, 1), at[:, None].repeat(1, side)], -1).reshape(1, -1, 2)
    grid = mapped(places, views).reshape(-1, side, side, 2)
    if pictures.shape[-1] > side:
        wider = F.pad(pictures, (0, 1, 0, 1), mode="replicate")
        beside = wider[..., 1:] + wider[..., :-1]
        pictures, grid = (beside[..., 1:, :] + beside[..., :-1, :]) / 4, grid - 1 / pictures.shape[-1]
    return F.grid_sample(pictures, grid, padding_mode="border", align_corners=False)


def moved(quads, views):
    """Corners [N, 4, 2] in shares of the frame, as shares of what is seen."""
    return (mapped(quads * 2 - 1, torch.linalg.inv(views)) + 1) / 2


def mapped(places, views):
    """Places [N or 1, K, 2] through homographies [N, 3, 3]."""
    through = torch.einsum("nij,nkj->nki", views[:, :, :2], places.expand(len(views), -1, -1)) + views[:, None, :, 2]
    return through[..., :2] / through[..., 2:]


def in_frame(quad):
    return ((quad >= 0) & (quad <= 1)).all(-1)
