"""What the generator gives: lines with what stands on them, pictures with where lines are."""

import numpy as np
import torch
from torch.nn import functional as F

from net import CELL, COLUMN, NONE, STRIP, evened, normalised

LINE = np.dtype([("luma", "u1", STRIP), ("x", "<f4", 44), ("sign", "u1", 44)])
LINES_PER_SEED = 2
PRINT = np.dtype([("luma", "u1", STRIP), ("x", "<f4", 128), ("sign", "u1", 128)])
PRINTS_PER_SEED = 4
ANY = 254
ZONE = np.dtype([("luma", "u1", (256, 256)), ("mask", "u1", (64, 64))])
IGNORED = -100
AWAY = 1e6
FILLER = 36
# Share of the lines that are seen in black and white.
BLACK_AND_WHITE = 0.35


def lines(records):
    """Strips as the reader takes them, where the middle of each character is, in pixels (far away beyond the end), and its sign."""
    cells = torch.from_numpy((records["sign"] != 255).sum(1))
    strips = normalised(torch.from_numpy(records["luma"]), cells.clamp_min(1))
    sign = torch.from_numpy(records["sign"].astype(np.int64))
    x = torch.where(sign == 255, torch.tensor(AWAY), torch.from_numpy(records["x"].copy()))
    return strips, x, sign


def prints(records):
    """The same of strips with print; the sign is ANY where it does not matter."""
    sign = torch.from_numpy(records["sign"].astype(np.int64))
    x = torch.where(sign == 255, torch.tensor(AWAY), torch.from_numpy(records["x"].copy()))
    return evened(torch.from_numpy(records["luma"])), x, sign


def print_targets(x, sign):
    """As `targets`, of strips on which there may be nothing at all."""
    target = targets(x, sign)
    target[target == ANY] = IGNORED
    target[(sign == 255).all(1)] = NONE
    return target


def targets(x, sign):
    """For each column the sign near it, NONE between signs, or IGNORED."""
    column = (torch.arange(STRIP[1] // COLUMN) + 0.5) * COLUMN
    distance, nearest = (column[None, :, None] - x[:, None]).abs().min(-1)
    target = torch.full(distance.shape, IGNORED)
    target = torch.where(distance <= 0.32 * CELL, sign.gather(1, nearest), target)
    there = (sign != 255).any(1)[:, None]
    return torch.where((distance >= 0.45 * CELL) & there, torch.tensor(NONE), target)


def moved(strips, x, sign, random):
    """Lines found too far left or right, too long or short, lines that go away from the camera, and uneven print."""
    height, width = STRIP
    u, v = torch.arange(width) + 0.5, torch.arange(height) + 0.5
    for index in range(len(strips)):
        if random.random() < 0.4:
            continue
        scale, bend = np.exp(random.normal(0, 0.1)), random.normal(0, 0.08)
        shift = random.uniform(-3, 3) * CELL if random.random() < 0.4 else random.normal(0, 0.3) * CELL
        seen = shift + scale * u + bend * u * (1 - u / width)
        there = x[index] != AWAY
        if there.any() and random.random() < 0.5:
            seen = spread(seen, x[index][there].numpy(), sign[index][there].numpy(), random)
        tall = torch.linspace(np.exp(random.normal(0, 0.1)), np.exp(random.normal(0, 0.1)), width)
        row = height / 2 + (v[:, None] - height / 2) * tall
        grid = torch.stack([(seen / width * 2 - 1).expand(height, width), row / height * 2 - 1], -1).float()
        strips[index] = F.grid_sample(strips[index : index + 1], grid[None], padding_mode="border", align_corners=False)[0]
        place = np.interp(x[index][there].numpy(), seen.numpy(), u.numpy(), left=-AWAY, right=AWAY)
        x[index][there] = torch.from_numpy(place.astype(np.float32))
    return strips, x


def spread(seen, x, sign, random):
    """Where columns lie that show `seen`, if fillers are wider or narrower than letters and no two letters equally wide."""
    borders = np.concatenate([[x[0] - CELL / 2], (x[1:] + x[:-1]) / 2, [x[-1] + CELL / 2]])
    wide = np.exp(random.normal(0, 0.05, len(x))) * np.where(sign == FILLER, np.exp(random.normal(0, 0.2)), 1)
    wide = wide * np.diff(borders)
    uneven = borders[0] + np.concatenate([[0], np.cumsum(wide) * (borders[-1] - borders[0]) / wide.sum()])
    outside = np.array([-AWAY, AWAY])
    borders, uneven = (np.concatenate([outside[:1] + ends[0], ends, outside[1:] + ends[-1]]) for ends in (borders, uneven))
    return torch.from_numpy(np.interp(seen.numpy(), uneven, borders)).float()


def varied(strips, sign, random):
    """Other strokes, prints in pure black and white, noise."""
    strips = stroked(strips, random)
    scanned = torch.from_numpy(random.random(len(strips)) < BLACK_AND_WHITE)
    cells = (sign[scanned] != 255).sum(1).clamp_min(1)
    strips[scanned] = normalised(black_and_white(strips[scanned], random)[:, 0], cells)
    return noisy(strips, random)


def stroked(strips, random):
    """Thinner and bolder strokes, slanted ones."""
    for index in range(len(strips)):
        chance = random.random(2)
        one = strips[index : index + 1]
        if chance[0] < 0.4:
            reach = [(3, 3), (1, 3), (3, 1)][int(random.integers(3))]
            share = random.uniform(0.3, 1)
            pad = (reach[0] // 2, reach[1] // 2)
            side = 1 if random.random() < 0.5 else -1
            one = one * (1 - share) + share * side * F.max_pool2d(side * one, reach, 1, pad)
        if chance[1] < 0.2:
            slant = random.uniform(-0.3, 0.3)
            theta = torch.tensor([[[1, slant * STRIP[0] / STRIP[1], 0], [0, 1, 0]]], dtype=torch.float32)
            one = F.grid_sample(one, F.affine_grid(theta, one.shape, align_corners=False), padding_mode="border", align_corners=False)
        strips[index] = one[0]
    return strips


def noisy(strips, random):
    noise = torch.from_numpy(random.standard_normal(strips.shape, dtype=np.float32))
    return strips + noise * torch.from_numpy(random.uniform(0, 0.08, (len(strips), 1, 1, 1)).astype(np.float32))


def black_and_white(strips, random):
    """As scanners see ink that has run or worn off: strokes swell or break as they like, and their edges are ragged."""

    def each(low, high):
        return torch.from_numpy(random.uniform(low, high, (len(strips), 1, 1, 1)).astype(np.float32))

    def smooth(grain):
        noise = random.standard_normal((len(strips), 1, STRIP[0] * 2 // grain, STRIP[1] * 2 // grain), dtype=np.float32)
        return F.interpolate(torch.from_numpy(noise), size=large.shape[2:], mode="bilinear", align_corners=False)

    def around(values):
        most = F.max_pool2d(F.max_pool2d(values, (1, 2 * CELL + 1), 1, (0, CELL)), (STRIP[0] - 1, 1), 1, (STRIP[0] // 2 - 1, 0))
        return F.avg_pool2d(most, (1, CELL + 1), 1, (0, CELL // 2), count_include_pad=False)

    paper, ink = around(strips), -around(-strips)
    large = F.interpolate((paper - strips) / (paper - ink).clamp_min(0.6), scale_factor=2, mode="bilinear", align_corners=False)
    spread = each(0, 1)
    large = large * (1 - spread) + spread * F.avg_pool2d(large, 5, 1, 2, count_include_pad=False)
    threshold = each(0.2, 0.65) + each(0, 0.1) * smooth(2) + each(0, 0.12) * smooth(8)
    return F.avg_pool2d(((threshold - large) * each(8, 60)).sigmoid() * 255, 2)


def zones(records):
    luma = torch.from_numpy(records["luma"].astype(np.float32))[:, None] / 255 - 0.5
    return luma, torch.from_numpy(records["mask"].astype(np.float32))[:, None] / 255


def turned(luma, mask, random):
    """In other light, by quarters, mirrored never."""
    quarters = int(random.integers(4))
    luma, mask = torch.rot90(luma, quarters, (2, 3)), torch.rot90(mask, quarters, (2, 3))
    shape = (len(luma), 1, 1, 1)
    contrast = torch.from_numpy(random.uniform(0.6, 1.3, shape).astype(np.float32))
    brightness = torch.from_numpy(random.uniform(-0.15, 0.15, shape).astype(np.float32))
    noise = torch.from_numpy(random.standard_normal(luma.shape, dtype=np.float32))
    noise = noise * torch.from_numpy(random.uniform(0, 0.02, shape).astype(np.float32))
    bend = torch.from_numpy(np.exp(random.normal(0, 0.25, shape)).astype(np.float32))
    luma = (luma + 0.5).clamp_min(0) ** bend - 0.5
    return (luma * contrast + brightness + noise).clamp(-0.5, 0.5), mask
