"""Peers of `go run ./bench score`, two threads each. Reads a request a line, answers with one number."""

import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "2"

import numpy as np
import torch
from sklearn.cluster import BisectingKMeans
from torch import nn

torch.set_num_threads(2)


def circular(i, o):
    return nn.Conv1d(i, o, 5, padding=2, padding_mode="circular")


class Block(nn.Sequential):
    def __init__(self, i, o):
        super().__init__(circular(i, o), nn.BatchNorm1d(o), nn.SiLU(), circular(o, o), nn.BatchNorm1d(o), nn.SiLU())


class UNet(nn.Module):
    """The network of LD V.B: length 32, one channel, widths 16, 32, 64, bottleneck 128."""

    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList([Block(1, 16), Block(16, 32), Block(32, 64)])
        self.halve = nn.ModuleList([nn.Conv1d(c, c, 2, 2) for c in (16, 32, 64)])
        self.bottom = Block(64, 128)
        self.up = nn.ModuleList([Block(192, 64), Block(96, 32), Block(48, 16)])
        self.head = nn.Conv1d(16, 1, 1)

    def forward(self, x):
        skips = []
        for block, halve in zip(self.down, self.halve):
            x = block(x)
            skips.append(x)
            x = halve(x)
        x = self.bottom(x)
        for block in self.up:
            x = block(torch.cat([nn.functional.interpolate(x, scale_factor=2), skips.pop()], 1))
        return self.head(x)


class Training:
    """Steps of Adam on one minibatch of random numbers, by the faster of PyTorch's ways to move the weights."""

    def __init__(self, net, shape):
        self.net, self.x, self.y = net, torch.randn(shape), torch.randn(shape)
        ways = [dict(foreach=True), dict(fused=True)]
        self.optimiser = min((torch.optim.Adam(net.parameters(), 1e-3, **way) for way in ways), key=self.trial)

    def trial(self, optimiser):
        self.optimiser = optimiser
        self.time(3)
        return min(self.time(3) for _ in range(3))

    def time(self, steps):
        begin = time.perf_counter()
        for _ in range(steps):
            self.optimiser.zero_grad()
            ((self.net(self.x) - self.y) ** 2).mean().backward()
            self.optimiser.step()
        return 1e9 * (time.perf_counter() - begin) / steps


def mlp():
    return nn.Sequential(nn.Linear(16, 128), nn.SiLU(), nn.Linear(128, 64), nn.SiLU(), nn.Linear(64, 16))


trainings = {}
inertia = 0.0


def train(kind, batch, steps):
    key = kind, batch
    if key not in trainings:
        trainings[key] = Training(mlp(), (batch, 16)) if kind == "mlp" else Training(UNet(), (batch, 1, 32))
    return trainings[key].time(steps)


samplers = {}


def sample(members, steps):
    """Nanoseconds of one step of one member of dx = Phi s dt + sqrt(2) Sigma dW with the U-Net, in evaluation."""
    if members not in samplers:
        samplers[members] = UNet().eval(), torch.randn(members, 32), torch.eye(32)
    net, x, phi = samplers[members]
    dt = 1e-5
    with torch.inference_mode():
        begin = time.perf_counter()
        for _ in range(steps):
            score = net(x[:, None, :])[:, 0, :] * -10.0
            x = x + dt * score @ phi.T + (2 * dt) ** 0.5 * torch.randn_like(x) @ phi.T
        return 1e9 * (time.perf_counter() - begin) / (steps * members)


def cluster(path, dim, cells, rule):
    """By one of BisectingKMeans' rules for the next cluster to split: biggest_inertia, its default, or largest_cluster."""
    global inertia
    x = np.fromfile(path).reshape(-1, dim)
    begin = time.perf_counter()
    inertia = BisectingKMeans(cells, random_state=0, bisecting_strategy=rule).fit(x).inertia_
    return 1e9 * (time.perf_counter() - begin)


def main():
    for line in sys.stdin:
        what, *rest = line.split()
        if what == "cluster":
            answer = cluster(rest[0], int(rest[1]), int(rest[2]), rest[3])
        elif what == "sample":
            answer = sample(int(rest[0]), int(rest[1]))
        elif what == "inertia":
            answer = inertia
        else:
            answer = train(what, int(rest[0]), int(rest[1]))
        print(answer, flush=True)


main()
