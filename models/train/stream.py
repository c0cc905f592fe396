"""Records from the generator, in a memory from which batches are drawn."""

import subprocess

import numpy as np


class Stream:
    """The generator (`specimen COMMAND`), running beside the training; records come in the order of their seeds."""

    def __init__(self, generator, command, record, seed, count, backgrounds=None, threads=1, per_seed=1):
        words = [generator, *command, "--seed", str(seed), "--count", str(count), "--threads", str(threads)]
        words += ["--backgrounds", backgrounds] if backgrounds else []
        self.record, self.per_seed = record, per_seed
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def read(self, count):
        """The records of so many seeds."""
        wanted = count * self.per_seed * self.record.itemsize
        data = self.process.stdout.read(wanted)
        if len(data) != wanted:
            raise EOFError("the generator ended early")
        return np.frombuffer(data, self.record)

    def close(self):
        self.process.kill()
        self.process.wait()


class Memory:
    """The last records. Each step takes in some new ones and draws a batch from all."""

    def __init__(self, stream, size, seed):
        self.stream, self.size, self.next = stream, size, 0
        self.records = np.empty(size, stream.record)
        self.filled = 0
        self.random = np.random.default_rng(seed)

    def take_in(self, seeds):
        while seeds:
            room = (self.size - self.next) // self.stream.per_seed
            part = min(seeds, room, 256)
            if part == 0:
                self.next = 0
                continue
            count = part * self.stream.per_seed
            self.records[self.next : self.next + count] = self.stream.read(part)
            self.next += count
            self.filled = max(self.filled, self.next)
            seeds -= part

    def draw(self, count):
        return self.records[np.sort(self.random.choice(self.filled, count, replace=False))]
