"""What the network's answer is worth.

Corners are a classification over cells (as SimCC and heat-map heads do it), with a soft target around the true place and a pull on the
mean of the distribution (DSNT, Nibali et al. 2018). Bank cards and sheets may be read from any side: of the four ways to begin
their corners the one that suits the answer best counts.
"""

import torch
from torch.nn import functional as F

from net import CLASSES

SPREAD = 1.0  # standard deviation of the target around a corner, cells
ANY_SIDE_UP = [CLASSES.index(name) for name in ("other-card", "paper")]


def losses(answer, batch):
    corners, surface, kind, inside = answer
    present = batch.kind != 0
    in_frame = ((batch.quad >= 0) & (batch.quad <= 1)).all(-1)
    return {
        "corners": corner_loss(corners, batch, in_frame & present[:, None]),
        "surface": surface_loss(surface[:, 0], batch.surface),
        "kind": F.cross_entropy(kind, batch.kind, label_smoothing=0.02),
        "inside": F.binary_cross_entropy_with_logits(inside[present], batch.inside[present])
        if present.any()
        else inside.sum() * 0,
    }


WEIGHTS = {"corners": 1.0, "surface": 1.0, "kind": 1.0, "inside": 0.2}


def corner_loss(logits, batch, counts):
    """Mean over the corners in the picture of cross-entropy and distance, in the order that costs least where any is right."""
    count, _, height, width = logits.shape
    log = F.log_softmax(logits.float().flatten(2), -1)
    place = batch.quad * torch.tensor([width, height]) - 0.5
    columns, rows = torch.arange(width), torch.arange(height)
    across = torch.exp(-((columns - place[..., :1]) ** 2) / (2 * SPREAD**2))
    down = torch.exp(-((rows - place[..., 1:]) ** 2) / (2 * SPREAD**2))
    target = (down[..., :, None] * across[..., None, :]).flatten(2)
    target = target / target.sum(-1, keepdim=True).clamp_min(1e-6)
    # [N, answered corner, true corner]
    entropy = -torch.einsum("nac,ntc->nat", log, target)
    chance = log.exp().reshape(count, 4, height, width)
    mean = torch.stack([(chance.sum(2) * columns).sum(-1), (chance.sum(3) * rows).sum(-1)], -1)
    distance = (mean[:, :, None] - place[:, None]).abs().sum(-1)
    cost = (entropy + 0.1 * distance) * counts[:, None, :]
    turns = torch.stack([torch.stack([cost[:, (true + turn) % 4, true] for true in range(4)], -1).sum(-1) for turn in range(4)], -1)
    free = torch.isin(batch.kind, torch.tensor(ANY_SIDE_UP))
    chosen = torch.where(free, turns.min(-1).values, turns[:, 0])
    return chosen.sum() / counts.sum().clamp_min(1)


def surface_loss(logits, target):
    logits = logits.float()
    entropy = F.binary_cross_entropy_with_logits(logits, target)
    chance = logits.sigmoid()
    common = (chance * target).sum((1, 2))
    dice = 1 - (2 * common + 1) / (chance.sum((1, 2)) + target.sum((1, 2)) + 1)
    return entropy + 0.5 * dice.mean()
