"""How far a run is, and how fast it learns there."""

import math
import time

WARM_UP = 300


def add_to(parser):
    parser.add_argument("--steps", type=int, default=40_000)
    parser.add_argument("--minutes", type=float, default=math.inf, help="a run that would take longer ends then, its rate falling in time")
    parser.add_argument("--rate", type=float, default=2e-3, help="the highest: it rises over the first steps, then falls along a cosine")


class Pace:
    """`spent`: seconds of the same run before it was stopped."""

    def __init__(self, options, spent):
        self.options, self.began = options, time.time() - spent

    def seconds(self):
        return time.time() - self.began

    def share(self, step):
        return min(1.0, max(step / self.options.steps, self.seconds() / 60 / self.options.minutes))

    def rate(self, step):
        return self.options.rate * min(1.0, (step + 1) / WARM_UP) * (0.02 + 0.98 * (1 + math.cos(math.pi * self.share(step))) / 2)
