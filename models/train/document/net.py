"""The document network: one grey picture in; corners, document surface, class and corner visibility out.

Input   luma      [N, 1, S, S]    luminance / 255 - 0.5, the whole camera frame, or a window of it, squeezed to a square; S is 128 in use
Outputs corners   [N, 4, S/4, S/4]  logits of a distribution over cells, one per corner in document order
        surface   [N, 1, S/4, S/4]  logit that a cell shows the document
        kind      [N, 6]            logits in the order of DocumentClass::ALL
        inside    [N, 4]            logit that the corner is in the picture and not covered
"""

import sys
from pathlib import Path

from torch import nn

sys.path.append(str(Path(__file__).parents[1]))
from layers import Merge, Separable, convolution  # noqa: E402

CLASSES = ["none", "id-front", "id-back", "passport-page", "other-card", "paper"]
SIDE = 256
CELL = 4


class DocumentNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(*convolution(1, 16, 3, 2), nn.ReLU(inplace=True))
        self.quarter = nn.Sequential(Separable(16, 32, stride=2), Separable(32, 32))
        self.eighth = nn.Sequential(Separable(32, 48, stride=2), *(Separable(48, 48) for _ in range(2)))
        self.sixteenth = nn.Sequential(Separable(48, 96, stride=2), *(Separable(96, 96, 5) for _ in range(6)))
        self.whole = nn.Sequential(Separable(96, 160, stride=2), *(Separable(160, 160, 5) for _ in range(6)))
        self.merge16 = Merge(160, 96, 64, 2)
        self.merge8 = Merge(64, 48, 48, 3)
        self.merge4 = Merge(48, 32, 32, 2)
        self.cells = nn.Conv2d(32, 5, 1)
        self.judge = nn.Linear(160, len(CLASSES) + 4)
        # A mean over all places says little of what is small.
        self.judge_peak = nn.Linear(160, len(CLASSES) + 4)

    def forward(self, luma):
        quarter = self.quarter(self.stem(luma))
        eighth = self.eighth(quarter)
        sixteenth = self.sixteenth(eighth)
        whole = self.whole(sixteenth)
        cells = self.cells(self.merge4(self.merge8(self.merge16(whole, sixteenth), eighth), quarter))
        judged = self.judge(whole.mean(dim=(2, 3))) + self.judge_peak(whole.amax(dim=(2, 3)))
        return cells[:, :4], cells[:, 4:], judged[:, : len(CLASSES)], judged[:, len(CLASSES) :]
