"""What a benchmark program is asked to do, and how it measures: see ../job.hpp, ../data.hpp and
../stopwatch.hpp."""
import sys
import time

import numpy as np


class Job:
    def __init__(self):
        self.kind = sys.argv[1]
        self.words = dict(word.split("=", 1) for word in sys.argv[2:])

    def text(self, name):
        return self.words[name]

    def number(self, name):
        return float(self.words[name])

    def count(self, name):
        return int(self.words[name])

    def widths(self):
        return [int(width) for width in self.words["widths"].split(",")]


def read_images(folder):
    """uint8 [n, 784] and labels [n]."""
    x = np.fromfile(folder + "/mnist/train-images-idx3-ubyte", np.uint8, offset=16).reshape(-1, 784)
    return x, np.fromfile(folder + "/mnist/train-labels-idx1-ubyte", np.uint8, offset=8)


def read_airfoil(folder):
    """float32 [n, 5] and targets [n, 1]."""
    rows = np.fromfile(folder + "/airfoil.f32", np.float32).reshape(-1, 6)
    return rows[:, :5].copy(), rows[:, 5:].copy()


def seconds_per_call(seconds, step):
    begin = time.perf_counter()
    calls = 0
    while calls == 0 or time.perf_counter() - begin < seconds / 5:
        step()
        calls += 1
    unread = max(1, int(200e-6 * calls / (time.perf_counter() - begin)))
    start = time.perf_counter()
    calls = 0
    while True:
        for _ in range(unread):
            step()
        calls += unread
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return elapsed / calls
