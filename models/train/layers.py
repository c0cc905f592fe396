"""What our networks are made of."""

import torch
from torch import nn


def convolution(inputs, outputs, size=1, stride=1, groups=1):
    return [
        nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]


class Separable(nn.Module):
    """Depthwise, then pointwise; added to its input where the shapes agree."""

    def __init__(self, inputs, outputs, size=3, stride=1):
        super().__init__()
        self.layers = nn.Sequential(
            *convolution(inputs, inputs, size, stride, groups=inputs),
            nn.ReLU(inplace=True),
            *convolution(inputs, outputs),
        )
        self.adds = inputs == outputs and stride == 1

    def forward(self, x):
        y = self.layers(x)
        return torch.relu(x + y if self.adds else y)


class Merge(nn.Module):
    """What is known at half the size joined to what is seen at this size."""

    def __init__(self, coarse, fine, outputs, depth):
        super().__init__()
        self.coarse = nn.Sequential(*convolution(coarse, outputs))
        self.fine = nn.Sequential(*convolution(fine, outputs))
        self.blocks = nn.Sequential(*(Separable(outputs, outputs) for _ in range(depth)))

    def forward(self, coarse, fine):
        # The pointwise map commutes with repeating pixels, and is four times cheaper before it.
        coarse = nn.functional.interpolate(self.coarse(coarse), scale_factor=2.0, mode="nearest")
        return self.blocks(torch.relu(coarse + self.fine(fine)))
