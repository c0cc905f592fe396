"""Trains one of the networks that read documents: python train.py reader|finder|print [--help]. A stopped run goes on where it was."""

import argparse
import copy
import json
import shutil
import sys
from pathlib import Path

import torch
from torch.nn import functional as F

from net import COLUMN, NONE, Finder, Reader
from records import ANY, LINE, LINES_PER_SEED, PRINT, PRINTS_PER_SEED, ZONE
from records import lines, moved, noisy, print_targets, prints, stroked, targets, turned, varied, zones

sys.path.append(str(Path(__file__).parents[1]))
import pace  # noqa: E402
from shipped import begin, earlier_runs  # noqa: E402
from stream import Memory, Stream  # noqa: E402

TEST_SEED = 9_000_000_000
TEST_SEEDS = 512


def answers(net, strips, x):
    """Logits of every column, and the column that each place is in."""
    told = torch.cat([net(strips[at : at + 64]).mean(2) for at in range(0, len(strips), 64)])
    return told, (x / COLUMN).long().clamp(0, told.shape[2] - 1)


class ReaderTask:
    command, record, per_seed, net = ["lines"], LINE, LINES_PER_SEED, Reader

    @staticmethod
    def taken(records):
        return lines(records)[0]

    @staticmethod
    def loss(net, records, random):
        strips, x, sign = lines(records)
        strips, x = moved(strips, x, sign, random)
        return F.cross_entropy(net(varied(strips, sign, random)).mean(2), targets(x, sign))

    @staticmethod
    @torch.no_grad()
    def scores(net, records):
        """Share of signs and of whole lines that are right, asked where the signs are."""
        strips, x, sign = lines(records)
        told, column = answers(net, strips, x)
        right = told[:, :NONE].argmax(1).gather(1, column) == sign
        there = sign != 255
        whole = (right | ~there).all(1)[there.any(1)]
        return {"signs": right[there].float().mean().item(), "lines": whole.float().mean().item()}


class FinderTask:
    command, record, per_seed, net = ["zones"], ZONE, 1, Finder

    @staticmethod
    def taken(records):
        return zones(records)[0]

    @staticmethod
    def loss(net, records, random):
        luma, mask = turned(*zones(records), random)
        told = net(luma)
        chance = told.sigmoid()
        common = (chance * mask).sum((1, 2, 3))
        dice = 1 - (2 * common + 1) / (chance.sum((1, 2, 3)) + mask.sum((1, 2, 3)) + 1)
        return F.binary_cross_entropy_with_logits(told, mask) * 4 + dice.mean()

    @staticmethod
    @torch.no_grad()
    def scores(net, records):
        """Precision and recall of cells."""
        luma, mask = zones(records)
        told = torch.cat([net(luma[at : at + 32]) for at in range(0, len(luma), 32)]) > 0
        there = mask > 0.5
        common = (told & there).sum().item()
        return {"precision": common / max(told.sum().item(), 1), "recall": common / max(there.sum().item(), 1)}


class PrintTask:
    command, record, per_seed, net = ["prints"], PRINT, PRINTS_PER_SEED, Reader

    @staticmethod
    def taken(records):
        return prints(records)[0]

    @staticmethod
    def loss(net, records, random):
        strips, x, sign = prints(records)
        # Most of a document is not print.
        weight = torch.cat([torch.ones(NONE), torch.tensor([0.4])])
        return F.cross_entropy(net(noisy(stroked(strips, random), random)).mean(2), print_targets(x, sign), weight)

    @staticmethod
    @torch.no_grad()
    def scores(net, records):
        """Share of letters that are right, asked where they are, and share of the columns without any in which one is seen."""
        strips, x, sign = prints(records)
        told, column = answers(net, strips, x)
        told = told.argmax(1)
        right = (told.gather(1, column) == sign)[sign < ANY]
        seen = (told != NONE)[print_targets(x, sign) == NONE]
        return {"letters": right.float().mean().item(), "false": seen.float().mean().item()}


TASKS = {"reader": ReaderTask, "finder": FinderTask, "print": PrintTask}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--generator", required=True, help="the built binary `specimen`")
    parser.add_argument("--backgrounds", help="folder with textures and rooms")
    parser.add_argument("--run", type=Path, required=True, help="folder of this run: checkpoint and log")
    parser.add_argument("--start", type=Path, help="a network as it ships, beside its card: this run begins with its weights")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--uses", type=int, default=6, help="how often each record is used, on average")
    parser.add_argument("--memory", type=int, default=12_000, help="records kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    pace.add_to(parser)
    return parser.parse_args()


def main():
    options = arguments()
    task = TASKS[options.task]
    options.run.mkdir(parents=True, exist_ok=True)
    recipe = {name: str(value) if isinstance(value, Path) else value for name, value in vars(options).items()}
    recipe["earlier"] = earlier_runs(options.start)
    if options.start and not (options.run / "start.onnx").exists():
        shutil.copy(options.start, options.run / "start.onnx")
    (options.run / "options.json").write_text(json.dumps(recipe, indent=1))
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)

    def stream(seed, count):
        return Stream(options.generator, task.command, task.record, seed, count, options.backgrounds, 1, task.per_seed)

    test = stream(TEST_SEED, TEST_SEEDS).read(TEST_SEEDS)
    net = task.net().to(memory_format=torch.channels_last)
    if options.start:
        begin(net, options.start, task.taken(test[:256]))
    calm = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), options.rate, weight_decay=1e-4)
    checkpoint = options.run / "checkpoint.pt"
    step = seen = spent = 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        net.load_state_dict(state["net"])
        calm.load_state_dict(state["calm"])
        optimiser.load_state_dict(state["optimiser"])
        step, seen, spent = state["step"], state["seen"], state["seconds"]

    memory = Memory(stream(options.seed * 100_000_000 + seen, 2**40), options.memory, options.seed + step)
    memory.take_in(options.batch * 16)

    def keep():
        part = checkpoint.with_suffix(".part")
        state = {"net": net.state_dict(), "calm": calm.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save(state | {"step": step, "seen": seen, "seconds": run.seconds()}, part)
        part.replace(checkpoint)

    owed, total, run = 0.0, 0.0, pace.Pace(options, spent)
    while run.share(step) < 1:
        for group in optimiser.param_groups:
            group["lr"] = run.rate(step)
        owed += options.batch / options.uses / task.per_seed
        memory.take_in(int(owed))
        seen, owed = seen + int(owed), owed - int(owed)
        loss = task.loss(net, memory.draw(options.batch), memory.random)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        step += 1
        share = min(0.999, step / (step + 50))
        with torch.no_grad():
            for kept, new in zip(calm.state_dict().values(), net.state_dict().values(), strict=True):
                kept.lerp_(new, 1 - share) if kept.dtype.is_floating_point else kept.copy_(new)
        total += loss.item()
        if step % 250 == 0:
            line = {"step": step, "seconds": round(run.seconds(), 1), "loss": round(total / 250, 4)}
            total = 0.0
            if step % 500 == 0:
                line |= {name: round(value, 4) for name, value in task.scores(calm, test).items()}
                keep()
            print(json.dumps(line), flush=True)
            with open(options.run / "log.jsonl", "a") as log:
                log.write(json.dumps(line) + "\n")
    keep()


if __name__ == "__main__":
    main()
