"""Trains the document network: python train.py [--help]. A stopped run goes on where it was."""

import argparse
import copy
import json
import shutil
from pathlib import Path

import torch

from evaluate import scores
from frames import Frames, batch, stream
from loss import WEIGHTS, losses
from net import SIDE, DocumentNet

import pace  # noqa: E402
from shipped import begin, earlier_runs  # noqa: E402

TEST_SEED = 9_000_000_000
TEST_FRAMES = 1024


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generator", required=True, help="the built binary `specimen`")
    parser.add_argument("--backgrounds", help="folder with textures and rooms")
    parser.add_argument("--run", type=Path, required=True, help="folder of this run: checkpoints and log")
    parser.add_argument("--start", type=Path, help="a network as it ships, beside its card: this run begins with its weights")
    parser.add_argument("--small-steps", type=int, default=15_000, help="first steps, at half the side")
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--uses", type=int, default=4, help="how often each frame is used, on average")
    parser.add_argument("--memory", type=int, default=24_000, help="frames kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    pace.add_to(parser)
    return parser.parse_args()


def main():
    options = arguments()
    options.run.mkdir(parents=True, exist_ok=True)
    recipe = {name: str(value) if isinstance(value, Path) else value for name, value in vars(options).items()}
    recipe["earlier"] = earlier_runs(options.start)
    if options.start and not (options.run / "start.onnx").exists():
        shutil.copy(options.start, options.run / "start.onnx")
    (options.run / "options.json").write_text(json.dumps(recipe, indent=1))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    net = DocumentNet().to(device, memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), options.rate, weight_decay=1e-4)
    test = stream(options.generator, TEST_SEED, TEST_FRAMES, options.backgrounds).read(TEST_FRAMES)
    if options.start:
        begin(net, options.start, batch(test[:256], SIDE // 2).luma.to(device))
    calm = copy.deepcopy(net)
    checkpoint = options.run / "checkpoint.pt"
    step = seen = spent = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        net.load_state_dict(state["net"])
        calm.load_state_dict(state["calm"])
        optimiser.load_state_dict(state["optimiser"])
        step, seen, spent = state["step"], state["seen"], state["seconds"]
    first = options.seed * 100_000_000 + seen
    memory = Frames(stream(options.generator, first, 2**40, options.backgrounds), options.memory, options.seed + step)
    memory.take_in(min(options.memory, 4 * options.batch * 16))

    def keep():
        state = {"net": net.state_dict(), "calm": calm.state_dict(), "optimiser": optimiser.state_dict()}
        save(checkpoint, state | {"step": step, "seen": seen, "seconds": run.seconds()})

    owed, sums, run = 0.0, {}, pace.Pace(options, spent)
    while run.share(step) < 1:
        side = SIDE // 2 if step < options.small_steps else SIDE
        for group in optimiser.param_groups:
            group["lr"] = run.rate(step)
        owed += options.batch / options.uses
        memory.take_in(int(owed))
        seen, owed = seen + int(owed), owed - int(owed)
        drawn = memory.draw(options.batch, side)
        # Depthwise convolutions in half precision are slower than in single on a processor.
        with torch.autocast(device, torch.bfloat16, enabled=device != "cpu"):
            answer = net(drawn.luma.to(device, memory_format=torch.channels_last))
        parts = losses([part.float().cpu() for part in answer], drawn)
        loss = sum(WEIGHTS[name] * part for name, part in parts.items())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        step += 1
        follow(calm, net, min(0.999, step / (step + 50)))
        for name, part in parts.items():
            sums[name] = sums.get(name, 0.0) + part.item()
        if step % 250 == 0:
            line = {"step": step, "side": side, "seconds": round(run.seconds(), 1)}
            line |= {name: round(total / 250, 4) for name, total in sums.items()}
            sums = {}
            if step % 1000 == 0:
                line |= scores(calm, batch(test, side))
                keep()
            print(json.dumps(line), flush=True)
            with open(options.run / "log.jsonl", "a") as log:
                log.write(json.dumps(line) + "\n")
    keep()


@torch.no_grad()
def follow(calm, net, share):
    """Moves the calm copy a little towards the net: its weights are a running mean."""
    for kept, new in zip(calm.state_dict().values(), net.state_dict().values(), strict=True):
        if kept.dtype.is_floating_point:
            kept.lerp_(new, 1 - share)
        else:
            kept.copy_(new)


def save(path, state):
    """Whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


if __name__ == "__main__":
    main()
