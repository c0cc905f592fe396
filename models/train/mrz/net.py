"""The networks that read documents: two for machine-readable zones, and one, built as the second of them, for print.

Finder  luma   [N, 1, H, W]      luminance / 255 - 0.5, H and W multiples of 32
        line   [N, 1, H/4, W/4]  logit that a cell shows a line of a zone
Reader  strip  [N, 1, 32, 1152]  a line cut out as crates/vision/src/mrz/strip.rs does it, less its mean, by twice its deviation
        signs  [N, 38, 4, 144]   logits of the sign whose middle is near a column of 8 pixels: A-Z, 0-9, <, or none; the mean of the
                                 four rows counts
Print   as the reader, of a strip across a document as crates/vision/src/print.rs cuts it, less the mean around each column, by twice the
        deviation there
"""

import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

sys.path.append(str(Path(__file__).parents[1]))
from layers import Merge, Separable, convolution  # noqa: E402

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
NONE = len(SIGNS)
CELL, MARGIN, CAPITALS = 24, 2, slice(8, 24)  # as in strip.rs
STRIP = (32, 1152)
COLUMN = 8
# Pixels to either side of a column that are even with it, as in print.rs.
AROUND = 96


class Finder(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(*convolution(1, 12, 3, 2), nn.ReLU(inplace=True))
        self.quarter = nn.Sequential(Separable(12, 24, stride=2), Separable(24, 24))
        self.eighth = nn.Sequential(Separable(24, 40, stride=2), Separable(40, 40, 5))
        self.sixteenth = nn.Sequential(Separable(40, 64, stride=2), *(Separable(64, 64, 5) for _ in range(3)))
        self.merge8 = Merge(64, 40, 40, 1)
        self.merge4 = Merge(40, 24, 24, 2)
        self.line = nn.Conv2d(24, 1, 1)

    def forward(self, luma):
        quarter = self.quarter(self.stem(luma))
        eighth = self.eighth(quarter)
        return self.line(self.merge4(self.merge8(self.sixteenth(eighth), eighth), quarter))


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            *convolution(1, 24, 3, 2),
            nn.ReLU(inplace=True),
            Separable(24, 40, stride=2),
            Separable(40, 40),
            Separable(40, 80, stride=2),
            *(Separable(80, 80, 5) for _ in range(3)),
            Separable(80, 128, 5),
            *(Separable(128, 128, 5) for _ in range(2)),
            nn.Conv2d(128, NONE + 1, 1),
        )

    def forward(self, strip):
        return self.layers(strip)


def normalised(strips, cells):
    """[N, 32, 1152] bytes and how many characters each line has, as the reader takes them."""
    strips = strips.float()
    within = torch.arange(STRIP[1])[None] < (MARGIN + cells[:, None]) * CELL
    within = (within & (torch.arange(STRIP[1]) >= MARGIN * CELL)).float()[:, None]
    rows = strips[:, CAPITALS]
    count = within.sum((1, 2)) * rows.shape[1]
    mean = (rows * within).sum((1, 2)) / count
    deviation = (((rows - mean[:, None, None]) ** 2 * within).sum((1, 2)) / count).sqrt()
    return ((strips - mean[:, None, None]) / (2 * deviation + 4)[:, None, None]).clamp(-3, 3)[:, None]


def evened(strips):
    """[N, 32, 1152] bytes, as the network for print takes them: what is around a column is no brighter and no sharper than elsewhere."""
    strips = strips.float()
    rows = strips[:, CAPITALS]

    def around(values):
        return F.avg_pool1d(values.mean(1, keepdim=True), 2 * AROUND + 1, 1, AROUND, count_include_pad=False)

    mean = around(rows)
    deviation = (around(rows**2) - mean**2).clamp_min(0).sqrt()
    return ((strips - mean) / (2 * deviation + 4)).clamp(-3, 3)[:, None]
