"""How well the network answers: overlap of quads (Jaccard index), classes, false alarms."""

import numpy as np
import torch

from loss import ANY_SIDE_UP
from net import CLASSES

REACH = 2  # cells around the best one that share in the corner's place


@torch.no_grad()
def answers(net, luma, count=64):
    net.eval()
    parts = [[part.float() for part in net(luma[at : at + count])] for at in range(0, len(luma), count)]
    net.train()
    return [torch.cat(column) for column in zip(*parts, strict=True)]


def places(logits):
    """Corners as shares of the frame, [N, 4, 2]: the mean of the distribution around its best cell."""
    count, corners, height, width = logits.shape
    chance = logits.flatten(2).softmax(-1).reshape(count, corners, height, width)
    best = chance.flatten(2).argmax(-1)
    row, column = best // width, best % width
    rows, columns = torch.arange(height), torch.arange(width)
    near = ((rows - row[..., None]).abs() <= REACH)[..., :, None] & ((columns - column[..., None]).abs() <= REACH)[..., None, :]
    chance = chance * near
    total = chance.sum((2, 3))
    x = (chance.sum(2) * columns).sum(-1) / total
    y = (chance.sum(3) * rows).sum(-1) / total
    return torch.stack([(x + 0.5) / width, (y + 0.5) / height], -1)


def overlap(a, b):
    """Jaccard index of two convex quads, [4, 2] each; 0 if one turns the wrong way."""
    if area(a) <= 0 or area(b) <= 0:
        return 0.0
    kept = [tuple(point) for point in a]
    for side in range(4):
        (x1, y1), (x2, y2) = b[side], b[(side + 1) % 4]
        inside = [(x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for x, y in kept]
        clipped = []
        for at, here in enumerate(kept):
            before, now, was = kept[at - 1], inside[at], inside[at - 1]
            if (now >= 0) != (was >= 0):
                share = was / (was - now)
                clipped.append((before[0] + (here[0] - before[0]) * share, before[1] + (here[1] - before[1]) * share))
            if now >= 0:
                clipped.append(here)
        kept = clipped
    common = area(np.array(kept)) if len(kept) > 2 else 0.0
    return common / (area(a) + area(b) - common)


def area(points):
    x, y = points[:, 0], points[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def scores(net, batch):
    """Of the frames whose four corners are in the picture: mean overlap, share of at least 0.9, share in the right order; of all:
    right classes; of those without a document: false alarms."""
    corners, _, kind, _ = answers(net, batch.luma)
    quads, told = places(corners).numpy(), kind.argmax(-1)
    whole = (batch.kind != 0) & ((batch.quad >= 0) & (batch.quad <= 1)).all(-1).all(-1)
    overlaps, upright = [], []
    for index in torch.nonzero(whole).flatten().tolist():
        true = batch.quad[index].numpy()
        overlaps.append(overlap(quads[index], true))
        if int(batch.kind[index]) not in ANY_SIDE_UP:
            shift = [np.abs(np.roll(quads[index], -turn, 0) - true).sum() for turn in range(4)]
            upright.append(int(np.argmin(shift)) == 0)
    none = batch.kind == 0
    return {
        "overlap": round(float(np.mean(overlaps)), 4),
        "median": round(float(np.median(overlaps)), 4),
        "above 0.9": round(float(np.mean(np.array(overlaps) >= 0.9)), 4),
        "order": round(float(np.mean(upright)), 4),
        "class": round(float((told == batch.kind).float().mean()), 4),
        "false": round(float((told[none] != 0).float().mean()), 4),
        "missed": round(float((told[~none] == 0).float().mean()), 4),
    }
